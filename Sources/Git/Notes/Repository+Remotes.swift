import CGit2

extension Repository {
    /// Finds a remote by its name, or takes a path or URL for one.
    ///
    /// - Parameter directory: Where a relative path begins.
    /// - Throws: `GitError` with the code `unknownRemote` when it is neither.
    public func remote(_ name: String, from directory: String) throws(GitError) -> Remote {
        let operation = "finding the remote “\(name)”"
        guard !name.isEmpty, !name.hasPrefix("-"), !name.utf8.contains(0) else {
            throw unknownRemote(name, operation)
        }
        if let found = try? Handle(git_remote_free, operation, make: { git_remote_lookup($0, handle.pointer, name) }),
            let url = git_remote_url(found.pointer)
        {
            let fetch = String(cString: url)
            let push = git_remote_pushurl(found.pointer).map { String(cString: $0) } ?? fetch
            return Remote(name: name, fetchURL: absolute(fetch), pushURL: absolute(push))
        }
        if name.contains("://") || name.contains(":") && !name.hasPrefix("/") && !name.hasPrefix(".") {
            return Remote(name: name, fetchURL: name, pushURL: name)
        }
        let path = name.hasPrefix("/") ? name : "\(directory)/\(name)"
        guard let other = try? Repository(discovering: path) else { throw unknownRemote(name, operation) }
        return Remote(name: name, fetchURL: other.commonDirectory, pushURL: other.commonDirectory)
    }

    /// The URL of a remote as the settings have it, which a rule may have fetched from elsewhere; nil when there is none.
    public func url(ofRemote name: String) throws(GitError) -> String? { try setting("remote.\(name).url") }

    /// Fetches what one ref of a remote names. No ref here is touched, and `FETCH_HEAD` is not either, which libgit2's
    /// own way to fetch empties: the commit lies there by itself, as git keeps such for two weeks.
    ///
    /// - Returns: The commit that the ref names there; nil when the remote does not have it.
    /// - Throws: `GitError` with the code `transfer`.
    public func fetch(_ reference: String, from remote: Remote) throws(GitError) -> ObjectID? {
        let operation = "fetching \(reference) from \(remote.fetchURL)"
        let connection = try Handle(
            git_remote_free, orThrow: { transferError(remote, operation, $0) },
            make: { git_remote_create_anonymous($0, handle.pointer, remote.fetchURL) })
        let transfer = Transfer()
        defer { withExtendedLifetime(transfer) {} }
        var options = git_fetch_options()
        try checked(operation) { git_fetch_options_init(&options, UInt32(GIT_FETCH_OPTIONS_VERSION)) }
        transfer.attach(to: &options.callbacks)
        options.download_tags = GIT_REMOTE_DOWNLOAD_TAGS_NONE
        try checked(
            { transferError(remote, operation, $0) },
            { git_remote_connect(connection.pointer, GIT_DIRECTION_FETCH, &options.callbacks, nil, nil) })
        var heads: UnsafeMutablePointer<UnsafePointer<git_remote_head>?>?
        var count = 0
        try checked(
            { transferError(remote, operation, $0) }, { git_remote_ls(&heads, &count, connection.pointer) })
        let named = (0..<count).compactMap { heads?[$0]?.pointee }.first { String(cString: $0.name) == reference }
        guard let commit = named.map({ ObjectID($0.oid) }) else { return nil }
        // What is here already need not come again.
        if (try? self.commit(commit)) != nil, (try? notes(at: commit)) != nil { return commit }
        try withStringArray([reference]) { (specs) throws(GitError) in
            try checked(
                { transferError(remote, operation, $0) },
                { git_remote_download(connection.pointer, specs, &options) })
        }
        return commit
    }

    private func unknownRemote(_ name: String, _ operation: String) -> GitError {
        GitError(
            .unknownRemote, operation: operation,
            message:
                "There is no remote “\(name)” in \(commonDirectory), nor a repository at that path. See git remote "
                + "-v for the names, or write a path or URL.")
    }

    /// Says that a remote cannot be reached, and how git itself would do it.
    func transferError(_ remote: Remote, _ operation: String, _ failure: LibraryFailure) -> GitError {
        let reason =
            failure.isAuthentication
            ? "it asks for credentials, and allocbisect can only get them from an ssh agent"
            : "libgit2 says “\(failure.text)”"
        let notes = "refs/notes/allocbisect"
        return GitError(
            .transfer, operation: operation,
            message: "Failed while \(operation): \(reason). git itself may succeed. To get the notes: git fetch "
                + "\(remote.name) +\(notes):refs/notes/theirs && git notes --ref allocbisect merge -s union theirs && "
                + "allocbisect share pull . To push yours: allocbisect share push . && git push \(remote.name) "
                + "\(notes)")
    }

    private func absolute(_ url: String) -> String {
        let isRemote = url.contains("://") || url.contains(":") && !url.hasPrefix(".")
        guard !isRemote, !url.hasPrefix("/") else { return url }
        return "\(workDirectory ?? commonDirectory)/\(url)"
    }
}

/// Where other clones put what they share: a remote by name, or a path or URL.
public struct Remote: Sendable, Hashable {
    /// What the user named, such as `origin`.
    public let name: String
    /// Where it is fetched from and pushed to.
    public let fetchURL, pushURL: String

    /// The folder behind a URL; nil when it is on another machine.
    static func folder(_ url: String) -> String? {
        if url.hasPrefix("file://") {
            let path = url.dropFirst("file://".count)
            return path.hasPrefix("/") ? String(path) : path.firstIndex(of: "/").map { String(path[$0...]) }
        }
        return url.hasPrefix("/") ? url : nil
    }
}
