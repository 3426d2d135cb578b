/// Something that the compiler says of one commit's source and not of the other's.
public struct EscapeChange: Hashable, Sendable {
    /// Which commit it is said of.
    public enum Change: String, Sendable {
        /// The new one.
        case added
        /// The old one.
        case removed
    }

    /// The file that the line is in, relative to the tree's root.
    public let file: String
    /// The line in the new commit, from 1; the old commit's line where the new one has none for it.
    public let line: Int
    /// Which commit it is said of.
    public let change: Change
    /// The compiler's words.
    public let text: String

    /// A change.
    public init(file: String, line: Int, change: Change, text: String) {
        self.file = file
        self.line = line
        self.change = change
        self.text = text
    }
}

extension EscapeChange: Comparable {
    public static func < (left: EscapeChange, right: EscapeChange) -> Bool {
        (left.file, left.line, left.text, left.change.rawValue)
            < (right.file, right.line, right.text, right.change.rawValue)
    }
}
