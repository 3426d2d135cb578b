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
    private var listings: [String: [(commit: ObjectID, inputs: Inputs)]] = [:]
    /// As many as a search asks about at different imports.
    private static let listingLimit = 8

    /// What is known of a package.
    func entries(of package: String) -> [Entry] { entries[package] ?? [] }

    /// What Go read for a package at a commit; nil when that is not known.
    func inputs(of package: String, at commit: ObjectID) -> Inputs? {
        entries[package]?.last { $0.commit == commit }?.inputs
    }

    /// What Go said that it reads for a package, by commit, the newest first.
    func listings(of package: String) -> [(commit: ObjectID, inputs: Inputs)] { listings[package] ?? [] }

    /// Keeps what Go said; of many commits the oldest goes.
    func keep(_ inputs: Inputs, of package: String, at commit: ObjectID) {
        listings[package, default: []].insert((commit, inputs), at: 0)
        if listings[package, default: []].count > BuiltPackages.listingLimit { listings[package]?.removeLast() }
    }

    /// Keeps what was found out; of many commits the oldest goes.
    func keep(_ entry: Entry, of package: String) {
        entries[package, default: []].append(entry)
        if entries[package, default: []].count > BuiltPackages.limit { entries[package]?.removeFirst() }
    }
}
