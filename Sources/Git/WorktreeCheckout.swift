import CGit2

/// One checkout of a commit in a slot.
struct WorktreeCheckout {
    let slot: WorktreeSlot
    let commit: ObjectID

    private var operation: String { "checking out \(commit.short) in \(slot.path)" }

    /// Fills the slot. If this ends early in any way, the slot is not marked as complete, and the next checkout
    /// trusts nothing in it but files that are exactly as its index describes them.
    func run() throws(GitError) {
        try slot.prepare(at: commit)
        try slot.breakLocks()
        // Opened anew each time: a checkout that failed leaves its half-updated index in an open repository.
        let repository = try open()
        let complete = slot.completeCommit
        try slot.markIncomplete()
        let index = try Handle(git_index_free, orThrow: explain) { git_repository_index($0, repository.handle.pointer) }
        var sweep = SlotSweep(index: index.pointer)
        try sweep.run(slot.path)
        if let complete {
            let changed = try repository.changedPaths(from: complete, to: commit, operation)
            let paths = changed + sweep.missing()
            // An empty list would stand for all paths.
            if !paths.isEmpty { try checkout(in: repository, paths) }
        } else {
            try checkout(in: repository, nil)
        }
        try slot.markComplete(commit)
    }

    /// Writes the files at the paths, which end in a zero byte, or all files. The rest must be as it should.
    private func checkout(in repository: borrowing Repository, _ paths: [[CChar]]?) throws(GitError) {
        var oid = commit.oid
        let target = try Handle(git_object_free, orThrow: explain) {
            git_object_lookup($0, repository.handle.pointer, &oid, GIT_OBJECT_COMMIT)
        }
        var options = git_checkout_options()
        try checked(operation) { git_checkout_options_init(&options, UInt32(GIT_CHECKOUT_OPTIONS_VERSION)) }
        options.checkout_strategy =
            GIT_CHECKOUT_FORCE.rawValue | GIT_CHECKOUT_REMOVE_UNTRACKED.rawValue
            | GIT_CHECKOUT_REMOVE_IGNORED.rawValue | GIT_CHECKOUT_DISABLE_PATHSPEC_MATCH.rawValue
        options.disable_filters = 1
        try checked(explain) {
            withStringArray(paths ?? []) {
                options.paths = $0
                return git_checkout_tree(repository.handle.pointer, target.pointer, &options)
            }
        }
    }

    private func open() throws(GitError) -> Repository {
        let handle = try Handle(git_repository_free, orThrow: explain) {
            git_repository_open_ext($0, slot.path, GIT_REPOSITORY_OPEN_NO_SEARCH.rawValue, nil)
        }
        // A checkout by force in a directory other than the slot would destroy the user's work.
        let directory = Repository.path(git_repository_workdir(handle.pointer))
        guard let directory, FileSystem.same(directory, slot.path) else {
            throw GitError(
                .worktree, operation: operation,
                message: "The worktree slot at \(slot.path) is not what git takes it for. Remove it, and try again.")
        }
        // What the user has set for line ends, modes, symbolic links and ignored files must not change what is
        // measured: settings that are empty stand for git's defaults.
        let settings = try Handle(git_config_free, operation) { git_config_new($0) }
        try checked(operation) { git_repository_set_config(handle.pointer, settings.pointer) }
        return try Repository(opening: handle)
    }

    private func explain(_ failure: LibraryFailure) -> GitError {
        guard !failure.concernsObjects else {
            return Repository.objectError(
                in: slot.commonDirectory, operation, "A part of the commit \(commit)", failure)
        }
        return GitError(
            .worktree, operation: operation,
            message: "Failed while \(operation): libgit2 says “\(failure.text)”. Check the permissions and the free space "
                + "there; the directory can be removed at any time.")
    }
}

/// Hands texts that end in a zero byte to libgit2.
private func withStringArray<Result>(_ texts: [[CChar]], _ body: (git_strarray) -> Result) -> Result {
    let lengths = texts.map(\.count)
    var bytes = Array(texts.joined())
    return bytes.withUnsafeMutableBufferPointer { bytes in
        var start = 0
        var pointers: [UnsafeMutablePointer<CChar>?] = lengths.map { length in
            defer { start += length }
            return bytes.baseAddress?.advanced(by: start)
        }
        return pointers.withUnsafeMutableBufferPointer {
            body(git_strarray(strings: $0.baseAddress, count: $0.count))
        }
    }
}
