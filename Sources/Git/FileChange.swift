/// How a file differs between two commits, line by line.
///
/// A file that became a link, or the other way round, is two changes: one without a new path and one without an old
/// path.
public struct FileChange: Sendable, Hashable {
    /// The file's path from the root in the old commit; `nil` if it was added. Bytes that are no text are U+FFFD.
    public let oldPath: String?
    /// The file's path in the new commit; `nil` if it was removed. Differs from `oldPath` if the file was renamed.
    public let newPath: String?
    /// Whether the contents differ and one of them is no text, so that there are no hunks.
    public let isBinary: Bool
    /// The stretches of lines that differ, from the file's start to its end. None if only the name or the mode differ.
    public let hunks: [Hunk]

    /// Makes a change from its parts.
    public init(oldPath: String?, newPath: String?, isBinary: Bool, hunks: [Hunk]) {
        self.oldPath = oldPath
        self.newPath = newPath
        self.isBinary = isBinary
        self.hunks = hunks
    }
}

extension FileChange {
    /// Neighbouring lines of which some differ, with unchanged ones around them.
    public struct Hunk: Sendable, Hashable {
        /// The number of the first line in the old file, counted from 1. If `oldCount` is 0, the line that precedes.
        public let oldStart: Int
        /// How many lines of the old file the hunk spans.
        public let oldCount: Int
        /// The number of the first line in the new file, counted from 1. If `newCount` is 0, the line that precedes.
        public let newStart: Int
        /// How many lines of the new file the hunk spans.
        public let newCount: Int
        /// The lines of both files, in the order of a unified diff.
        public let lines: [Line]

        /// Makes a hunk from its parts.
        public init(oldStart: Int, oldCount: Int, newStart: Int, newCount: Int, lines: [Line]) {
            self.oldStart = oldStart
            self.oldCount = oldCount
            self.newStart = newStart
            self.newCount = newCount
            self.lines = lines
        }
    }

    /// A line of a hunk.
    public struct Line: Sendable, Hashable {
        /// Which of the two files a line is in.
        public enum Kind: Sendable, Hashable {
            /// In both.
            case context
            /// In the new file only.
            case added
            /// In the old file only.
            case removed
        }

        /// Which of the two files the line is in.
        public let kind: Kind
        /// The line's number in the old file, counted from 1; `nil` if it was added.
        public let oldNumber: Int?
        /// The line's number in the new file, counted from 1; `nil` if it was removed.
        public let newNumber: Int?
        /// The whole line without the line feed at its end. A carriage return before that stays, since it is all that
        /// some changes are about. Bytes that are no text are U+FFFD.
        public let text: String

        /// Makes a line from its parts.
        public init(kind: Kind, oldNumber: Int?, newNumber: Int?, text: String) {
            self.kind = kind
            self.oldNumber = oldNumber
            self.newNumber = newNumber
            self.text = text
        }
    }
}
