import CGit2

/// The objects of a repository without the rest of it: no settings, index or files have an influence on what is
/// computed here. What libgit2 writes stays in memory, and goes away with this value.
struct DetachedRepository: ~Copyable {
    let objects: ObjectDatabase
    private let handle: Handle

    var pointer: OpaquePointer { handle.pointer }

    init(in commonDirectory: String, _ substitutes: Substitutes) throws(GitError) {
        let operation = "opening the object database"
        let objects = try ObjectDatabase(in: commonDirectory, substitutes)
        let database = objects.pointer
        try DetachedRepository.keepInMemory(database, operation)
        let handle = try Handle(git_repository_free, operation) { git_repository_wrap_odb($0, database) }
        // Without these, libgit2 looks for the user's settings, and for an index in the current directory.
        let repository = handle.pointer
        let settings = try Handle(git_config_free, operation) { git_config_new($0) }
        try checked(operation) { git_repository_set_config(repository, settings.pointer) }
        let index = try Handle(git_index_free, operation) { git_index_new($0) }
        try checked(operation) { git_repository_set_index(repository, index.pointer) }
        self.objects = objects
        self.handle = handle
    }

    /// The tree of a commit, as an object of libgit2's.
    func tree(of commit: ObjectID, _ operation: String) throws(GitError) -> Handle {
        var oid = try objects.tree(of: commit, operation).oid
        return try Handle(
            git_tree_free, orThrow: { objects.error(operation, "The tree of the commit \(commit)", $0) },
            make: { git_tree_lookup($0, handle.pointer, &oid) })
    }

    /// The error for a failure of libgit2 while it was reading objects of its own choice.
    func error(_ operation: String, _ failure: LibraryFailure) -> GitError {
        failure.concernsObjects || failure.isNotFound
            ? objects.error(operation, "A file or directory of the commits", failure) : failure.unexpected(operation)
    }

    /// Makes everything that writes to a database write to memory.
    private static func keepInMemory(_ database: OpaquePointer, _ operation: String) throws(GitError) {
        for position in 0..<git_odb_num_backends(database) {
            var files: UnsafeMutablePointer<git_odb_backend>?
            try checked(operation) { git_odb_get_backend(&files, database, position) }
            // Even an object that is there already would be written to: its date is.
            files?.pointee.freshen = nil
            files?.pointee.write = nil
            files?.pointee.writestream = nil
            files?.pointee.writepack = nil
        }
        var memory: UnsafeMutablePointer<git_odb_backend>?
        try checked(operation) { git_mempack_new(&memory) }
        try checked(operation) { git_odb_add_backend(database, memory, 1_000) }
    }
}
