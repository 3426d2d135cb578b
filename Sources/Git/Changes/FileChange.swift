import CGit2

/// How a file differs between two commits, line by line.
///
/// A file that became a link, or the other way round, is two changes: one without a new path and one without an old
/// path.
public struct FileChange: Sendable, Hashable {
    /// The file's path from the root in the old commit; `nil` if it was added. Bytes that are not text are U+FFFD.
    public let oldPath: String?
    /// The file's path in the new commit; `nil` if it was removed. Differs from `oldPath` if the file was renamed.
    public let newPath: String?
    /// Whether the contents differ and one of them is not text, so that there are no hunks.
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
            /// In both files, unchanged.
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
        /// some changes are about. Bytes that are not text are U+FFFD.
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

/// A file that differs between two trees, as it is in each of them.
struct FileDelta {
    /// A file in one of the trees.
    struct Side {
        /// The path from the root; bytes that are not text are U+FFFD.
        let path: String
        /// Whether all bytes of the path are text.
        let isPathText: Bool
        let id: ObjectID
        let mode: FileMode

        init(_ file: git_diff_file) {
            path = file.path.map { String(cString: $0) } ?? ""
            isPathText = file.path.flatMap { String(validatingCString: $0) } != nil
            id = ObjectID(file.id)
            mode = FileMode(rawValue: UInt32(file.mode))
        }
    }

    /// The file in the old tree; `nil` if it isn't there.
    let old: Side?
    /// The file in the new tree; `nil` if it isn't there.
    let new: Side?

    init(_ delta: git_diff_delta) {
        old = delta.status == GIT_DELTA_ADDED ? nil : Side(delta.old_file)
        new = delta.status == GIT_DELTA_DELETED ? nil : Side(delta.new_file)
    }
}

/// Where the lines of one file are in another version of it.
struct FileLineMap {
    /// The path of the other version; `nil` if no line of the file is there.
    let target: String?
    /// What was edited, from the file's start to its end.
    private let edits: [LineEdit]

    init(target: String?, edits: [LineEdit]) {
        self.target = target
        self.edits = edits
    }

    /// Where a line is; `nil` if it was edited.
    func position(of line: Int) -> Int? {
        // The number of edits that begin at the line or before it.
        var low = 0
        var high = edits.count
        while low < high {
            let middle = (low + high) / 2
            if edits[middle].source.lowerBound <= line { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return line }
        let edit = edits[low - 1]
        return line < edit.source.upperBound ? nil : line - edit.source.upperBound + edit.target.upperBound
    }
}
