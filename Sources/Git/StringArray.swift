import CGit2

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
