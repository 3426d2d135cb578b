/// What the compiler says of one place in a source file when it is asked for its decisions about the heap (`-m`).
public struct EscapeNote: Hashable, Sendable {
    /// What was decided.
    public enum Kind: String, Sendable, CaseIterable {
        /// A value is allocated on the heap: `x escapes to heap`.
        case escapes
        /// A variable lives on the heap: `moved to heap: x`.
        case moved
        /// Calls of a function can be replaced by its body: `can inline F`.
        case inlinable
    }

    /// The file, relative to the tree's root. A `//line` directive may name one that does not exist.
    public let file: String
    /// The line, from 1.
    public let line: Int
    /// The byte in the line, from 1; 0 where a `//line` directive hides it.
    public let column: Int
    /// What was decided.
    public let kind: Kind
    /// The compiler's words without the position, e.g. `make([]int, n) escapes to heap`.
    public let text: String

    /// A note.
    public init(file: String, line: Int, column: Int, kind: Kind, text: String) {
        self.file = file
        self.line = line
        self.column = column
        self.kind = kind
        self.text = text
    }

    /// The name of the function that can be inlined, without type arguments, e.g. `(*stack).push` or `F.func1`; nil for
    /// notes of another kind.
    public var function: String? {
        guard kind == .inlinable else { return nil }
        var depth = 0
        var name = String.UnicodeScalarView()
        for scalar in text.dropFirst(Kind.inlinableMark.count).unicodeScalars {
            if scalar == "[" { depth += 1 }
            if depth == 0 { name.append(scalar) }
            if scalar == "]" { depth -= 1 }
        }
        return String(name)
    }
}

extension EscapeNote: Comparable {
    public static func < (left: EscapeNote, right: EscapeNote) -> Bool {
        (left.file, left.line, left.column, left.text) < (right.file, right.line, right.column, right.text)
    }
}

extension EscapeNote.Kind {
    static let inlinableMark = "can inline "

    /// The kind that the compiler's wording stands for; nil for what is no news about the heap.
    init?(_ text: some StringProtocol) {
        if text.hasPrefix("moved to heap: ") {
            self = .moved
        } else if text.hasPrefix(Self.inlinableMark) {
            self = .inlinable
        } else if text.hasSuffix(" escapes to heap") {
            self = .escapes
        } else {
            return nil
        }
    }
}
