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
