import Benchmarks
public import Git
import MeasurementCache
import Measuring

import class Foundation.FileManager

/// The results cache of a repository, as the user looks after it.
public struct ResultsCache: ~Copyable {
    /// The version of the file. An older one is brought to it; a newer one is refused.
    public static var version: Int { MeasurementCache.version }

    /// The repository whose commits the results are of.
    public let repository: Repository
    /// Where the cache lies.
    public let path: String

    /// The cache of the repository that a directory is in.
    ///
    /// - Parameter file: The cache's path when it lies elsewhere.
    /// - Throws: `GitError` when there is no repository.
    public init(in directory: String, file: String?) throws(GitError) {
        // Set at the end and at once: when optimised, an untyped initialiser that throws releases what it never owned.
        let repository = try Repository(discovering: directory)
        let path = file ?? StateDirectory(commonDirectory: repository.commonDirectory).cache
        self.repository = repository
        self.path = path
    }

    /// The size of the cache's files in bytes; nil when there is none yet.
    public var size: Int? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        return ["", "-wal", "-shm"].reduce(0) { sum, suffix in
            let attributes = try? FileManager.default.attributesOfItem(atPath: path + suffix)
            return sum + (attributes?[.size] as? Int ?? 0)
        }
    }

    /// Opens the file for reading and writing, which is never made here.
    ///
    /// - Throws: `CoreError` when nothing was measured yet; `CacheError` when the file cannot be read.
    func open() throws -> MeasurementCache {
        guard size != nil else {
            throw CoreError(
                .noCache,
                "There is no results cache at \(path) yet: nothing was measured. Start with: allocbisect record")
        }
        return try MeasurementCache(path: path)
    }

    /// Counts what is in the cache.
    public func statistics() throws -> Statistics { Statistics(try open().statistics()) }

    /// Says what is wrong with the cache; nothing when it is sound.
    public func problems() throws -> [String] { try open().problems() }

    /// Opens the cache, and makes it when there is none.
    func openOrMake() throws -> MeasurementCache { try MeasurementCache(path: path) }

    /// Removes what is known of commits that the repository no longer has, measurements that are older than some days,
    /// and those that make no sense.
    ///
    /// - Parameter isRehearsal: Whether only to say what would be removed.
    public func prune(olderThanDays days: Int?, isRehearsal: Bool) throws -> Pruning {
        let cache = try open()
        let commits = try cache.measuredCommits()
        let gone = commits.keys.filter { !repository.hasCommit($0) }.sorted()
        let before = size ?? 0
        let total = try cache.counts().measurements
        let old = try days.map { try cache.count(olderThanDays: $0) }
        let senseless = try cache.countOfSenseless()
        if !isRehearsal { try cache.remove(commits: gone, olderThanDays: days) }
        let left = try cache.counts().measurements
        return Pruning(
            gone: gone.map { ($0, commits[$0] ?? 0) }, old: old, senseless: senseless,
            removed: isRehearsal ? 0 : total - left, left: left, bytes: max(0, before - (size ?? 0)))
    }

    /// Forgets what is not trusted: all that is known of some commits, or only failures, of some commits or of all.
    ///
    /// - Throws: `GitError` when a revision does not resolve.
    /// - Returns: How many measurements were forgotten.
    public func forget(_ revisions: [String], onlyFailures: Bool) throws -> Int {
        let cache = try open()
        let commits = try revisions.map { revision throws(GitError) in try repository.resolve(revision).description }
        let before = try cache.counts().measurements
        if onlyFailures {
            try cache.removeFailures(of: commits.isEmpty ? nil : commits)
        } else {
            try cache.remove(commits: commits, olderThanDays: nil)
        }
        return before - (try cache.counts().measurements)
    }

    /// What was removed from a cache, or would be.
    public struct Pruning: Sendable {
        /// The commits that the repository no longer has, with their measurements.
        public let gone: [(commit: String, measurements: Int)]
        /// The measurements that are too old; nil when age did not matter.
        public let old: Int?
        /// The measurements that make no sense.
        public let senseless: Int
        /// The measurements that were removed, and those that are left.
        public let removed, left: Int
        /// By how much the file got smaller; 0 where it did not.
        public let bytes: Int
    }
}

extension Repository {
    /// Whether a commit of this id is there, for git as well.
    func hasCommit(_ id: String) -> Bool {
        guard let id = ObjectID(id) else { return false }
        return !isSnapshot(id) && (try? commit(id)) != nil
    }
}
