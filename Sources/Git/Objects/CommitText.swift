/// The text of a commit object, and what git demands of its parts.
enum CommitText {
    static func compose(tree: ObjectID, parents: [ObjectID], signature: String, message: String) -> String {
        "tree \(tree)\n" + parents.map { "parent \($0)\n" }.joined()
            + "author \(signature)\ncommitter \(signature)\n\n" + message
    }

    /// Spells a signature as a commit object has it: name, email, seconds and time zone.
    static func signature(_ signature: Signature, _ operation: String) throws(GitError) -> String {
        for text in [signature.name, signature.email] {
            guard !text.unicodeScalars.contains(where: { "<>\n\0".unicodeScalars.contains($0) }) else {
                throw GitError(
                    .invalidName, operation: operation,
                    message: "“\(text)” cannot be the author of a commit: angle brackets and line ends are not "
                        + "allowed.")
            }
        }
        let minutes = abs(signature.offsetMinutes)
        let hours = (minutes / 60 < 10 ? "0" : "") + "\(minutes / 60)"
        let rest = (minutes % 60 < 10 ? "0" : "") + "\(minutes % 60)"
        let sign = signature.offsetMinutes < 0 ? "-" : "+"
        return "\(signature.name) <\(signature.email)> \(signature.time) \(sign)\(hours)\(rest)"
    }

    /// Refuses the paths of which libgit2 would make a tree that git does not accept, or that lacks a file.
    static func check(path: String, among files: [String: String], _ operation: String) throws(GitError) {
        for slash in path.indices where path[slash] == "/" && files[String(path[..<slash])] != nil {
            throw refused(path: path, operation, "\(path[..<slash]) is a file")
        }
        for part in path.split(separator: "/", omittingEmptySubsequences: false) {
            guard !["", ".", "..", ".git"].contains(part.lowercased()), !part.utf8.contains(0) else {
                throw refused(path: path, operation, "one of its parts is not a name")
            }
        }
    }

    static func refused(path: String, _ operation: String, _ reason: String) -> GitError {
        GitError(
            .invalidName, operation: operation,
            message: "“\(path)” cannot be the path of a file in a commit: \(reason).")
    }
}

/// How the text of a commit is spelled in bytes.
enum TextEncoding {
    case utf8
    case latin1

    /// Understands the `encoding` header of a commit; UTF-8 for none, and for those that are not known here.
    init(named name: Slice<UnsafeRawBufferPointer>) {
        let folded = String(decoding: name, as: UTF8.self).lowercased().filter { $0 != "-" && $0 != "_" && $0 != " " }
        self = ["latin1", "iso88591", "l1"].contains(folded) ? .latin1 : .utf8
    }

    /// The text; bytes that are none become U+FFFD.
    func decode(_ bytes: Slice<UnsafeRawBufferPointer>) -> String {
        switch self {
        case .utf8:
            return String(decoding: bytes, as: UTF8.self)
        case .latin1:
            var text = ""
            text.unicodeScalars.append(contentsOf: bytes.lazy.map { Unicode.Scalar($0) })
            return text
        }
    }
}
