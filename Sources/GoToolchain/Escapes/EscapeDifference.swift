/// Tells what is news between the compiler's notes on two commits, whose lines have other numbers.
///
/// Notes of one text cancel each other on lines that a commit left as they were, and then within a file, nearest lines
/// first, since an edited line may allocate as before.
public struct EscapeDifference {
    private let moved: (_ file: String, _ line: Int) -> (file: String, line: Int)?
    private let functionsBefore: (_ file: String) -> [String: Int]
    private let functionsAfter: (_ file: String) -> [String: Int]

    /// A difference between two commits.
    ///
    /// - Parameters:
    ///   - moved: Where a line of the old commit is in the new one; nil when it was removed or changed.
    ///   - functionsBefore: The functions that a file of the old commit declares, as `FunctionLines` reads them; asked
    ///     for each note on inlining that is news.
    ///   - functionsAfter: The same of the new commit.
    public init(
        moved: @escaping (_ file: String, _ line: Int) -> (file: String, line: Int)?,
        functionsBefore: @escaping (_ file: String) -> [String: Int],
        functionsAfter: @escaping (_ file: String) -> [String: Int]
    ) {
        self.moved = moved
        self.functionsBefore = functionsBefore
        self.functionsAfter = functionsAfter
    }

    /// The changes by file and line.
    ///
    /// Whether a function can be inlined is news only when both commits have the function. Of function literals, which
    /// have no names to know them by, only the loss on an unchanged line is reported.
    public func changes(from old: [EscapeNote], to new: [EscapeNote]) -> [EscapeChange] {
        var before = Dictionary(grouping: EscapeDifference.distinct(old).map(place), by: \.spot)
        var after: [Placed] = []
        for note in EscapeDifference.distinct(new) {
            let placed = Placed(note: note, file: note.file, line: note.line, isUnchanged: true)
            if before[placed.spot]?.popLast() == nil { after.append(placed) }
        }
        let left = before.values.joined().map { (placed: $0, isOld: true) } + after.map { (placed: $0, isOld: false) }
        let rest = Dictionary(grouping: left) { $0.placed.kin }.values.flatMap { EscapeDifference.unpaired($0) }
        return rest.compactMap { $0.isOld ? removal($0.placed) : addition($0.placed) }.sorted()
    }

    /// A note and where it stands in the new commit.
    private struct Placed {
        let note: EscapeNote
        /// The file and line in the new commit; for a line that is gone, about where it was.
        let file: String
        let line: Int
        /// Whether the line is still there.
        let isUnchanged: Bool

        /// What notes have in common on one line, and what they have in one file.
        var spot: [String] { kin + [isUnchanged ? "\(line)" : "gone"] }
        var kin: [String] { [file, note.kind.rawValue, EscapeDifference.name(note)] }
    }

    /// Finds a line of the old commit; one that is gone, after the nearest line above it that is not.
    private func place(_ note: EscapeNote) -> Placed {
        // Of a file that is gone no line is left, however far one looks.
        for distance in 0..<min(note.line, 300) {
            guard let now = moved(note.file, note.line - distance) else { continue }
            return Placed(note: note, file: now.file, line: now.line + distance, isUnchanged: distance == 0)
        }
        return Placed(note: note, file: note.file, line: note.line, isUnchanged: false)
    }

    private func removal(_ placed: Placed) -> EscapeChange? {
        let note = placed.note
        var (file, line) = placed.isUnchanged ? (placed.file, placed.line) : (note.file, note.line)
        if let function = note.function, !placed.isUnchanged {
            guard let declared = functionsAfter(placed.file)[function] else { return nil }
            (file, line) = (placed.file, declared)
        }
        return EscapeChange(file: file, line: line, change: .removed, text: note.text)
    }

    private func addition(_ placed: Placed) -> EscapeChange? {
        let note = placed.note
        if let function = note.function, functionsBefore(note.file)[function] == nil { return nil }
        return EscapeChange(file: note.file, line: note.line, change: .added, text: note.text)
    }

    /// Takes away pairs of an old and a new note, those with the least distance first, until one side is used up.
    private static func unpaired(_ notes: [(placed: Placed, isOld: Bool)]) -> [(placed: Placed, isOld: Bool)] {
        var rest = notes.sorted {
            ($0.placed.line, $0.isOld ? 0 : 1, $0.placed.note) < ($1.placed.line, $1.isOld ? 0 : 1, $1.placed.note)
        }
        // The nearest of the other side has nothing in between.
        while let least = zip(rest, rest.dropFirst()).compactMap(distance).min() {
            var kept: [(placed: Placed, isOld: Bool)] = []
            for note in rest {
                if let last = kept.last, distance(last, note) == least { kept.removeLast() } else { kept.append(note) }
            }
            rest = kept
        }
        return rest
    }

    /// How many lines an old and a new note are apart; nil for two of one commit.
    private static func distance(
        _ first: (placed: Placed, isOld: Bool), _ second: (placed: Placed, isOld: Bool)
    ) -> Int? {
        first.isOld == second.isOld ? nil : second.placed.line - first.placed.line
    }

    /// The notes in order, and of those on a generic function's instances one.
    private static func distinct(_ notes: [EscapeNote]) -> [EscapeNote] {
        var functions: Set<[String]> = []
        return notes.sorted().filter { note in
            guard let function = note.function else { return true }
            return functions.insert([note.file, "\(note.line):\(note.column)", function]).inserted
        }
    }

    /// What a note is known by: its text, or a function's name without the numbers that Go gives literals in turn.
    private static func name(_ note: EscapeNote) -> String {
        guard let function = note.function else { return note.text }
        let parts = function.split(separator: ".", omittingEmptySubsequences: false).map { part in
            let isLiteral =
                part.allSatisfy(\.isNumber) || (part.hasPrefix("func") && part.dropFirst(4).allSatisfy(\.isNumber))
            return isLiteral ? "func" : part
        }
        return parts.joined(separator: ".")
    }
}

/// Something that the compiler says of one commit's source and not of the other's.
public struct EscapeChange: Hashable, Sendable {
    /// Which commit it applies to.
    public enum Change: String, Sendable {
        /// The new commit's source alone.
        case added
        /// The old commit's source alone.
        case removed
    }

    /// The file that the line is in, relative to the tree's root.
    public let file: String
    /// The line in the new commit, from 1; the old commit's line where the new one has none for it.
    public let line: Int
    /// Which commit it applies to.
    public let change: Change
    /// The compiler's words without the position, e.g. `make([]int, n) escapes to heap`.
    public let text: String

    /// Creates a change from its parts.
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
