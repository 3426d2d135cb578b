import CGit2

/// A file of the work tree that differs from a commit, or may do so.
struct WorkTreeFile {
    /// What is at its path.
    enum State {
        case absent
        /// What the work tree has there.
        case present(FileMode)
        /// What the index has, since a sparse checkout leaves the file out.
        case indexed(FileMode, ObjectID)
        /// A submodule at a commit.
        case submodule(ObjectID)
    }

    /// From the work tree's root.
    let path: String
    let state: State
}

/// All files of a work tree that differ from a commit, staged or not, and those that git neither tracks nor ignores.
struct WorkTreeFiles {
    /// In the order of their paths.
    private(set) var files: [WorkTreeFile] = []
    /// What cannot be taken into account, as clauses about it.
    private(set) var leftOut: [String] = []

    /// By the bytes of their paths: two spellings of the same text are two files.
    private var found: [[UInt8]: WorkTreeFile] = [:]

    /// Compares without writing anything, not even fresh dates to the index.
    ///
    /// - Parameters:
    ///   - tree: The tree of the commit.
    ///   - ignored: What libgit2 ignores is asked of it once more.
    init(
        _ repository: OpaquePointer, against tree: ObjectID, _ ignored: IgnoreFiles, _ operation: String
    ) throws(GitError) {
        var ignored = ignored
        let index = try Handle(git_index_free, operation) { git_repository_index($0, repository) }
        var oid = tree.oid
        let tree = try Handle(git_tree_free, operation) { git_tree_lookup($0, repository, &oid) }
        var options = git_diff_options()
        try checked(operation) { git_diff_options_init(&options, UInt32(GIT_DIFF_OPTIONS_VERSION)) }
        let (treePointer, indexPointer) = (tree.pointer, index.pointer)
        let staged = try Handle(git_diff_free, operation) {
            git_diff_tree_to_index($0, repository, treePointer, indexPointer, &options)
        }
        for delta in WorkTreeFiles.deltas(staged) { add(delta, isStaged: true, indexPointer) }
        options.flags =
            GIT_DIFF_INCLUDE_UNTRACKED.rawValue | GIT_DIFF_RECURSE_UNTRACKED_DIRS.rawValue
            | GIT_DIFF_INCLUDE_IGNORED.rawValue
        let unstaged = try Handle(git_diff_free, operation) {
            git_diff_index_to_workdir($0, repository, indexPointer, &options)
        }
        // Where a file takes the place of a directory or a link, one is gone and the other is there, at the same path.
        let deltas = WorkTreeFiles.deltas(unstaged)
        for delta in deltas where delta.status == GIT_DELTA_DELETED { add(delta, isStaged: false, indexPointer) }
        for delta in deltas where delta.status != GIT_DELTA_DELETED {
            if delta.status == GIT_DELTA_IGNORED {
                guard let path = delta.new_file.path.flatMap({ String(validatingCString: $0) }), ignored.includes(path)
                else { continue }
            }
            add(delta, isStaged: false, indexPointer)
        }
        files = found.values.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    private static func deltas(_ diff: borrowing Handle) -> [git_diff_delta] {
        (0..<git_diff_num_deltas(diff.pointer)).compactMap { git_diff_get_delta(diff.pointer, $0)?.pointee }
    }

    private mutating func add(_ delta: git_diff_delta, isStaged: Bool, _ index: OpaquePointer) {
        guard let name = delta.new_file.path ?? delta.old_file.path else { return }
        guard let path = String(validatingCString: name) else {
            leftOut.append("the name of \(String(cString: name)) is not valid UTF-8")
            return
        }
        let mode = FileMode(rawValue: UInt32(delta.new_file.mode))
        if let entry = git_index_get_bypath(index, path, 0)?.pointee, entry.isOutsideSparseCheckout {
            set(path, .indexed(FileMode(rawValue: entry.mode), ObjectID(entry.id)))
        } else if delta.status == GIT_DELTA_DELETED {
            // A submodule without files is one that was never fetched.
            let isSubmodule = FileMode(rawValue: UInt32(delta.old_file.mode)).isSubmodule
            if isStaged || !isSubmodule { set(path, .absent) }
        } else if mode.isTree || mode.isSubmodule && delta.status == GIT_DELTA_UNTRACKED {
            leftOut.append("\(path) is a repository of its own, not a submodule")
        } else if mode.isSubmodule {
            let commit = ObjectID(delta.new_file.id)
            if !commit.isZero { set(path, .submodule(commit)) }
            if !isStaged, commit.isZero || commit == ObjectID(delta.old_file.id) {
                leftOut.append("the submodule \(path) is measured as its commit has it: commit what changed inside it")
            }
        } else if mode.isBlob {
            set(path, .present(mode.canonical))
        } else if delta.status == GIT_DELTA_CONFLICTED {
            set(path, .present(.file))
        }
    }

    private mutating func set(_ path: String, _ state: WorkTreeFile.State) {
        found[Array(path.utf8)] = WorkTreeFile(path: path, state: state)
    }

    /// Adds a clause about something that is not taken into account.
    mutating func leaveOut(_ clause: String) { leftOut.append(clause) }
}

extension git_index_entry {
    fileprivate var isOutsideSparseCheckout: Bool {
        UInt32(flags_extended) & GIT_INDEX_ENTRY_SKIP_WORKTREE.rawValue != 0
    }
}
