import Foundation
import Git
import TestSupport
import Testing

@Suite("Lines that commits bring or take away are those whose number differs in their whole trees")
struct LineCountsTests {
    @Test(arguments: 0..<6)
    func equalsCountingWholeTrees(seed: Int) throws {
        let history = try RandomEdits(seed: 40 + seed, count: 25)
        let repository = try history.fixture.open()
        var random = SeededGenerator(seed: seed)
        var counts: [ObjectID: [String: Int]] = [:]
        for commit in history.commits {
            for path in try history.fixture.git("ls-tree", "-r", "--name-only", "\(commit)") {
                for line in RandomEdits.lines(try repository.file(path, at: commit)) {
                    let text = String(decoding: line, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
                    counts[commit, default: [:]][text, default: 0] += 1
                }
            }
        }
        let all = Set(counts.values.flatMap(\.keys)).subtracting([""])
        let lines = Set(all.filter { _ in random.once(in: 3) } + ["return nil"])
        // Any commits may stand for parents.
        let commits = history.commits.map { commit in
            (
                id: commit,
                parents: (0..<Int.random(in: 0...3, using: &random)).map { _ in
                    history.commits.randomElement(using: &random)!
                }
            )
        }
        let found = try repository.changedCounts(of: lines, in: commits) { _ in true }
        var changes = 0
        for ((commit, parents), found) in zip(commits, found) {
            let expected = [(Int, Int) -> Bool](arrayLiteral: (>), (<)).map { isChanged in
                lines.filter { line in
                    let number = counts[commit]?[line] ?? 0
                    return !parents.isEmpty && parents.allSatisfy { isChanged(number, counts[$0]?[line] ?? 0) }
                }
            }
            #expect(found == ChangedLines(more: expected[0], fewer: expected[1]), "\(commit) \(parents)")
            changes += found.more.count * found.fewer.count
        }
        #expect(changes > 0)
    }

    @Test func onlySomeFilesCount() throws {
        let fixture = try Fixture()
        let first = try fixture.commit(["a.go": "x\n", "b.txt": "x\n"])
        let second = try fixture.commit(["a.go": "x\n", "b.txt": "x\n\tx \r\n"])
        // The line moves from one Go file to another, and one of the text's is gone.
        let moved = try fixture.commit(["a.go": "y\n", "c.go": "\n  x\n", "b.txt": "x\n"])
        let repository = try fixture.open()
        let commits = [(id: second, parents: [first]), (id: moved, parents: [second]), (id: first, parents: [])]
        #expect(
            try repository.changedCounts(of: ["x"], in: commits) { _ in true }
                == [ChangedLines(more: ["x"]), ChangedLines(fewer: ["x"]), ChangedLines()])
        let none = [ChangedLines](repeating: ChangedLines(), count: 3)
        #expect(try repository.changedCounts(of: ["x"], in: commits) { $0.hasSuffix(".go") } == none)
    }
}
