public import Bisection
public import Git
import Measuring

/// The commits of a search: the range as it was resolved, its graph, and where good stands.
public struct SearchRange: Sendable {
    /// The ends and the candidates, parents first.
    public let resolved: ResolvedRange
    /// The candidates as a graph.
    public let graph: CommitGraph<ObjectID>
    /// The commit that is measured as the good end: the merge base when good is not an ancestor of bad.
    public var base: ObjectID { resolved.mergeBase ?? resolved.good }
    /// The commit that is measured as the bad end.
    public var bad: ObjectID { resolved.bad }
    /// The folder that package patterns are relative to, relative to the work tree's root; empty for the root.
    public let prefix: String

    /// Resolves a range in a repository.
    ///
    /// - Throws: `GitError` when the range cannot be resolved or walked whole, `CoreError` when it is empty.
    public init(
        _ repository: borrowing Repository, range: RevisionRange, firstParent: Bool, from prefix: String
    ) throws {
        resolved = try repository.resolve(range, firstParent: firstParent)
        guard !resolved.commits.isEmpty else {
            throw CoreError(
                .usage,
                "The range \(range.good)..\(range.bad) holds no commit: \(range.bad) is reachable from \(range.good). "
                    + "Write the good end first, as in v1.2.0..HEAD.")
        }
        graph = CommitGraph(resolved.commits.map { (id: $0.id, parents: $0.parents) })
        self.prefix = prefix
    }
}

extension SearchRange {
    /// Two commits, of which the first one is taken for the only parent of the second one, whatever the history says.
    init(comparing before: ObjectID, with after: ObjectID, from prefix: String) {
        resolved = ResolvedRange(
            good: before, bad: after, mergeBase: nil, commits: [CommitNode(id: after, parents: [before])])
        graph = CommitGraph([(id: after, parents: [before])])
        self.prefix = prefix
    }

    /// The parents of a candidate, those outside the range included; only the first one when first parents are
    /// followed.
    func parents(of commit: ObjectID) -> [ObjectID] {
        graph.index(of: commit).map { resolved.commits[$0].parents } ?? []
    }

    /// What the user should know of the range.
    var warnings: [String] {
        guard let base = resolved.mergeBase else { return [] }
        return [
            "\(resolved.good.short) is not an ancestor of \(bad.short); their merge base \(base.short) is used instead"
        ]
    }
}

extension Repository {
    /// The path of a folder relative to the work tree's root, empty for the root, a bare repository or elsewhere.
    borrowing func prefix(of directory: String) -> String {
        guard let root = workDirectory.map(realPath), case let path = realPath(directory), path.hasPrefix(root + "/")
        else { return "" }
        return String(path.dropFirst(root.count + 1))
    }
}
