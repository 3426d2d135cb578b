public import Benchmarks
import Foundation
public import Git

/// A small Go module with a history in which three commits made something worse: something to try a search on.
///
/// The module `example.com/demo` holds an order book, a price feed and a report printer, each with benchmarks. It is made
/// with libgit2 alone, takes no network, and its commits have the same ids each time.
///
/// ```swift
/// let demo = try DemoRepository(at: "/tmp/demo")
/// let range = try RevisionRange(demo.range)
/// ```
public struct DemoRepository: Sendable {
    /// Where it lies: the work tree's root, absolute.
    public let path: String
    /// The commits to search, as the user would write them.
    public let range = "v1.0.0..main"
    /// The history, in the order in which it was written.
    public let commits: [ObjectID]
    /// The seeded faults, in the order in which they were committed.
    public let faults: [Fault]

    /// A commit that made something worse.
    public struct Fault: Sendable, Hashable {
        /// What got worse first of all.
        public let metric: Metric
        /// The package's import path.
        public let package: String
        /// The benchmark that shows it.
        public let benchmark: String
        /// The kind of mistake, in a few words.
        public let cause: String
        /// The commit that a search for it has to name.
        public let commit: ObjectID
        /// The first line of its message.
        public let subject: String
    }

    /// Makes the repository, with main checked out and v1.0.0 at the good end.
    ///
    /// - Parameter path: A folder that is empty or does not exist yet.
    /// - Throws: `DemoError` if there is something at `path`; `GitError` if nothing can be written.
    public init(at path: String) throws {
        let path = URL(filePath: path).standardizedFileURL.path
        try DemoRepository.checkIsFree(path)
        let repository = try Repository.create(at: path)
        var writer = DemoWriter()
        for step in DemoHistory.steps { try writer.write(step, to: repository) }
        try repository.setTag("v1.0.0", to: writer.commits[DemoHistory.start.count - 1])
        try repository.setBranch("main", to: writer.commits[writer.commits.count - 1])
        try repository.checkoutHead()
        self.path = path
        commits = writer.commits
        faults = writer.faults
    }

    /// Whether a search of `range` that named these commits named every seeded fault, and no other commit.
    package func isSolved(by culprits: [Culprit]) -> Bool {
        Set(culprits.map(\.commit)) == Set(faults.map(\.commit))
            && faults.allSatisfy { fault in
                culprits.contains {
                    $0.commit == fault.commit && $0.metric == fault.metric && $0.package == fault.package
                        && $0.benchmark == fault.benchmark
                }
            }
    }

    /// A commit that a search named, for one series.
    package struct Culprit: Sendable {
        let commit: ObjectID
        let metric: Metric
        let package, benchmark: String

        package init(_ commit: ObjectID, _ metric: Metric, package: String, benchmark: String) {
            (self.commit, self.metric, self.package, self.benchmark) = (commit, metric, package, benchmark)
        }
    }

    private static func checkIsFree(_ path: String) throws(DemoError) {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else { return }
        guard isDirectory.boolValue, let content = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            throw DemoError("\(path) is not a folder that can be used. Name one that does not exist yet.")
        }
        guard content.isEmpty else {
            throw DemoError("\(path) is not empty. Name a folder that is, or one that does not exist yet.")
        }
    }
}
