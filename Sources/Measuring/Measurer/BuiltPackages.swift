import Benchmarks
import Git

/// What Go read to build packages, and what their test binaries have, at the commits where that was asked lately: a
/// commit at which Go reads the same need not be built to know the same.
actor BuiltPackages {
    struct Entry: Sendable {
        let commit: ObjectID
        let inputs: Inputs
        /// The names of the benchmarks and tests.
        let functions: [String]
    }

    /// By the package's folder, the oldest first.
    private var entries: [String: [Entry]] = [:]
    /// Both ends of a range, and some more.
    private static let limit = 4
    /// Of all packages, the newest first: inputs of a large repository are long.
    private var listings: [(package: String, commit: ObjectID, inputs: Inputs)] = []
    private static let listingLimit = 128

    /// What is known of a package.
    func entries(of package: String) -> [Entry] { entries[package] ?? [] }

    /// What Go said lately that it reads for a package, the newest first.
    func listings(of package: String) -> [(commit: ObjectID, inputs: Inputs)] {
        Array(listings.lazy.filter { $0.package == package }.map { ($0.commit, $0.inputs) }.prefix(8))
    }

    /// Keeps what Go said; of many listings the oldest goes.
    func keep(_ inputs: Inputs, of package: String, at commit: ObjectID) {
        listings.insert((package, commit, inputs), at: 0)
        if listings.count > BuiltPackages.listingLimit { listings.removeLast() }
    }

    /// Keeps what was found out; of many commits the oldest goes.
    func keep(_ entry: Entry, of package: String) {
        entries[package, default: []].append(entry)
        if entries[package, default: []].count > BuiltPackages.limit { entries[package]?.removeFirst() }
    }
}
