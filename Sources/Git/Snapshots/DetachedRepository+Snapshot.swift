import CGit2

extension DetachedRepository {
    /// A file as a tree has it.
    typealias Item = (mode: FileMode, id: ObjectID)

    /// Up to how many bytes a file is copied.
    private static let largestFile = 100 << 20
    /// How often a file is read that changes meanwhile.
    private static let attempts = 3

    /// Writes a file of the work tree, and tells what a tree is to have at its path: nothing where it is absent.
    ///
    /// - Returns: `nil` for a file that is left out, of which a clause is added to `files`.
    func item(
        for file: WorkTreeFile, below root: String, _ contents: inout StoredContents, _ files: inout WorkTreeFiles,
        _ operation: String
    ) throws(GitError) -> Item?? {
        switch file.state {
        case .absent: return .some(nil)
        case .indexed(let mode, let id): return (mode.canonical, id)
        case .submodule(let commit): return (.submodule, commit)
        case .present(let mode):
            let path = root + "/" + file.path
            if let size = FileSystem.size(path), size > DetachedRepository.largestFile {
                files.leaveOut("\(file.path) has \(size >> 20) MB, and is not copied: have git ignore it, or commit it")
                return nil
            }
            guard let content = try DetachedRepository.content(of: path, isLink: mode.isLink, operation) else {
                return .some(nil)
            }
            let stored = mode.isLink ? content : try contents.stored(content, of: file.path, objects)
            return (mode, try write(stored, GIT_OBJECT_BLOB, operation))
        }
    }

    /// The bytes of a file that stayed as it was while they were read; `nil` if it is gone by now.
    private static func content(of path: String, isLink: Bool, _ operation: String) throws(GitError) -> [UInt8]? {
        for _ in 0..<attempts {
            let before = FileSystem.identity(path)
            let content = isLink ? FileSystem.target(ofLink: path) : FileSystem.read(path)
            guard let after = FileSystem.identity(path) else { return nil }
            guard before == after else { continue }
            if let content { return content }
            throw GitError(
                .fileSystem, operation: operation,
                message: "\(path) cannot be read: "
                    + "\(FileSystem.reasonUnreadable(path) ?? "it is neither a file nor a link"). "
                    + "Check its permissions, or have git ignore it.")
        }
        throw GitError(
            .fileSystem, operation: operation,
            message: "\(path) changed each time that it was read. Wait until nothing writes to it, or have git "
                + "ignore it.")
    }

    private func write(_ content: [UInt8], _ type: git_object_t, _ operation: String) throws(GitError) -> ObjectID {
        var oid = git_oid()
        try checked(operation) { git_odb_write(&oid, objects.pointer, content, content.count, type) }
        return ObjectID(oid)
    }

    /// Writes a commit in which some files of its parent are others.
    ///
    /// - Returns: The id, which depends on the arguments only.
    func write(
        _ changes: [(path: String, item: Item?)], onto parent: ObjectID, _ operation: String
    ) throws(GitError) -> ObjectID {
        let index = try Handle(git_index_free, operation) { git_index_new($0) }
        let indexPointer = index.pointer
        let tree = try self.tree(of: parent, operation)
        let treePointer = tree.pointer
        try checked({ error(operation, $0) }, { git_index_read_tree(indexPointer, treePointer) })
        // All that goes away, goes first: a file may take the place of a directory, and the other way round.
        for change in changes where git_index_find(nil, indexPointer, change.path) == 0 {
            try checked(operation) { git_index_remove(indexPointer, change.path, 0) }
        }
        for (path, item) in changes {
            guard let item else { continue }
            var entry = git_index_entry()
            entry.mode = item.mode.rawValue
            entry.id = item.id.oid
            try checked(operation) {
                path.withCString {
                    entry.path = $0
                    return git_index_add(indexPointer, &entry)
                }
            }
        }
        var oid = git_oid()
        try checked({ error(operation, $0) }, { git_index_write_tree_to(&oid, indexPointer, pointer) })
        let signature = try CommitText.signature(
            Signature(name: "allocbisect", email: "", time: 0), operation)
        let text = CommitText.compose(
            tree: ObjectID(oid), parents: [parent], signature: signature, message: "The work tree\n")
        return try write(Array(text.utf8), GIT_OBJECT_COMMIT, operation)
    }
}
