import CGit2

extension Repository {
    /// What a setting says, with git's order of precedence; nil when it is not set.
    ///
    /// - Throws: `GitError` with the code `library` if the settings cannot be read.
    public func setting(_ name: String) throws(GitError) -> String? {
        try text(of: name) { git_config_get_string_buf(&$0, $1, name) }
    }

    /// The folder in which git looks for hooks, absolute: `core.hooksPath`, which counts from the work tree's root, or
    /// `hooks` in the common directory. It need not exist.
    ///
    /// - Throws: `GitError` with the code `library` if the settings cannot be read.
    public func hooksDirectory() throws(GitError) -> String {
        guard let path = try path(setting: "core.hooksPath") else { return commonDirectory + "/hooks" }
        return path.hasPrefix("/") ? path : (workDirectory ?? commonDirectory) + "/" + path
    }

    /// The path that a setting names, with `~` replaced; nil when it is not set.
    func path(setting name: String) throws(GitError) -> String? {
        try text(of: name) { git_config_get_path(&$0, $1, name) }
    }

    private func text(
        of name: String, _ read: (inout git_buf, OpaquePointer) -> Int32
    ) throws(GitError) -> String? {
        let operation = "reading the setting \(name)"
        let settings = try settings(operation)
        var buffer = git_buf()
        defer { git_buf_dispose(&buffer) }
        var isSet = true
        try checked(operation) {
            let status = read(&buffer, settings.pointer)
            isSet = status != GIT_ENOTFOUND.rawValue
            return isSet ? status : 0
        }
        return isSet ? buffer.ptr.map { String(cString: $0) } : nil
    }

    /// The settings, with those that belong to one work tree, which libgit2 1.5 leaves out.
    func settings(_ operation: String) throws(GitError) -> Handle {
        let settings = try Handle(git_config_free, operation) { git_repository_config($0, handle.pointer) }
        var hasOwn: Int32 = 0
        if git_config_get_bool(&hasOwn, settings.pointer, "extensions.worktreeConfig") == 0, hasOwn != 0,
            let directory = Repository.path(git_repository_path(handle.pointer))
        {
            // Once they are there, adding them again is refused, and changes nothing.
            git_config_add_file_ondisk(
                settings.pointer, directory + "/config.worktree", GIT_CONFIG_LEVEL_APP, handle.pointer, 0)
        }
        git_error_clear()
        return settings
    }
}

extension Repository {
    /// Who the user is, by the settings `user.name` and `user.email`, now; nil when they are not set.
    public var identity: Signature? {
        guard
            let found = try? Handle(
                { UnsafeMutablePointer<git_signature>($0).map(git_signature_free) }, "reading user.name",
                make: { made in
                    made.withMemoryRebound(to: UnsafeMutablePointer<git_signature>?.self, capacity: 1) {
                        git_signature_default($0, handle.pointer)
                    }
                })
        else { return nil }
        let signature = UnsafeMutablePointer<git_signature>(found.pointer).pointee
        return Signature(
            name: String(cString: signature.name), email: String(cString: signature.email), time: signature.when.time,
            offsetMinutes: Int(signature.when.offset))
    }

    /// Whether a commit has another one among its ancestors, or is that one.
    public func descends(_ commit: ObjectID, from ancestor: ObjectID) throws(GitError) -> Bool {
        if commit == ancestor { return true }
        var (commit, ancestor) = (commit.oid, ancestor.oid)
        let graph = try DetachedRepository(in: commonDirectory, substitutes)
        return try checked("comparing two commits") {
            git_graph_descendant_of(graph.pointer, &commit, &ancestor)
        } == 1
    }
}
