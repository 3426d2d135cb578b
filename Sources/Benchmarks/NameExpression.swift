import Synchronization

/// A regular expression for names, compiled once: thousands of benchmarks are held against each.
public final class NameExpression: Hashable, Sendable {
    /// The expression as the user wrote it.
    public let pattern: String
    /// It is not sendable by itself, since it may call what its maker gave it.
    private let regex: Mutex<Regex<AnyRegexOutput>>

    /// The compiler descends once for each level, and a pattern may come from whoever wrote a commit.
    private static let (mostLevels, mostBytes) = (50, 2000)

    /// Compiles an expression.
    ///
    /// - Throws: Why it cannot be used.
    public init(_ pattern: String) throws {
        guard pattern.utf8.count <= NameExpression.mostBytes, pattern.levels <= NameExpression.mostLevels else {
            throw TooMuch()
        }
        regex = Mutex(try Regex(pattern))
        self.pattern = pattern
    }

    /// Whether it fits anywhere in a text.
    public func matches(_ text: String) -> Bool {
        // It throws only where it calls something.
        regex.withLock { (try? $0.firstMatch(in: text)) != nil }
    }

    /// An expression that nobody writes by hand.
    private struct TooMuch: Error, CustomStringConvertible {
        var description: String { "it is longer than \(mostBytes) bytes, or nested deeper than \(mostLevels) levels" }
    }

    public static func == (left: NameExpression, right: NameExpression) -> Bool { left.pattern == right.pattern }
    public func hash(into hasher: inout Hasher) { hasher.combine(pattern) }
}

extension String {
    /// How deep parentheses and brackets are nested at most, escaped ones included.
    fileprivate var levels: Int {
        var (level, deepest) = (0, 0)
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "("), UInt8(ascii: "["): level += 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"): level = max(0, level - 1)
            default: break
            }
            deepest = max(deepest, level)
        }
        return deepest
    }
}
