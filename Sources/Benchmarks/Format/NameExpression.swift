/// A regular expression for names, compiled once: thousands of benchmarks are compared with each.
///
/// It is read as Go reads those of `-bench`, and matched as Go matches them: in time that is proportional to the name, for
/// whatever expression. One may come from whoever wrote a commit, and what tries one way after another never ends for
/// `(a*)*b`.
public final class NameExpression: Hashable, Sendable {
    /// The expression as the user wrote it.
    public let pattern: String
    private let program: ExpressionProgram

    /// Compiles a regular expression of Go's syntax (RE2).
    ///
    /// - Throws: `ExpressionError`, which says why it cannot be used.
    public init(_ pattern: String) throws(ExpressionError) {
        program = try ExpressionProgram(ExpressionParser.read(pattern))
        self.pattern = pattern
    }

    /// Whether it fits anywhere in a text.
    public func matches(_ text: String) -> Bool { program.matches(text) }

    public static func == (left: NameExpression, right: NameExpression) -> Bool { left.pattern == right.pattern }
    public func hash(into hasher: inout Hasher) { hasher.combine(pattern) }
}

/// Why a text is not a regular expression, as a clause.
public struct ExpressionError: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String
    init(_ description: String) { self.description = description }
}
