private import CGit2

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
