/// A file of a commit.
public struct RepositoryFile: Sendable, Hashable {
    /// Where it lies, from the root of the repository.
    public let path: String
    /// Its content as it is stored, without any conversion of line ends.
    public let content: [UInt8]

    /// Makes a file from its parts.
    public init(path: String, content: [UInt8]) {
        self.path = path
        self.content = content
    }
}
