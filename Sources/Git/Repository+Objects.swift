import CGit2

extension Repository {
    /// Hands the raw bytes of an object to `body`, for as long as `body` runs.
    func withObject<Result>(
        _ id: ObjectID, _ type: git_object_t, _ operation: String,
        _ body: (UnsafeRawBufferPointer) throws(GitError) -> Result
    ) throws(GitError) -> Result {
        var oid = id.oid
        let what = { (name: String) in "The \(name) \(id)" }
        let object = try Handle(
            git_odb_object_free,
            orThrow: { objectError(operation, what(Repository.name(of: type)), $0) },
            make: { git_odb_read($0, database.pointer, &oid) })
        guard git_odb_object_type(object.pointer) == type else {
            throw GitError(
                type == GIT_OBJECT_COMMIT ? .notACommit : .damagedObject, operation: operation,
                message: "The object \(id) is not a \(Repository.name(of: type)). Run git fsck if you expected one.")
        }
        let bytes = UnsafeRawBufferPointer(
            start: git_odb_object_data(object.pointer), count: git_odb_object_size(object.pointer))
        return try body(bytes)
    }

    /// Takes a commit object apart, and hands it to `body`.
    func withCommit<Result>(
        _ id: ObjectID, _ operation: String, _ body: (RawCommit) throws(GitError) -> Result
    ) throws(GitError) -> Result {
        try withObject(id, GIT_OBJECT_COMMIT, operation) { (bytes) throws(GitError) in
            guard let raw = RawCommit(bytes) else {
                throw GitError(
                    .damagedObject, operation: operation,
                    message: "The commit \(id) is damaged in \(commonDirectory): it has no tree. Run git fsck, and "
                        + "fetch the repository anew if it confirms this.")
            }
            return try body(raw)
        }
    }

    /// Reads a commit.
    ///
    /// - Throws: `GitError` with the code `missingObject`, `partialClone` or `damagedObject` if the object cannot be
    ///   read, or `notACommit` if it is something else.
    public func commit(_ id: ObjectID) throws(GitError) -> Commit {
        try withCommit(id, "reading a commit") { Commit(id, $0) }
    }

    private static func name(of type: git_object_t) -> String {
        switch type {
        case GIT_OBJECT_COMMIT: "commit"
        case GIT_OBJECT_TREE: "tree"
        default: "file"
        }
    }
}
