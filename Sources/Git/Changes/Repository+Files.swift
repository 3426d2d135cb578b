extension Repository {
    /// Reads a file as a commit has it. A symbolic link's content is the path that it points to.
    ///
    /// - Returns: The content as it is stored; `nil` if nothing is there, or a directory or a submodule.
    /// - Throws: `GitError` with the code `partialClone`, `missingObject` or `damagedObject` if an object cannot be read.
    public func file(_ path: String, at commit: ObjectID) throws(GitError) -> [UInt8]? {
        let operation = "reading \(path) at \(commit.short)"
        guard let file = try item(path, at: commit, operation), file.mode.isBlob else { return nil }
        return try objects.blob(file.id, operation)
    }

    /// What lies at a path of a commit; `nil` if nothing does.
    func item(_ path: String, at commit: ObjectID, _ operation: String) throws(GitError) -> TreeItem? {
        var parts = path.split(separator: "/").filter { $0 != "." }.map(String.init)
        guard let name = parts.popLast(), let tree = try directory(parts, at: commit, operation) else { return nil }
        return try objects.items(of: tree, operation).first { $0.text == name }
    }

    /// Reads the files that lie directly in a directory of a commit, in git's order. Symbolic links are left out.
    ///
    /// - Parameters:
    ///   - directory: The directory's path from the root; `""` is the root. No file is found if it isn't there.
    ///   - commit: The commit.
    ///   - isIncluded: Whether to read the file of this name (not path).
    /// - Throws: `GitError` with the code `partialClone`, `missingObject` or `damagedObject` if an object cannot be read.
    public func files(
        below directory: String, at commit: ObjectID, where isIncluded: (String) -> Bool
    ) throws(GitError) -> [RepositoryFile] {
        let operation = "reading the files in \(directory.isEmpty ? "the root" : directory) at \(commit.short)"
        let parts = directory.split(separator: "/").filter { $0 != "." }.map(String.init)
        guard let tree = try self.directory(parts, at: commit, operation) else { return [] }
        var files: [RepositoryFile] = []
        for item in try objects.items(of: tree, operation) where item.mode.isFile && isIncluded(item.text) {
            let path = (parts + [item.text]).joined(separator: "/")
            files.append(RepositoryFile(path: path, content: try objects.blob(item.id, operation)))
        }
        return files
    }

    /// The names of the directories in a directory of a commit, in git's order; `nil` if it is not there.
    ///
    /// - Parameter directory: Its path from the root; `""` is the root.
    /// - Throws: `GitError` with the code `partialClone`, `missingObject` or `damagedObject` if an object cannot be read.
    public func folders(below directory: String, at commit: ObjectID) throws(GitError) -> [String]? {
        let operation = "reading the folders in \(directory.isEmpty ? "the root" : directory) at \(commit.short)"
        let parts = directory.split(separator: "/").filter { $0 != "." }.map(String.init)
        guard let tree = try self.directory(parts, at: commit, operation) else { return nil }
        return try objects.items(of: tree, operation).filter(\.mode.isTree).map(\.text)
    }

    private func directory(
        _ parts: [String], at commit: ObjectID, _ operation: String
    ) throws(GitError) -> ObjectID? {
        var tree = try objects.tree(of: commit, operation)
        for part in parts {
            let items = try objects.items(of: tree, operation)
            guard let next = items.first(where: { $0.mode.isTree && $0.text == part }) else { return nil }
            tree = next.id
        }
        return tree
    }
}

/// A file of a commit.
public struct RepositoryFile: Sendable, Hashable {
    /// Where it lies, from the root of the repository.
    public let path: String
    /// Its content as it is stored, without any conversion of line ends.
    public let content: [UInt8]

    /// Makes a file from its parts.
    public init(path: String, content: [UInt8]) {
        self.path = path
        self.content = content
    }
}
