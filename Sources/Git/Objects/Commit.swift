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
    /// Whether it is the snapshot of a work tree, which git knows nothing of.
    public var isSnapshot = false

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

extension Commit {
    /// Reads the bytes of a commit object; nil if its ids are not where they belong.
    package init?(object bytes: [UInt8]) {
        let commit = bytes.withUnsafeBytes { bytes in RawCommit(bytes).map { Commit($0.tree, $0) } }
        guard let commit else { return nil }
        self = commit
    }

    /// Copies everything out of a commit object.
    init(_ id: ObjectID, _ raw: RawCommit) {
        let encoding = TextEncoding(named: raw.header("encoding "))
        let message = encoding.decode(raw.body)
        self.init(
            id: id, parents: raw.parents, tree: raw.tree,
            author: Signature(RawSignature(raw.header("author ")), encoding),
            committer: Signature(RawSignature(raw.header("committer ")), encoding),
            subject: Commit.subject(of: message), message: message)
    }

    /// The first paragraph of a message on one line, as git shows it.
    static func subject(of message: String) -> String {
        message.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .lazy.map(trimmed)
            .drop(while: \.isEmpty)
            .prefix { !$0.isEmpty }
            .joined(separator: " ")
    }
}

extension Signature {
    init(_ raw: RawSignature, _ encoding: TextEncoding) {
        self.init(
            name: trimmed(encoding.decode(raw.name)[...]), email: trimmed(encoding.decode(raw.email)[...]),
            time: raw.time, offsetMinutes: raw.offsetMinutes)
    }
}

/// A text without white space at its ends.
func trimmed(_ text: Substring) -> String {
    var text = text.drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
}

/// A commit as a walk needs it: where it hangs in the history, and nothing else.
public struct CommitNode: Sendable, Hashable {
    /// The id by which the repository has the commit.
    public let id: ObjectID
    /// Its parents, in the order in which they are recorded. A walk along first parents lists the first one only.
    public let parents: [ObjectID]

    /// Makes a node from its parts.
    public init(id: ObjectID, parents: [ObjectID]) {
        self.id = id
        self.parents = parents
    }
}
