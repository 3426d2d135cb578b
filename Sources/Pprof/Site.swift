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

extension Site: Comparable {
    /// By file and line, then by callee and function, so that any list of sites has one order.
    public static func < (left: Site, right: Site) -> Bool {
        if left.file != right.file { return left.file < right.file }
        if left.line != right.line { return left.line < right.line }
        if left.callee != right.callee { return (left.callee ?? "") < (right.callee ?? "") || left.callee == nil }
        return left.function < right.function
    }
}
