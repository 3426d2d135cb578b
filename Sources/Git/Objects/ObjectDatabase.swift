import CGit2

/// The objects of a repository.
struct ObjectDatabase: ~Copyable {
    private let handle: Handle
    /// The repository's common directory, for the user to read.
    private let commonDirectory: String

    var pointer: OpaquePointer { handle.pointer }

    /// Opens the objects alone: no settings are read, and there is no work tree that could be mistaken for another.
    init(in commonDirectory: String) throws(GitError) {
        GitLibrary.start()
        let operation = "opening the object database"
        let directory = commonDirectory + "/objects"
        let handle = try Handle(git_odb_free, operation) { git_odb_open($0, directory) }
        try ObjectDatabase.keepFromReadingFiles(handle.pointer, operation)
        let files = LooseObjects(in: commonDirectory)
        try ObjectBackend.add(to: handle.pointer, priority: 1, operation) { files.read($0) }
        self.handle = handle
        self.commonDirectory = commonDirectory
    }

    /// Opens the objects alone, with some of them replaced by others.
    init(in commonDirectory: String, _ substitutes: Substitutes) throws(GitError) {
        let plain = try ObjectDatabase(in: commonDirectory)
        self = try plain.reading(substitutes)
    }

    /// The same objects, with some of them replaced by others.
    consuming func reading(_ substitutes: Substitutes) throws(GitError) -> ObjectDatabase {
        if substitutes.isEmpty { return self }
        let changed = try ObjectDatabase(in: commonDirectory)
        let plain = Plain(self)
        let operation = "opening the object database"
        try ObjectBackend.add(to: changed.pointer, priority: 3, operation) {
            substitutes.answer($0, from: plain.objects)
        }
        // It lists parents as they were.
        try checked(operation) { git_odb_set_commit_graph(changed.pointer, nil) }
        return changed
    }

    /// The objects as they are, for the one that substitutes others.
    private final class Plain {
        let objects: ObjectDatabase
        init(_ objects: consuming ObjectDatabase) { self.objects = objects }
    }

    /// Makes libgit2 leave objects that are in files of their own to `LooseObjects`.
    private static func keepFromReadingFiles(_ database: OpaquePointer, _ operation: String) throws(GitError) {
        for position in 0..<git_odb_num_backends(database) {
            var backend: UnsafeMutablePointer<git_odb_backend>?
            try checked(operation) { git_odb_get_backend(&backend, database, position) }
            // Nothing else can write a single object.
            guard let backend, backend.pointee.write != nil else { continue }
            backend.pointee.read = nil
            backend.pointee.read_prefix = nil
            backend.pointee.read_header = nil
            backend.pointee.readstream = nil
        }
    }

    /// Hands the raw bytes of an object to `body`, for as long as `body` runs.
    func withObject<Result>(
        _ id: ObjectID, _ type: git_object_t, _ operation: String,
        _ body: (UnsafeRawBufferPointer) throws(GitError) -> Result
    ) throws(GitError) -> Result {
        let name = ObjectDatabase.name(of: type)
        return try withAnyObject(id, operation, as: name) { (found, bytes) throws(GitError) in
            guard found == type else {
                throw GitError(
                    type == GIT_OBJECT_COMMIT ? .notACommit : .damagedObject, operation: operation,
                    message: "The object \(id) is not a \(name). See what git fsck says if you expected one.")
            }
            return try body(bytes)
        }
    }

    /// Hands the type and the raw bytes of an object to `body`, for as long as `body` runs.
    ///
    /// - Parameter name: What the object should be, for the message.
    func withAnyObject<Result>(
        _ id: ObjectID, _ operation: String, as name: String = "object",
        _ body: (git_object_t, UnsafeRawBufferPointer) throws(GitError) -> Result
    ) throws(GitError) -> Result {
        var oid = id.oid
        let object = try Handle(
            git_odb_object_free, orThrow: { error(operation, "The \(name) \(id)", $0) },
            make: { git_odb_read($0, handle.pointer, &oid) })
        let bytes = UnsafeRawBufferPointer(
            start: git_odb_object_data(object.pointer), count: git_odb_object_size(object.pointer))
        return try body(git_odb_object_type(object.pointer), bytes)
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
        try withObject(tree, GIT_OBJECT_TREE, operation) { (bytes) throws(GitError) in
            var entries = TreeEntries(bytes)
            var items: [TreeItem] = []
            while let entry = entries.next() { items.append(TreeItem(entry)) }
            guard entries.isAtEnd else { throw damaged(operation, "The tree \(tree)", "it ends within an entry") }
            return items
        }
    }

    /// The content of a file.
    func blob(_ id: ObjectID, _ operation: String) throws(GitError) -> [UInt8] {
        try withObject(id, GIT_OBJECT_BLOB, operation) { Array($0) }
    }

    /// The content of a file at a path; `nil` in a partial clone that lacks it. Without one of Go's own files nothing could
    /// be measured, so that such a one is an error there as well.
    func content(_ id: ObjectID, ofFile path: String, _ operation: String) throws(GitError) -> [UInt8]? {
        do { return try blob(id, operation) } catch {
            guard error.code == .partialClone, !Repository.isSource(path) else { throw error }
            return nil
        }
    }

    /// How many bytes an object has, by its header alone; nil for one that is missing or cannot be read.
    func size(of id: ObjectID) -> Int? {
        var oid = id.oid
        var (size, type) = (0, GIT_OBJECT_INVALID)
        return git_odb_read_header(&size, &type, handle.pointer, &oid) == 0 ? size : nil
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
        if failure.concernsFiles {
            return GitError(
                .fileSystem, operation: operation,
                message: "\(what) cannot be read: \(failure.text). Check the permissions and the disk.")
        }
        guard failure.isNotFound else { return damaged(operation, what, failure.text) }
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
