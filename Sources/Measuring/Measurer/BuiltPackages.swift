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

    /// What is known of a package.
    func entries(of package: String) -> [Entry] { entries[package] ?? [] }

    /// What Go read for a package at a commit; nil when that is not known.
    func inputs(of package: String, at commit: ObjectID) -> Inputs? {
        entries[package]?.last { $0.commit == commit }?.inputs
    }

    /// Keeps what was found out; of many commits the oldest goes.
    func keep(_ entry: Entry, of package: String) {
        entries[package, default: []].append(entry)
        if entries[package, default: []].count > BuiltPackages.limit { entries[package]?.removeFirst() }
    }
}
