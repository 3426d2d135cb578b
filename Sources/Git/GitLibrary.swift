private import CGit2

/// The libgit2 that this program runs with.
public enum GitLibrary {
    /// The version of libgit2 at run time, such as `1.5.1`.
    public static var version: String {
        start()
        var major: Int32 = 0
        var minor: Int32 = 0
        var revision: Int32 = 0
        git_libgit2_version(&major, &minor, &revision)
        return "\(major).\(minor).\(revision)"
    }

    /// The repository extensions that are harmless for what this target does, besides those libgit2 knows itself.
    ///
    /// Missing objects of a partial clone are reported where they are met. Settings that live in `config.worktree`
    /// concern the user's own work tree, and the slots of ours don't read any settings.
    static let toleratedExtensions = ["partialclone", "worktreeconfig", "preciousobjects", "relativeworktrees"]

    /// Makes libgit2 ready. Everything that opens a repository calls this first; only the first call does anything.
    static func start() {
        _ = started
    }

    private static let started: Bool = {
        guard git_libgit2_init() > 0 else { return false }
        // Objects are read, never received: the hash of each was checked when it arrived, and checking again would
        // double the time of a walk over a long history.
        _ = cgit2_set_strict_hash_verification(0)
        _ = cgit2_set_owner_validation(trustsEveryOwner ? 0 : 1)
        // A walk reads each commit once. Caching them costs 1 KB a commit and gains nothing.
        _ = cgit2_set_cache_object_limit(GIT_OBJECT_COMMIT, 0)
        setExtensions(toleratedExtensions)
        return true
    }()

    /// Whether the user has set `safe.directory = *`, which libgit2 1.5 does not understand. As git has it, an
    /// empty value takes back what was set before it, and a repository's own settings don't count.
    private static var trustsEveryOwner: Bool {
        guard let settings = try? Handle(git_config_free, "reading the settings", make: { git_config_open_default($0) })
        else { return false }
        var iterator: OpaquePointer?
        guard git_config_multivar_iterator_new(&iterator, settings.pointer, "safe.directory", nil) == 0 else {
            return false
        }
        defer { git_config_iterator_free(iterator) }
        var isTrusted = false
        var entry: UnsafeMutablePointer<git_config_entry>?
        while git_config_next(&entry, iterator) == 0, let value = entry?.pointee.value {
            let text = String(cString: value)
            isTrusted = text == "*" || isTrusted && !text.isEmpty
        }
        return isTrusted
    }

    private static func setExtensions(_ names: [String]) {
        let copies = names.map { name in
            let copy = UnsafeMutableBufferPointer<CChar>.allocate(capacity: name.utf8.count + 1)
            _ = copy.initialize(from: name.utf8CString)
            return copy
        }
        defer { for copy in copies { copy.deallocate() } }
        var pointers: [UnsafePointer<CChar>?] = copies.map { UnsafePointer($0.baseAddress) }
        _ = cgit2_set_extensions(&pointers, pointers.count)
    }
}
