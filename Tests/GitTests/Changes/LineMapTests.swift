import Git
import TestSupport
import Testing

@Suite("Where lines of a file are after a change")
struct LineMapTests {
    /// The lines of every file of a commit, each with its end.
    private func files(_ fixture: Fixture, _ commit: ObjectID) throws -> [String: [[UInt8]]] {
        let repository = try fixture.open()
        var files: [String: [[UInt8]]] = [:]
        for path in try fixture.git("ls-tree", "-r", "--name-only", "\(commit)") {
            files[path] = RandomEdits.lines(try repository.file(path, at: commit))
        }
        return files
    }

    /// How many lines were added and removed between two commits, as git counts.
    private func counts(_ fixture: Fixture, _ old: ObjectID, _ new: ObjectID) throws -> [Int] {
        var counts = [0, 0]
        for row in try fixture.git("diff", "-M", "--numstat", "\(old)", "\(new)") {
            for (side, word) in row.split(separator: "\t").prefix(2).enumerated() { counts[side] += Int(word) ?? 0 }
        }
        return counts
    }

    private typealias Position = (file: String, line: Int)

    /// Follows every line of `source`, checks where it leads, and returns how many lead nowhere.
    private func follow(
        _ source: [String: [[UInt8]]], _ target: [String: [[UInt8]]], there: (String, Int) -> Position?,
        back: (String, Int) -> Position?
    ) throws -> Int {
        var lost = 0
        for (file, lines) in source {
            var last: Position?
            for (index, text) in lines.enumerated() {
                guard let position = there(file, index + 1) else {
                    lost += 1
                    continue
                }
                let other = try #require(target[position.file])
                try #require(other.indices.contains(position.line - 1))
                #expect(other[position.line - 1] == text)
                if let last { #expect(last.file == position.file && last.line < position.line) }
                let origin = try #require(back(position.file, position.line))
                #expect(origin == (file, index + 1))
                last = position
            }
        }
        return lost
    }

    @Test(arguments: 0..<8)
    func followsTheLinesOfRandomEdits(seed: Int) throws {
        let history = try RandomEdits(seed: seed, count: 20)
        let repository = try history.fixture.open()
        var random = SeededGenerator(seed: seed)
        for round in 0..<12 {
            let old = try #require(history.commits.randomElement(using: &random))
            let new = try #require(history.commits.randomElement(using: &random))
            let context = [0, 1, 3, 10_000][round % 4]
            let map = LineMap(try repository.changes(from: old, to: new, contextLines: context))
            let (oldFiles, newFiles) = try (files(history.fixture, old), files(history.fixture, new))
            let removed = try follow(
                oldFiles, newFiles, there: { map.newPosition(ofFile: $0, line: $1) },
                back: { map.oldPosition(ofFile: $0, line: $1) })
            let added = try follow(
                newFiles, oldFiles, there: { map.oldPosition(ofFile: $0, line: $1) },
                back: { map.newPosition(ofFile: $0, line: $1) })
            #expect(try [added, removed] == counts(history.fixture, old, new), "\(old)..\(new)")
        }
    }

    private func line(_ kind: FileChange.Line.Kind) -> FileChange.Line {
        FileChange.Line(kind: kind, oldNumber: nil, newNumber: nil, text: "")
    }

    private func change(_ old: String?, _ new: String?, _ hunks: [FileChange.Hunk] = []) -> FileChange {
        FileChange(oldPath: old, newPath: new, isBinary: false, hunks: hunks)
    }

    @Test func followsInsertionsAndRemovals() {
        let map = LineMap([
            change(
                "a", "b",
                [
                    .init(oldStart: 0, oldCount: 0, newStart: 1, newCount: 2, lines: [line(.added), line(.added)]),
                    .init(oldStart: 5, oldCount: 1, newStart: 6, newCount: 0, lines: [line(.removed)]),
                    .init(
                        oldStart: 8, oldCount: 3, newStart: 9, newCount: 3,
                        lines: [line(.context), line(.removed), line(.added), line(.context)]),
                ])
        ])
        let there = (0...12).map { map.newPosition(ofFile: "a", line: $0)?.line }
        #expect(there == [nil, 3, 4, 5, 6, nil, 7, 8, 9, nil, 11, 12, 13])
        let back = (0...13).map { map.oldPosition(ofFile: "b", line: $0)?.line }
        #expect(back == [nil, nil, nil, 1, 2, 3, 4, 6, 7, 8, nil, 10, 11, 12])
        #expect(map.newPosition(ofFile: "a", line: 1)?.file == "b")
        #expect(map.oldPosition(ofFile: "b", line: 3)?.file == "a")
    }

    @Test func knowsWhichFilesAreOnOneSideOnly() {
        let map = LineMap([
            change("old", nil), change(nil, "new"), change("from", "to"), change("kind", nil), change(nil, "kind"),
            FileChange(oldPath: "data", newPath: "data", isBinary: true, hunks: []),
            // A file that took the place of one that was renamed.
            change("seat", "moved"), change(nil, "seat"),
        ])
        for file in ["old", "new", "to", "kind", "data", "moved"] {
            #expect(map.newPosition(ofFile: file, line: 1) == nil, "\(file)")
        }
        for file in ["old", "new", "from", "kind", "data", "seat"] {
            #expect(map.oldPosition(ofFile: file, line: 1) == nil, "\(file)")
        }
        #expect(map.newPosition(ofFile: "seat", line: 7).map { $0 == ("moved", 7) } == true)
        #expect(map.oldPosition(ofFile: "to", line: 7).map { $0 == ("from", 7) } == true)
        #expect(map.newPosition(ofFile: "other", line: 7).map { $0 == ("other", 7) } == true)
    }
}
