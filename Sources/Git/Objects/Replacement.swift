/// A file as it is to be, whatever lies at its path now.
public struct Replacement: Sendable, Hashable {
    /// What is to lie at a path.
    public enum Content: Sendable, Hashable {
        /// A file with this content, written as it is.
        case file([UInt8], isExecutable: Bool)
        /// A symbolic link to this path.
        case link([UInt8])
        /// No file or link. A directory may be there.
        case absent
    }

    /// The path from the root of the repository, with slashes between its parts.
    public let path: String
    /// What is to lie there.
    public let content: Content

    /// Makes a replacement from its parts.
    public init(path: String, content: Content) {
        self.path = path
        self.content = content
    }
}

extension Replacement {
    /// The parts of the path, each with a zero byte at its end.
    ///
    /// - Throws: `GitError` with the code `invalidName` if one of the parts is not the name of something in its
    ///   directory.
    func names(_ operation: String) throws(GitError) -> [[CChar]] {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        for part in parts where ["", ".", "..", ".git"].contains(part.lowercased()) || part.utf8.contains(0) {
            throw GitError(
                .invalidName, operation: operation,
                message: "“\(path)” cannot be replaced: “\(part)” is not a name for a file or directory. Name a file "
                    + "by its path from the root of the repository.")
        }
        return parts.map { Array(String($0).utf8CString) }
    }
}

extension Repository {
    /// Reads files as a commit has them, to be written over those of another commit by `Worktree.replace(_:)`.
    ///
    /// - Parameters:
    ///   - paths: The paths from the root. What is a directory or a submodule in the commit is absent as a file.
    ///   - commit: The commit.
    /// - Returns: As many replacements as paths, in the same order.
    /// - Throws: `GitError` with the code `invalidName` if a path has an empty part, or one that is `.`, `..` or `.git`;
    ///   `partialClone`, `missingObject`, `damagedObject` or `notACommit` if an object cannot be read.
    public func replacements(of paths: [String], from commit: ObjectID) throws(GitError) -> [Replacement] {
        let operation = "reading files of \(commit.short)"
        var lookup = TreeLookup(root: try objects.tree(of: commit, operation))
        var replacements: [Replacement] = []
        for path in paths {
            let names = try Replacement(path: path, content: .absent).names(operation)
            let item = try lookup.item(names, objects, operation)
            let content = try item.map { (item) throws(GitError) in
                try objects.content(of: item.id, item.mode, operation)
            }
            replacements.append(Replacement(path: path, content: content ?? .absent))
        }
        return replacements
    }
}

extension ObjectDatabase {
    /// What is to lie at the path of something that a tree holds.
    func content(of id: ObjectID, _ mode: FileMode, _ operation: String) throws(GitError) -> Replacement.Content {
        if mode.isLink { return .link(try blob(id, operation)) }
        return mode.isFile ? .file(try blob(id, operation), isExecutable: mode.isExecutable) : .absent
    }
}
