/// A commit as a walk needs it: where it hangs in the history, and nothing else.
public struct CommitNode: Sendable, Hashable {
    /// The commit.
    public let id: ObjectID
    /// Its parents, in the order in which they are recorded. A walk along first parents lists the first one only.
    public let parents: [ObjectID]

    /// Makes a node from its parts.
    public init(id: ObjectID, parents: [ObjectID]) {
        self.id = id
        self.parents = parents
    }
}
