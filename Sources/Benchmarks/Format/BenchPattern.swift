/// A `-bench` pattern, split into the elements that Go matches against the parts of a name between slashes.
///
/// Source: the `testing` package's documentation of `-run` and `-bench`. Slashes inside brackets do not split.
public struct BenchPattern: Hashable, Sendable {
    /// The pattern as the user wrote it.
    public let text: String
    /// The regular expression for the function's name, the first element.
    public let function: String
    /// What follows the first slash; empty when sub-benchmarks are not narrowed.
    public let rest: String

    /// Splits a `-bench` pattern at its first slash outside of brackets.
    ///
    /// - Throws: `BenchPatternError` for alternatives of which one has a slash, which cannot be run one function at a
    ///   time.
    public init(_ text: String) throws(BenchPatternError) {
        var (brackets, parentheses) = (0, 0)
        var slash: String.Index?
        var hasAlternative = false
        let scalars = text.unicodeScalars
        var index = text.startIndex
        while index < text.endIndex {
            switch scalars[index] {
            case "[": brackets += 1
            case "]": brackets = max(0, brackets - 1)
            case "(" where brackets == 0: parentheses += 1
            case ")" where brackets == 0: parentheses -= 1
            case "\\": index = scalars.index(after: index)
            case "/" where brackets == 0 && parentheses == 0: slash = slash ?? index
            case "|" where brackets == 0 && parentheses == 0: hasAlternative = true
            default: break
            }
            if index < text.endIndex { index = scalars.index(after: index) }
        }
        if slash != nil && hasAlternative { throw BenchPatternError(pattern: text) }
        self.text = text
        function = slash.map { String(scalars[..<$0]) } ?? text
        rest = slash.map { String(scalars[scalars.index(after: $0)...]) } ?? ""
    }

    /// The pattern that runs one function, and of its sub-benchmarks those that this pattern selects.
    public func pattern(running function: String) -> String {
        rest.isEmpty ? "^\(function)$" : "^\(function)$/\(rest)"
    }

    /// The narrowest pattern that runs a benchmark of this exact name; longer names may run as well.
    public static func pattern(exactly name: String) -> String {
        let function = Benchmark.function(of: name)
        let rest = name.unicodeScalars.drop { $0 != "/" }
        return (function + String(rest)).unicodeScalars.split(separator: "/", omittingEmptySubsequences: false)
            .map { "^\(quoted($0))$" }.joined(separator: "/")
    }

    /// The name that `pattern(exactly:)` made a pattern of.
    public static func name(runBy pattern: String) -> String {
        pattern.unicodeScalars.split(separator: "/", omittingEmptySubsequences: false)
            .map { unquoted($0.dropFirst().dropLast()) }.joined(separator: "/")
    }

    private static func unquoted(_ text: Substring.UnicodeScalarView) -> String {
        var (name, isQuoted) = (String.UnicodeScalarView(), false)
        for scalar in text {
            isQuoted = scalar == "\\" && !isQuoted
            if !isQuoted { name.append(scalar) }
        }
        return String(name)
    }

    private static func quoted(_ text: Substring.UnicodeScalarView) -> String {
        text.reduce(into: "") { quoted, scalar in
            if "\\.+*?()|[]{}^$".unicodeScalars.contains(scalar) { quoted.unicodeScalars.append("\\") }
            quoted.unicodeScalars.append(scalar)
        }
    }
}

/// A `-bench` pattern that cannot be used.
public struct BenchPatternError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The pattern as the user wrote it.
    public let pattern: String
    public var description: String {
        "The pattern '\(pattern)' mixes '|' and '/' outside brackets. Put the alternatives in parentheses, as in "
            + "'^Benchmark(A|B)$/^small$', or name one benchmark with --only."
    }
}
