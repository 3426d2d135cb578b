import CGit2

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

/// The one owner of an object that libgit2 allocated.
struct Handle: ~Copyable {
    typealias Release = @convention(c) (OpaquePointer?) -> Void

    let pointer: OpaquePointer
    private let release: Release

    /// Takes over what `make` hands out.
    init(
        _ release: Release, orThrow explain: (LibraryFailure) -> GitError,
        make: (UnsafeMutablePointer<OpaquePointer?>) -> Int32
    ) throws(GitError) {
        var pointer: OpaquePointer?
        try checked(explain) { make(&pointer) }
        guard let pointer else {
            throw explain(LibraryFailure(status: -1, category: 0, text: "nothing was returned"))
        }
        self.pointer = pointer
        self.release = release
    }

    /// Takes over what `make` hands out, where a failure needs no better words than libgit2's own.
    init(
        _ release: Release, _ operation: String, make: (UnsafeMutablePointer<OpaquePointer?>) -> Int32
    ) throws(GitError) {
        try self.init(release, orThrow: { $0.unexpected(operation) }, make: make)
    }

    deinit {
        release(pointer)
    }
}

/// What libgit2 said about a call that failed.
struct LibraryFailure {
    let status: Int32
    let category: Int32
    let text: String

    var isNotFound: Bool { status == GIT_ENOTFOUND.rawValue }
    var isAmbiguous: Bool { status == GIT_EAMBIGUOUS.rawValue }
    var isInvalid: Bool { status == GIT_EINVALIDSPEC.rawValue }

    var isAuthentication: Bool { status == GIT_EAUTH.rawValue }

    /// Whether somebody else moved a ref first, or is just moving it.
    var isOvertaken: Bool {
        [GIT_EMODIFIED, GIT_ELOCKED, GIT_ENONFASTFORWARD, GIT_EEXISTS].contains { $0.rawValue == status }
    }

    /// Whether this is about an object that is missing or damaged, and not about files or arguments.
    var concernsObjects: Bool {
        [GIT_ERROR_ODB, GIT_ERROR_ZLIB, GIT_ERROR_OBJECT, GIT_ERROR_TREE].contains { Int32($0.rawValue) == category }
    }

    /// Whether the operating system refused something.
    var concernsFiles: Bool { category == Int32(GIT_ERROR_OS.rawValue) }

    /// Whether an object is there, but not of the type that was asked for, nor leads to one.
    var isWrongType: Bool { [GIT_EPEEL, GIT_EINVALIDSPEC, GIT_EAMBIGUOUS].contains { $0.rawValue == status } }

    /// libgit2 1.5 reports the missing setting instead of the wrong owner when the user has not set any
    /// `safe.directory`.
    var isNotOwned: Bool { status == GIT_EOWNER.rawValue || isNotFound && text.contains("safe.directory") }

    /// The error for a failure that nothing more helpful is known about.
    func unexpected(_ operation: String) -> GitError {
        GitError(.library, operation: operation, message: "Failed while \(operation): libgit2 says “\(text)”.")
    }
}

/// Calls libgit2, and turns a negative status into the error that `explain` makes of it.
///
/// libgit2 keeps the text of its last error by thread, and the next call may overwrite it. That is why the call and
/// the reading of the text happen in this one synchronous function.
@discardableResult
func checked(_ explain: (LibraryFailure) -> GitError, _ call: () -> Int32) throws(GitError) -> Int32 {
    let status = call()
    guard status < 0 else { return status }
    let last = git_error_last()
    let text = last?.pointee.message.map { String(cString: $0) } ?? "status \(status)"
    let failure = LibraryFailure(status: status, category: last?.pointee.klass ?? 0, text: text)
    git_error_clear()
    throw explain(failure)
}

/// Calls libgit2 where failures have no better explanation than libgit2's own.
@discardableResult
func checked(_ operation: String, _ call: () -> Int32) throws(GitError) -> Int32 {
    try checked({ $0.unexpected(operation) }, call)
}

/// Hands libgit2 a list of texts for as long as `body` runs.
func withStringArray(
    _ texts: [String], _ body: (UnsafePointer<git_strarray>) throws(GitError) -> Void
) throws(GitError) {
    let copies = texts.map { text in
        let copy = UnsafeMutableBufferPointer<CChar>.allocate(capacity: text.utf8.count + 1)
        _ = copy.initialize(from: text.utf8CString)
        return copy
    }
    defer { for copy in copies { copy.deallocate() } }
    let list = UnsafeMutableBufferPointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: copies.count)
    defer { list.deallocate() }
    _ = list.initialize(from: copies.map(\.baseAddress))
    var array = git_strarray(strings: list.baseAddress, count: list.count)
    try body(&array)
}
