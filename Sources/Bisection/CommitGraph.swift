/// The commits of a revision range and which is a parent of which.
///
/// Commits have indices 0..<`count` in topological order, parents before children. The graph is immutable, and a
/// copy costs two references.
///
/// ```swift
/// let graph = CommitGraph([(id: "a", parents: ["release"]), (id: "b", parents: ["a"])])
/// graph.index(of: "b")            // 1
/// graph.hasParentOutside(0)       // true
/// ```
public struct CommitGraph<ID: Hashable & Sendable>: Sendable {
    /// The commits in topological order.
    public let ids: [ID]
    let topology: Topology
    private let indices: [ID: Int32]

    /// Makes the graph of a range.
    ///
    /// Parents that are not in the list lie outside the range; a parent named twice counts once.
    ///
    /// - Parameter commits: each commit after all of its parents.
    /// - Precondition: no id occurs twice, and no commit is listed before one of its parents.
    public init(_ commits: [(id: ID, parents: [ID])]) {
        var indices: [ID: Int32] = [:]
        indices.reserveCapacity(commits.count)
        var offsets: [Int32] = [0]
        offsets.reserveCapacity(commits.count + 1)
        var parents: [Int32] = []
        var outside = CommitSet(capacity: commits.count)
        var outsideIDs: Set<ID> = []
        for (index, commit) in commits.enumerated() {
            precondition(!outsideIDs.contains(commit.id), "a commit is listed before one of its parents")
            let first = parents.count
            for parent in commit.parents {
                guard let known = indices[parent] else {
                    precondition(parent != commit.id, "a commit is its own parent")
                    outsideIDs.insert(parent)
                    outside.insert(index)
                    continue
                }
                if !parents[first...].contains(known) { parents.append(known) }
            }
            precondition(indices.updateValue(Int32(index), forKey: commit.id) == nil, "a commit is listed twice")
            offsets.append(Int32(parents.count))
        }
        self.ids = commits.map(\.id)
        self.indices = indices
        self.topology = Topology(offsets: offsets, parents: parents, outside: outside)
    }

    /// The number of commits.
    public var count: Int { ids.count }

    /// The index of a commit, or nil when it lies outside the range.
    public func index(of id: ID) -> Int? { indices[id].map(Int.init) }

    /// The indices of a commit's parents inside the range, in the order they were given.
    public func parents(of index: Int) -> some RandomAccessCollection<Int> {
        topology.parents(of: index).lazy.map { Int($0) }
    }

    /// Whether the commit has a parent that is not in the range. A root commit has none.
    public func hasParentOutside(_ index: Int) -> Bool { topology.outside.contains(index) }

    /// The ancestors of some commits inside the range, the commits themselves included, in O(commits + edges).
    public func ancestors(of indices: some Sequence<Int>) -> CommitSet {
        var result = CommitSet(capacity: count)
        var highest = -1
        for index in indices {
            result.insert(index)
            highest = max(highest, index)
        }
        for index in stride(from: highest, through: 0, by: -1) where result.contains(index) {
            for parent in topology.parents(of: index) { result.insert(Int(parent)) }
        }
        return result
    }

    /// The descendants of a commit inside the range, itself included, in O(commits + edges).
    public func descendants(of index: Int) -> CommitSet {
        var result = CommitSet(capacity: count)
        result.insert(index)
        for other in index..<count where topology.parents(of: other).contains(where: { result.contains(Int($0)) }) {
            result.insert(other)
        }
        return result
    }
}
