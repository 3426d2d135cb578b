/// A commit, copied out of the repository.
public struct Commit: Sendable, Hashable {
    /// The commit's own id.
    public let id: ObjectID
    /// The parents in the order in which they are recorded: none for a root, several for a merge.
    public let parents: [ObjectID]
    /// The tree that holds the files.
    public let tree: ObjectID
    /// Who wrote the change.
    public let author: Signature
    /// Who put the change into the history.
    public let committer: Signature
    /// The first paragraph of the message, on one line.
    public let subject: String
    /// The whole message, without blank lines at its start.
    public let message: String

    /// Makes a commit from its parts.
    public init(
        id: ObjectID, parents: [ObjectID], tree: ObjectID, author: Signature, committer: Signature, subject: String,
        message: String
    ) {
        self.id = id
        self.parents = parents
        self.tree = tree
        self.author = author
        self.committer = committer
        self.subject = subject
        self.message = message
    }
}
