/// Lines whose number a commit changes.
public struct ChangedLines: Hashable, Sendable {
    /// Those of which there are more than in any parent.
    public var more: Set<String>
    /// Those of which there are fewer than in any parent.
    public var fewer: Set<String>

    /// Lines of both kinds, by default none.
    public init(more: Set<String> = [], fewer: Set<String> = []) {
        (self.more, self.fewer) = (more, fewer)
    }

    var isEmpty: Bool { more.isEmpty && fewer.isEmpty }
}

extension Repository {
    /// Finds the lines that commits bring or take away, as `git log -S` does: those of which there are more, or fewer,
    /// than in each parent. A line that only moves, within its file or to another one, is still there.
    ///
    /// - Parameters:
    ///   - lines: What the lines say, without the blanks around it: spaces, tabs and carriage returns.
    ///   - commits: The commits, each with the parents to compare it with.
    ///   - isIncluded: Whether the lines of the file at a path count.
    /// - Returns: For each commit the lines that it changes the number of; none for one without parents.
    /// - Throws: `GitError` with the code `partialClone`, `missingObject`, `damagedObject` or `notACommit` if something that
    ///   differs cannot be read.
    public func changedCounts(
        of lines: Set<String>, in commits: [(id: ObjectID, parents: [ObjectID])], where isIncluded: (String) -> Bool
    ) throws(GitError) -> [ChangedLines] {
        let detached = try DetachedRepository(in: commonDirectory, substitutes)
        var counts = LineCounts(of: lines)
        var found: [ChangedLines] = []
        for (id, parents) in commits {
            let operation = "looking for lines that \(id.short) changes"
            var changed = parents.isEmpty ? ChangedLines() : ChangedLines(more: lines, fewer: lines)
            for parent in parents where !changed.isEmpty {
                var differences: [String: Int] = [:]
                for delta in try detached.deltas(from: parent, to: id, findsRenames: false, operation) {
                    for (side, sign) in [(delta.old, -1), (delta.new, 1)] {
                        guard let side, side.mode.isFile, isIncluded(side.path) else { continue }
                        for (line, count) in try counts.counts(in: side.id, detached.objects, operation) {
                            differences[line, default: 0] += sign * count
                        }
                    }
                }
                changed.more = changed.more.filter { differences[$0, default: 0] > 0 }
                changed.fewer = changed.fewer.filter { differences[$0, default: 0] < 0 }
            }
            found.append(changed)
        }
        return found
    }
}

/// How often some lines stand in files, each of which is read once.
private struct LineCounts {
    private let lines: Set<String>
    /// Only lines of these lengths can be among them.
    private let lengths: Set<Int>
    private var known: [ObjectID: [String: Int]] = [:]
    private static let blanks = Array(" \t\r".utf8)

    init(of lines: Set<String>) {
        self.lines = lines
        lengths = Set(lines.map(\.utf8.count))
    }

    mutating func counts(
        in file: ObjectID, _ objects: borrowing ObjectDatabase, _ operation: String
    ) throws(GitError) -> [String: Int] {
        if let counts = known[file] { return counts }
        var counts: [String: Int] = [:]
        for var line in try objects.blob(file, operation).split(separator: UInt8(ascii: "\n")) {
            while let first = line.first, LineCounts.blanks.contains(first) { line.removeFirst() }
            while let last = line.last, LineCounts.blanks.contains(last) { line.removeLast() }
            guard lengths.contains(line.count), case let text = String(decoding: line, as: UTF8.self),
                lines.contains(text)
            else { continue }
            counts[text, default: 0] += 1
        }
        known[file] = counts
        return counts
    }
}
