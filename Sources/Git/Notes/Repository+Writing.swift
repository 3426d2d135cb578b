import CGit2

extension Repository {
    /// Makes an empty repository. `HEAD` names the branch `main`, and neither the user's templates nor settings matter.
    ///
    /// - Throws: `GitError` with the code `library` if there is a repository at `path` already or if it cannot be made.
    public static func create(at path: String, bare: Bool = false) throws(GitError) -> Repository {
        GitLibrary.start()
        let operation = "making a repository at \(path)"
        var options = git_repository_init_options()
        try checked(operation) {
            git_repository_init_options_init(&options, UInt32(GIT_REPOSITORY_INIT_OPTIONS_VERSION))
        }
        options.flags = GIT_REPOSITORY_INIT_NO_REINIT.rawValue | GIT_REPOSITORY_INIT_MKPATH.rawValue
        if bare { options.flags |= GIT_REPOSITORY_INIT_BARE.rawValue }
        let handle = try Handle(git_repository_free, operation) { made in
            "main".withCString {
                options.initial_head = $0
                return git_repository_init_ext(made, path, &options)
            }
        }
        return try Repository(opening: handle)
    }

    /// Writes a commit, and leaves `HEAD`, all refs, the index and the files of the work tree alone.
    ///
    /// - Parameters:
    ///   - files: The complete tree: what lies at each path. None is executable.
    ///   - parents: The commits to follow; none for a root.
    ///   - message: The message.
    ///   - author: The author, who is the committer as well.
    /// - Returns: The id, which depends on the arguments only.
    /// - Throws: `GitError` with the code `invalidName` if git does not allow a path, the name or the address;
    ///   `missingObject` if a parent isn't there; `library` if nothing can be written.
    @discardableResult
    public func writeCommit(
        files: [String: String], parents: [ObjectID], message: String, author: Signature
    ) throws(GitError) -> ObjectID {
        let operation = "writing a commit"
        let signature = try CommitText.signature(author, operation)
        for parent in parents { try objects.withCommit(parent, operation) { _ in } }
        let tree = try writeTree(files, operation)
        let text = CommitText.compose(tree: tree, parents: parents, signature: signature, message: message)
        let bytes = Array(text.utf8)
        var oid = git_oid()
        try checked(operation) { git_odb_write(&oid, objects.pointer, bytes, bytes.count, GIT_OBJECT_COMMIT) }
        return ObjectID(oid)
    }

    /// Makes a branch, or moves it. `name` is without `refs/heads/`.
    ///
    /// - Throws: `GitError` with the code `invalidName` if git does not allow the name, or `library` if the branch
    ///   cannot be written or the commit isn't there.
    public func setBranch(_ name: String, to commit: ObjectID) throws(GitError) {
        try setReference("refs/heads/" + name, to: commit)
    }

    /// Makes a tag without a message, or moves it. `name` is without `refs/tags/`.
    ///
    /// - Throws: `GitError` with the code `invalidName` if git does not allow the name, or `library` if the tag
    ///   cannot be written or the commit isn't there.
    public func setTag(_ name: String, to commit: ObjectID) throws(GitError) {
        try setReference("refs/tags/" + name, to: commit)
    }

    /// Fills the index and the work tree with the commit that `HEAD` names, over whatever changes are there.
    ///
    /// Meant for a repository that `create(at:bare:)` has made.
    ///
    /// - Throws: `GitError` with the code `library` if there is no such commit, or no work tree, or if the files
    ///   cannot be written.
    public func checkoutHead() throws(GitError) {
        let operation = "filling the work tree of \(commonDirectory)"
        var options = git_checkout_options()
        try checked(operation) { git_checkout_options_init(&options, UInt32(GIT_CHECKOUT_OPTIONS_VERSION)) }
        options.checkout_strategy = GIT_CHECKOUT_FORCE.rawValue
        options.disable_filters = 1
        try checked(operation) { git_checkout_head(handle.pointer, &options) }
    }

    private func setReference(_ name: String, to commit: ObjectID) throws(GitError) {
        let operation = "setting \(name)"
        var oid = commit.oid
        _ = try Handle(
            git_reference_free,
            orThrow: { failure in
                guard failure.isInvalid else { return failure.unexpected(operation) }
                return GitError(
                    .invalidName, operation: operation,
                    message: "“\(name)” is not a name that git allows. See: git help check-ref-format")
            },
            make: { git_reference_create($0, handle.pointer, name, &oid, 1, nil) })
    }

    private func writeTree(_ files: [String: String], _ operation: String) throws(GitError) -> ObjectID {
        let index = try Handle(git_index_free, operation) { git_index_new($0) }
        // In the index's own order, each entry is appended instead of moving those after it.
        for (path, content) in files.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
            try CommitText.check(path: path, among: files, operation)
            var entry = git_index_entry()
            entry.mode = UInt32(GIT_FILEMODE_BLOB.rawValue)
            let bytes = Array(content.utf8)
            try checked(operation) { git_blob_create_from_buffer(&entry.id, handle.pointer, bytes, bytes.count) }
            let explain = { (failure: LibraryFailure) in CommitText.refused(path: path, operation, failure.text) }
            try checked(explain) {
                path.withCString {
                    entry.path = $0
                    return git_index_add(index.pointer, &entry)
                }
            }
        }
        var oid = git_oid()
        try checked(operation) { git_index_write_tree_to(&oid, index.pointer, handle.pointer) }
        return ObjectID(oid)
    }
}
