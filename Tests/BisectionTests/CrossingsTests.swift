import Bisection
import TestSupport
import Testing

@Suite("All crossings of a history that is known")
struct CrossingsTests {
    /// `line`: one letter a commit of a linear history: g, b, s or . for not measured.
    private func crossings(_ line: String) -> [[Int]] {
        let letters = Array(line)
        return crossings(.linear(letters.count), letters)
    }

    private func crossings(_ history: History, _ letters: [Character]) -> [[Int]] {
        let evaluations: [Character: Evaluation] = ["g": .good, "b": .bad, "s": .skip]
        return history.graph.crossings { evaluations[letters[$0]] }.map { $0.culprits.map { $0 - 1000 } }
    }

    @Test func linear() {
        #expect(crossings("ggbb") == [[2]])
        #expect(crossings("bgbgb") == [[0], [2], [4]])
        #expect(crossings("gsb") == [[1, 2]])
        #expect(crossings("gs.bb") == [[1, 2, 3]])
        #expect(crossings("sb") == [[0, 1]])
        #expect(crossings("gbsb") == [[1]])
        #expect(crossings("gbsgsb") == [[1], [4, 5]])
        #expect(crossings("gggs").isEmpty)
    }

    @Test func merges() {
        let diamond = History([[-1], [0], [0], [1, 2]])
        #expect(crossings(diamond, ["g", "g", "g", "b"]) == [[3]])
        #expect(crossings(diamond, ["g", "b", "g", "b"]) == [[1]])
        #expect(crossings(diamond, ["g", "b", "b", "b"]) == [[1], [2]])
        #expect(crossings(diamond, ["g", "g", "s", "b"]) == [[2, 3]])
        #expect(crossings(diamond, ["g", "b", "s", "b"]) == [[1]])
        #expect(crossings(diamond, ["b", "s", "s", "b"]) == [[0]])
    }

    @Test func aChainThatOnlyPartlyComesFromABadCommit() {
        // 1 and 2 are roots; the skipped 3 follows the bad 1, the skipped 4 the good 2; 5 merges them.
        let history = History([[-1], [], [], [1], [2], [3, 4]])
        #expect(crossings(history, ["g", "b", "g", "s", "s", "b"]) == [[1], [4, 5]])
        #expect(crossings(history, ["g", "b", "b", "s", "s", "b"]) == [[1], [2]])
        // No skipped commit can have crossed, and yet the merge isn't certain.
        #expect(crossings(history, ["g", "b", "g", "s", "g", "b"]) == [[1], [3, 5]])
    }

    @Test(arguments: 0..<50) func withoutSkipsEachBadCommitWithGoodParents(seed: Int) {
        var generator = SeededGenerator(seed: 30 + seed)
        let history = History.random(count: 40, using: &generator)
        let bad = Set((0..<40).filter { _ in generator.once(in: 2) })
        let crossings = history.graph.crossings { bad.contains($0) ? .bad : .good }
        #expect(crossings.map(\.culprits) == history.culprits(bad).sorted().map { [1000 + $0] })
    }

    @Test(arguments: 0..<50) func aStepBehindSkipsIsAmongTheCulprits(seed: Int) {
        var generator = SeededGenerator(seed: 90 + seed)
        let history = History.random(count: 40, using: &generator)
        let bad = history.randomStep(sources: 1, using: &generator)
        let skipped = Set((0..<39).filter { _ in generator.once(in: 3) })
        let crossings = history.graph.crossings { skipped.contains($0) ? .skip : bad.contains($0) ? .bad : .good }
        let culprit = 1000 + history.culprits(bad).first!
        #expect(crossings.contains { $0.culprits.contains(culprit) })
        for crossing in crossings where crossing.culprits.count == 1 { #expect(crossing.culprits == [culprit]) }
    }
}
