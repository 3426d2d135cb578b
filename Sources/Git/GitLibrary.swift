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
        _ = cgit2_set_owner_validation(1)
        // A walk reads each commit once. Caching them costs 1 KB a commit and gains nothing.
        _ = cgit2_set_cache_object_limit(GIT_OBJECT_COMMIT, 0)
        setExtensions(toleratedExtensions)
        return true
    }()

    private static func setExtensions(_ names: [String]) {
        let copies = names.map { name in
            let copy = UnsafeMutableBufferPointer<CChar>.allocate(capacity: name.utf8.count + 1)
            _ = copy.initialize(from: name.utf8CString)
            return copy
        }
        defer { copies.forEach { $0.deallocate() } }
        var pointers: [UnsafePointer<CChar>?] = copies.map { UnsafePointer($0.baseAddress) }
        _ = cgit2_set_extensions(&pointers, pointers.count)
    }
}
