import TestSupport
import Testing

@testable import GoToolchain

@Suite("What the compiler says of two commits")
struct EscapeDifferenceTests {
    private func note(_ line: Int, _ text: String, file: String = "x.go", column: Int = 1) throws -> EscapeNote {
        EscapeNote(file: file, line: line, column: column, kind: try #require(EscapeNote.Kind(text)), text: text)
    }

    private func notes(_ notes: [(Int, String)]) throws -> [EscapeNote] { try notes.map { try note($0.0, $0.1) } }

    /// The changes as `+line text` and `-line text`.
    ///
    /// - Parameters:
    ///   - shift: How many lines later those after line 10 are.
    ///   - edited: The old lines that are gone.
    private func changes(
        from old: [EscapeNote], to new: [EscapeNote], shift: Int = 0, edited: Set<Int> = [],
        before: [String: Int] = [:], after: [String: Int] = [:]
    ) -> [String] {
        let difference = EscapeDifference(
            moved: { edited.contains($1) ? nil : ($0, $1 > 10 ? $1 + shift : $1) }, functionsBefore: { _ in before },
            functionsAfter: { _ in after })
        return difference.changes(from: old, to: new).map { "\($0.change == .added ? "+" : "-")\($0.line) \($0.text)" }
    }

    private let box = "n escapes to heap"
    private let moved = "moved to heap: n"

    @Test func linesThatMovedCancel() throws {
        let old = try notes([(5, box), (12, box), (20, moved)])
        #expect(changes(from: old, to: try notes([(5, box), (15, box), (23, moved)]), shift: 3) == [])
        #expect(
            changes(from: old, to: try notes([(5, box), (15, box), (16, box)]), shift: 3)
                == ["+16 n escapes to heap", "-23 moved to heap: n"])
    }

    @Test func columnsDoNotCountButNumbersDo() throws {
        let old = [try note(3, box, column: 2)]
        #expect(changes(from: old, to: [try note(3, box, column: 9)]) == [])
        let three = try [1, 2, 3].map { try note(3, box, column: $0) }
        #expect(changes(from: old, to: three) == ["+3 " + box, "+3 " + box])
        #expect(changes(from: three, to: old) == ["-3 " + box, "-3 " + box])
    }

    @Test func editedLinesCancelNearestFirst() throws {
        let old = try notes([(4, box), (30, box)])
        let new = try notes([(8, box), (31, box), (50, box)])
        #expect(changes(from: old, to: new, edited: [4, 30]) == ["+50 " + box])
        #expect(changes(from: new, to: old, edited: [8, 31, 50]) == ["-50 " + box])
        // Not by the old numbers, but by where the lines around have gone.
        let far = try notes([(20, box), (42, box), (60, box)])
        #expect(changes(from: [try note(22, box)], to: far, shift: 20, edited: [22]) == ["+20 " + box, "+60 " + box])
        // Another text, kind or file is another matter.
        #expect(
            changes(from: [try note(4, box)], to: [try note(4, moved)], edited: [4])
                == ["-4 " + box, "+4 " + moved].sorted { $0.dropFirst() < $1.dropFirst() })
        #expect(changes(from: [try note(4, box)], to: [try note(4, box, file: "y.go")]).count == 2)
    }

    /// A file that is gone or written again as a whole, with as many notes as generated code may have.
    @Test(.timeLimit(.minutes(1))) func manyNotes() throws {
        let old = try notes((1...5000).map { ($0, box) })
        #expect(changes(from: old, to: Array(old.suffix(4000)), edited: Set(1...5000)).count == 1000)
        #expect(changes(from: old, to: [], edited: Set(1...5000)).count == 5000)
    }

    @Test func renamedFiles() throws {
        let difference = EscapeDifference(
            moved: { $1 == 7 ? nil : ("new/" + $0, $1) }, functionsBefore: { _ in [:] }, functionsAfter: { _ in [:] })
        let old = try notes([(3, box), (7, box), (7, moved)])
        let new = try [note(3, box, file: "new/x.go"), note(8, box, file: "new/x.go")]
        #expect(
            difference.changes(from: old, to: new) == [
                EscapeChange(file: "x.go", line: 7, change: .removed, text: moved)
            ])
    }

    @Test func inliningIsNewsForFunctionsOfBothCommits() throws {
        let inline = "can inline F"
        let old = [try note(20, inline)]
        #expect(changes(from: old, to: [], shift: 5) == ["-25 " + inline])
        #expect(changes(from: old, to: [], edited: [20], after: ["F": 33]) == ["-33 " + inline])
        #expect(changes(from: old, to: [], edited: [20], after: ["G": 33]) == [])
        #expect(changes(from: [], to: old, before: ["F": 2]) == ["+20 " + inline])
        #expect(changes(from: [], to: old, before: ["G": 2]) == [])
        #expect(changes(from: old, to: [try note(40, inline)], edited: [20]) == [])
    }

    @Test func literalsAreKnownByTheirLines() throws {
        let old = try notes([(5, "can inline F.func1"), (12, "can inline F.func2"), (13, "can inline F.func2.1")])
        // Another literal before them gives all of them other numbers.
        let more = try notes([
            (5, "can inline F.func1"), (11, "can inline F.func2"), (15, "can inline F.func3"),
            (16, "can inline F.func3.1"),
        ])
        #expect(changes(from: old, to: more, shift: 3, before: ["F": 1], after: ["F": 1]) == [])
        #expect(
            changes(from: old, to: try notes([(5, "can inline F.func1")]), before: ["F": 1], after: ["F": 1])
                == ["-12 can inline F.func2", "-13 can inline F.func2.1"])
    }

    @Test func instancesOfGenericFunctionsAreOne() throws {
        let old = try notes([(5, "can inline F[go.shape.int]"), (5, "can inline F[int]")])
        let new = try notes([(5, "can inline F[go.shape.string]")])
        #expect(changes(from: old, to: new) == [])
        #expect(changes(from: old, to: []) == ["-5 can inline F[go.shape.int]"])
    }

    /// Whatever the notes, an unchanged commit changes nothing, and what remains is the difference in numbers.
    @Test(arguments: 0..<50) func numbersAddUp(seed: Int) throws {
        var random = SeededGenerator(seed: seed)
        func some() throws -> [EscapeNote] {
            try (0..<Int.random(in: 0..<40, using: &random)).map { _ in
                try note(
                    Int.random(in: 1...30, using: &random), random.once(in: 2) ? box : moved,
                    column: Int.random(in: 1...3, using: &random))
            }
        }
        let (old, new) = (try some(), try some())
        let edited = Set((1...30).filter { _ in random.once(in: 3) })
        #expect(changes(from: old, to: old) == [])
        #expect(changes(from: old, to: old.shuffled(using: &random), edited: edited) == [])
        let found = changes(from: old, to: new, shift: 4, edited: edited)
        #expect(
            found
                == changes(
                    from: old.shuffled(using: &random), to: new.shuffled(using: &random), shift: 4, edited: edited))
        for text in [box, moved] {
            let (before, after) = (old.count { $0.text == text }, new.count { $0.text == text })
            #expect(found.count { $0.hasSuffix(text) } == abs(before - after))
        }
    }
}
