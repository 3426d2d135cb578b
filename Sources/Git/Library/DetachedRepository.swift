import CGit2

/// The objects of a repository without the rest of it: no settings, index or files have an influence on what is
/// computed here. What libgit2 writes stays in memory, and goes away with this value, or is in a directory of ours.
struct DetachedRepository: ~Copyable {
    let objects: ObjectDatabase
    private let handle: Handle

    var pointer: OpaquePointer { handle.pointer }

    /// - Parameter directory: Where objects are written; `nil` for memory.
    init(
        in commonDirectory: String, _ substitutes: Substitutes, writingTo directory: String? = nil
    ) throws(GitError) {
        let operation = "opening the object database"
        let objects = try ObjectDatabase(in: commonDirectory, substitutes)
        let database = objects.pointer
        try DetachedRepository.redirectWrites(of: database, to: directory, operation)
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

    /// Makes everything that writes to a database write to a directory of objects, or to memory.
    private static func redirectWrites(
        of database: OpaquePointer, to directory: String?, _ operation: String
    ) throws(GitError) {
        for position in 0..<git_odb_num_backends(database) {
            var files: UnsafeMutablePointer<git_odb_backend>?
            try checked(operation) { git_odb_get_backend(&files, database, position) }
            // Even an object that is there already would be written to: its date is.
            files?.pointee.freshen = nil
            files?.pointee.write = nil
            files?.pointee.writestream = nil
            files?.pointee.writepack = nil
        }
        var target: UnsafeMutablePointer<git_odb_backend>?
        if let directory {
            // What is read once soon afterwards is compressed as little as possible.
            try checked(operation) { git_odb_backend_loose(&target, directory, 1, 0, 0, 0) }
        } else {
            try checked(operation) { git_mempack_new(&target) }
        }
        try checked(operation) { git_odb_add_backend(database, target, 1_000) }
    }
}

extension DetachedRepository {
    /// Up to how many old and as many new files are compared by content, each with each. That takes libgit2 up to 20 µs a
    /// pair, ten times as long as git, whose limit is 1,000.
    static let renameLimit = 300
    /// Up to how many files of the old tree each new one is compared with when only equal contents count.
    private static let exactRenameLimit = 10_000

    /// The files that differ between two trees, in the order of their paths, and which of them were renamed; a renamed
    /// file is one removed and one added where that is not looked for.
    func deltas(
        from old: borrowing Handle, to new: borrowing Handle, findsRenames: Bool, _ operation: String
    ) throws(GitError) -> [FileDelta] {
        let (old, new) = (old.pointer, new.pointer)
        var options = try DetachedRepository.options(operation)
        let diff = try Handle(
            git_diff_free, orThrow: { error(operation, $0) },
            make: { git_diff_tree_to_tree($0, pointer, old, new, &options) })
        let deltas = DetachedRepository.deltas(diff)
        let removed = deltas.count { $0.new == nil }
        let added = deltas.count { $0.old == nil }
        guard findsRenames, removed > 0, added > 0 else { return deltas }
        var search = git_diff_find_options()
        try checked(operation) { git_diff_find_options_init(&search, UInt32(GIT_DIFF_FIND_OPTIONS_VERSION)) }
        search.flags = GIT_DIFF_FIND_RENAMES.rawValue | GIT_DIFF_FIND_DONT_IGNORE_WHITESPACE.rawValue
        // libgit2 counts the old files that it compares one new file with, which says nothing about the time.
        search.rename_limit = removed
        if removed * added > DetachedRepository.renameLimit * DetachedRepository.renameLimit {
            search.flags |= GIT_DIFF_FIND_EXACT_MATCH_ONLY.rawValue
            search.rename_limit = min(removed, DetachedRepository.exactRenameLimit)
        }
        try checked({ error(operation, $0) }, { git_diff_find_similar(diff.pointer, &search) })
        return DetachedRepository.deltas(diff)
    }

    /// The files that differ between a tree and an index. A renamed file is one removed and one added.
    func deltas(
        from old: borrowing Handle, toIndex index: borrowing Handle, _ operation: String
    ) throws(GitError) -> [FileDelta] {
        let (old, index) = (old.pointer, index.pointer)
        var options = try DetachedRepository.options(operation)
        let diff = try Handle(
            git_diff_free, orThrow: { error(operation, $0) },
            make: { git_diff_tree_to_index($0, pointer, old, index, &options) })
        return DetachedRepository.deltas(diff)
    }

    private static func options(_ operation: String) throws(GitError) -> git_diff_options {
        var options = git_diff_options()
        try checked(operation) { git_diff_options_init(&options, UInt32(GIT_DIFF_OPTIONS_VERSION)) }
        return options
    }

    private static func deltas(_ diff: borrowing Handle) -> [FileDelta] {
        (0..<git_diff_num_deltas(diff.pointer)).compactMap { position in
            git_diff_get_delta(diff.pointer, position).map { FileDelta($0.pointee) }
        }
    }
}
