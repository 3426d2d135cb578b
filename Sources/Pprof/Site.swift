/// A place in the repository that allocates: the innermost call of a stack that is in it.
public struct Site: Hashable, Sendable {
    /// The function, as Go names it.
    public let function: String
    /// The file's path relative to the repository.
    public let file: String
    /// The line, counted from 1.
    public let line: Int
    /// The function outside of the repository that the line called and pays for, e.g. `fmt.Sprintf`; nil when the
    /// line allocates by itself.
    public let callee: String?

    /// A site from its parts.
    public init(function: String, file: String, line: Int, callee: String? = nil) {
        self.function = function
        self.file = file
        self.line = line
        self.callee = callee
    }
}
