/// A file that differs between two commits.
public struct ChangedFile: Sendable, Hashable {
    /// The file's path from the root in the old commit; `nil` if it was added. Bytes that are no text are U+FFFD.
    public let oldPath: String?
    /// The file's path in the new commit; `nil` if it was removed. Differs from `oldPath` if the file was renamed.
    public let newPath: String?

    /// Makes a changed file from its paths.
    public init(oldPath: String?, newPath: String?) {
        self.oldPath = oldPath
        self.newPath = newPath
    }
}
