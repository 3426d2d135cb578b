import CGit2

extension Repository {
    /// The notes of a ref, at one of its commits.
    public struct Notes: Sendable {
        /// The commit that holds them.
        public let head: ObjectID
        /// The text of each annotated object, by its id. Bytes that are not text become U+FFFD.
        public let texts: [ObjectID: String]
        /// Entries of the tree that are not notes, by path.
        let others: [String: TreeItem]
    }

    /// The commit that a ref names; nil when there is no such ref.
    public func reference(_ name: String) throws(GitError) -> ObjectID? {
        var oid = git_oid()
        let operation = "reading \(name)"
        var isMissing = false
        do {
            let explain = { (failure: LibraryFailure) in
                isMissing = failure.isNotFound
                return failure.unexpected(operation)
            }
            try checked(explain) { git_reference_name_to_id(&oid, handle.pointer, name) }
        } catch {
            if isMissing { return nil }
            throw error
        }
        return ObjectID(oid)
    }

    /// Reads all notes at a commit of a notes ref, however git has spread them over folders.
    ///
    /// - Parameter limit: Notes that have more bytes are read as empty, since nobody writes such by hand.
    /// - Throws: `GitError` with the code `missingObject`, `partialClone` or `damagedObject` if an object cannot be read.
    public func notes(at head: ObjectID, limit: Int = 4 << 20) throws(GitError) -> Notes {
        let operation = "reading the notes at \(head.short)"
        var texts: [ObjectID: String] = [:]
        var others: [String: TreeItem] = [:]
        var pending = [(path: "", tree: try objects.tree(of: head, operation))]
        while let (path, tree) = pending.popLast() {
            for item in try objects.items(of: tree, operation) {
                let digits = path.filter { $0 != "/" } + item.text
                if item.mode.isBlob, let id = ObjectID(digits) {
                    let bytes = try objects.blob(item.id, operation)
                    texts[id] = bytes.count > limit ? "" : String(decoding: bytes, as: UTF8.self)
                } else if item.mode.isTree, item.text.utf8.count == 2, path.utf8.count < 60 {
                    pending.append((path + item.text + "/", item.id))
                } else {
                    others[path + item.text] = item
                }
            }
        }
        return Notes(head: head, texts: texts, others: others)
    }

    /// Writes a commit that holds notes, and moves no ref.
    ///
    /// - Parameters:
    ///   - texts: The complete notes, by the id of the annotated object.
    ///   - parents: The notes that were known; entries of theirs that are not notes stay.
    ///   - message: The commit's message.
    ///   - author: The author, who is the committer as well.
    /// - Throws: `GitError` with the code `library` if nothing can be written.
    public func writeNotes(
        _ texts: [ObjectID: String], parents: [Notes], message: String, author: Signature
    ) throws(GitError) -> ObjectID {
        let operation = "writing notes"
        let signature = try CommitText.signature(author, operation)
        let index = try Handle(git_index_free, operation) { git_index_new($0) }
        var entries: [String: (id: git_oid, mode: UInt32)] = [:]
        for parent in parents.reversed() {
            for (path, item) in parent.others where !item.mode.isTree {
                entries[path] = (item.id.oid, item.mode.rawValue)
            }
        }
        for (object, text) in texts {
            var oid = git_oid()
            let bytes = Array(text.utf8)
            try checked(operation) { git_blob_create_from_buffer(&oid, handle.pointer, bytes, bytes.count) }
            // The form that git itself gives to many notes.
            let digits = object.description
            entries["\(digits.prefix(2))/\(digits.dropFirst(2))"] = (oid, UInt32(GIT_FILEMODE_BLOB.rawValue))
        }
        for (path, content) in entries.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
            var entry = git_index_entry()
            (entry.id, entry.mode) = (content.id, content.mode)
            try checked(operation) {
                path.withCString {
                    entry.path = $0
                    return git_index_add(index.pointer, &entry)
                }
            }
        }
        var tree = git_oid()
        try checked(operation) { git_index_write_tree_to(&tree, index.pointer, handle.pointer) }
        let text = CommitText.compose(
            tree: ObjectID(tree), parents: parents.map(\.head), signature: signature, message: message)
        var oid = git_oid()
        let bytes = Array(text.utf8)
        try checked(operation) { git_odb_write(&oid, objects.pointer, bytes, bytes.count, GIT_OBJECT_COMMIT) }
        return ObjectID(oid)
    }

    /// Moves a ref from one commit to another, unless somebody else moved it meanwhile.
    ///
    /// - Parameters:
    ///   - expected: The commit that it named; nil when it was not there.
    /// - Returns: Whether it was moved.
    /// - Throws: `GitError` with the code `library` if it cannot be written.
    public func moveReference(
        _ name: String, from expected: ObjectID?, to commit: ObjectID, message: String
    ) throws(GitError) -> Bool {
        let operation = "moving \(name) in \(commonDirectory)"
        var (new, old) = (commit.oid, expected?.oid ?? git_oid())
        var isTaken = false
        do {
            _ = try Handle(
                git_reference_free,
                orThrow: { failure in
                    isTaken = failure.isOvertaken
                    return failure.unexpected(operation)
                },
                make: { git_reference_create_matching($0, handle.pointer, name, &new, 1, &old, message) })
        } catch {
            if isTaken { return false }
            throw error
        }
        return true
    }

    /// Removes a ref; one that is not there is no error.
    func removeReference(_ name: String) throws(GitError) {
        try checked("removing \(name)") { git_reference_remove(handle.pointer, name) }
    }
}
