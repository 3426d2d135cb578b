import TestSupport
import Testing

@testable import Bisection

struct AncestorCountsTests {
    @Test(arguments: 0..<40) func countsEqualTheSlowWay(seed: Int) {
        var generator = SeededGenerator(seed: seed)
        let history = History.random(count: 120, using: &generator)
        let commits = (0..<120).filter { _ in !generator.once(in: 5) }
        let counted = commits.map { _ in !generator.once(in: 3) }
        let counts = AncestorCounts(topology: history.graph.topology, commits: commits.map(Int32.init))
        #expect(counts.counts(of: counted) == slowCounts(history, commits: commits, counted: counted))
    }

    @Test func severalPassesOf512() {
        var generator = SeededGenerator(seed: 7)
        let history = mergeHeavy(count: 1800, using: &generator)
        let commits = Array(0..<history.count)
        let counted = commits.map { _ in !generator.once(in: 10) }
        let counts = AncestorCounts(topology: history.graph.topology, commits: commits.map(Int32.init))
        #expect(counts.counts(of: counted) == slowCounts(history, commits: commits, counted: counted))
    }

    @Test(arguments: 0..<3) func theChoiceIsTheMostEvenSplit(seed: Int) throws {
        var generator = SeededGenerator(seed: 70 + seed)
        let history = mergeHeavy(count: 1500, using: &generator)
        let canDiffer = (0..<history.count).map { _ in seed == 0 || generator.once(in: seed + 1) }
        var bisector = Bisector(graph: history.graph, canDiffer: canDiffer)
        bisector.mark(history.tip, .bad)
        let candidates = history.graph.ancestors(of: [history.count - 1]).indices
        let counted = candidates.map { canDiffer[$0] }
        let weights = slowCounts(history, commits: candidates, counted: counted)
        let total = Int32(counted.count(where: \.self))
        let evenness = weights.dropLast().map { min($0, total - $0) }
        let best = try #require(evenness.firstIndex(of: evenness.max() ?? 0))
        #expect(bisector.nextStep() == .measure([1000 + candidates[best]]))
    }

    /// Chains side by side, a third of the commits merges.
    private func mergeHeavy(count: Int, using generator: inout SeededGenerator) -> History {
        History(
            (0..<count).map { index in
                if index < 3 { return [-1] }
                if index % 3 != 0 { return [index - 2] }
                return [index - 1, Int.random(in: max(0, index - 60)..<(index - 1), using: &generator)]
            })
    }

    private func slowCounts(_ history: History, commits: [Int], counted: [Bool]) -> [Int32] {
        let included = Set(commits)
        let weighs = Set(zip(commits, counted).filter(\.1).map(\.0))
        return commits.map { commit in
            var seen: Set<Int> = [commit]
            var pending = [commit]
            while let next = pending.popLast() {
                for parent in history.parents[next] where included.contains(parent) && seen.insert(parent).inserted {
                    pending.append(parent)
                }
            }
            return Int32(seen.intersection(weighs).count)
        }
    }
}
