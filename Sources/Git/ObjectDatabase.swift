import CGit2

/// The objects of a repository.
struct ObjectDatabase: ~Copyable {
    private let handle: Handle
    /// The repository's common directory, for the user to read.
    private let commonDirectory: String

    var pointer: OpaquePointer { handle.pointer }

    /// The database of a repository that is open.
    init(of repository: OpaquePointer, in commonDirectory: String) throws(GitError) {
        let handle = try Handle(git_odb_free, "opening the object database") { git_repository_odb($0, repository) }
        self.handle = handle
        self.commonDirectory = commonDirectory
    }

    /// Opens the database alone: no settings are read, and there is no work tree that could be mistaken for another.
    init(in commonDirectory: String) throws(GitError) {
        GitLibrary.start()
        let handle = try Handle(git_odb_free, "opening the object database") {
            git_odb_open($0, commonDirectory + "/objects")
        }
        self.handle = handle
        self.commonDirectory = commonDirectory
    }

    /// Hands the raw bytes of an object to `body`, for as long as `body` runs.
    func withObject<Result>(
        _ id: ObjectID, _ type: git_object_t, _ operation: String,
        _ body: (UnsafeRawBufferPointer) throws(GitError) -> Result
    ) throws(GitError) -> Result {
        var oid = id.oid
        let object = try Handle(
            git_odb_object_free,
            orThrow: { error(operation, "The \(ObjectDatabase.name(of: type)) \(id)", $0) },
            make: { git_odb_read($0, handle.pointer, &oid) })
        guard git_odb_object_type(object.pointer) == type else {
            throw GitError(
                type == GIT_OBJECT_COMMIT ? .notACommit : .damagedObject, operation: operation,
                message: "The object \(id) is not a \(ObjectDatabase.name(of: type)). See what git fsck says if you "
                    + "expected one.")
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
                throw damaged(operation, "The commit \(id)", "it has no tree")
            }
            return try body(raw)
        }
    }

    /// The tree of a commit.
    func tree(of commit: ObjectID, _ operation: String) throws(GitError) -> ObjectID {
        try withCommit(commit, operation) { $0.tree }
    }

    /// Everything that lies directly in a tree, in git's order.
    func items(of tree: ObjectID, _ operation: String) throws(GitError) -> [TreeItem] {
        try withObject(tree, GIT_OBJECT_TREE, operation) { TreeEntries($0).map(TreeItem.init) }
    }

    /// The content of a file.
    func blob(_ id: ObjectID, _ operation: String) throws(GitError) -> [UInt8] {
        try withObject(id, GIT_OBJECT_BLOB, operation) { Array($0) }
    }

    /// The error for an object that is not as it should be.
    func damaged(_ operation: String, _ what: String, _ reason: String) -> GitError {
        GitError(
            .damagedObject, operation: operation,
            message: "\(what) is damaged in \(commonDirectory): \(reason). Run git fsck, and fetch the repository anew "
                + "if it confirms this.")
    }

    /// The error for an object that is missing or cannot be read.
    func error(_ operation: String, _ what: String, _ failure: LibraryFailure) -> GitError {
        guard failure.isNotFound else { return damaged(operation, what, "libgit2 says “\(failure.text)”") }
        if RepositoryFormat(gitDirectory: commonDirectory).isPartialClone {
            return GitError(
                .partialClone, operation: operation,
                message: "\(what) is missing: \(commonDirectory) is a partial clone, and nothing is downloaded in the "
                    + "middle of a measurement. Fetch everything once with: git fetch --refetch --no-filter "
                    + "(or git backfill, from git 2.49 on)")
        }
        return GitError(
            .missingObject, operation: operation,
            message: "\(what) is missing from \(commonDirectory). Run git fsck; git fetch --refetch brings objects "
                + "back that the remote has.")
    }

    private static func name(of type: git_object_t) -> String {
        switch type {
        case GIT_OBJECT_COMMIT: "commit"
        case GIT_OBJECT_TREE: "tree"
        default: "file"
        }
    }
}
