import CGit2

extension Repository {
    /// Reads a file as a commit has it. A symbolic link's content is the path that it points to.
    ///
    /// - Returns: The content as it is stored; `nil` if nothing is there, or a directory or a submodule.
    /// - Throws: `GitError` with the code `partialClone`, `missingObject` or `damagedObject` if an object cannot be read.
    public func file(_ path: String, at commit: ObjectID) throws(GitError) -> [UInt8]? {
        let operation = "reading \(path) at \(commit.short)"
        var parts = path.split(separator: "/").filter { $0 != "." }.map(String.init)
        guard let name = parts.popLast(), let tree = try directory(parts, at: commit, operation),
            let entry = try entries(of: tree, operation, where: { $0.isBlob && $1 == name }).first
        else { return nil }
        return try blob(entry.id, operation)
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
        let chosen = try entries(of: tree, operation) { $0.isFile && isIncluded($1) }
        var files: [RepositoryFile] = []
        for (name, id) in chosen {
            let path = (parts + [name]).joined(separator: "/")
            files.append(RepositoryFile(path: path, content: try blob(id, operation)))
        }
        return files
    }

    private func directory(
        _ parts: [String], at commit: ObjectID, _ operation: String
    ) throws(GitError) -> ObjectID? {
        var tree = try withCommit(commit, operation) { $0.tree }
        for part in parts {
            guard let next = try entries(of: tree, operation, where: { $0.isTree && $1 == part }).first else {
                return nil
            }
            tree = next.id
        }
        return tree
    }

    private func entries(
        of tree: ObjectID, _ operation: String, where isIncluded: (TreeEntries.Entry, String) -> Bool
    ) throws(GitError) -> [(name: String, id: ObjectID)] {
        try withObject(tree, GIT_OBJECT_TREE, operation) { bytes in
            TreeEntries(bytes).compactMap { entry in
                let name = String(decoding: entry.name, as: UTF8.self)
                return isIncluded(entry, name) ? (name, entry.id) : nil
            }
        }
    }

    private func blob(_ id: ObjectID, _ operation: String) throws(GitError) -> [UInt8] {
        try withObject(id, GIT_OBJECT_BLOB, operation) { Array($0) }
    }
}
