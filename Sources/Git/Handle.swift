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
