import Benchmarks
import Git
import Measuring

/// The change between two commits, and how the paths in a profile become those of the repository.
struct CommitDiff: Sendable {
    let changes: [FileChange]
    let lines: LineMap
    let paths: SourcePaths
    /// The folder of the module that the benchmark's package belongs to; empty for the root.
    let module: String
    private let repository: String
    private let commits: (before: ObjectID, after: ObjectID)
    private let pinnedTests: ObjectID?

    init(_ workshop: any Workshop, _ question: Explainer.Question) throws {
        let repository = try Repository(discovering: workshop.repository)
        commits = (question.before.id, question.after.id)
        pinnedTests = workshop.pinnedTests
        let isPinned = workshop.pinnedTests != nil
        // Pinned tests are the same at both commits, whatever the commits say.
        changes = try repository.changes(from: commits.before, to: commits.after).filter {
            !(isPinned && $0.path.isTest)
        }
        lines = LineMap(changes)
        paths = SourcePaths(
            worktrees: workshop.state.worktrees + "/", importPath: question.importPath,
            directory: question.target.package,
            changed: Set(changes.flatMap { [$0.oldPath, $0.newPath].compactMap { $0 } }))
        module = try CommitDiff.module(of: question.target.package, at: question.after.id, in: repository)
        self.repository = workshop.repository
    }

    /// The nearest folder at or above a package that has a go.mod.
    private static func module(
        of package: String, at commit: ObjectID, in repository: borrowing Repository
    ) throws(GitError) -> String {
        var folder = package.split(separator: "/").filter { $0 != "." }
        while !folder.isEmpty {
            let path = folder.joined(separator: "/")
            if try repository.file(path + "/go.mod", at: commit) != nil { return path }
            folder.removeLast()
        }
        return ""
    }

    /// The lines of the repository's files at both commits.
    func sources() throws -> SourceTexts {
        SourceTexts(
            try Repository(discovering: repository), before: commits.before, after: commits.after,
            pinnedTests: pinnedTests)
    }
}

extension FileChange {
    /// The path at the later commit, or at the earlier one when the file is gone.
    var path: String { newPath ?? oldPath ?? "" }
}

extension String {
    /// Whether a path is one of a file that only tests are built from.
    var isTest: Bool { hasSuffix("_test.go") }
}
