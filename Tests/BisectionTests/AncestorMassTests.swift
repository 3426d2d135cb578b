import TestSupport
import Testing

@testable import Bisection

@Suite("The mass of ancestors of each commit")
struct AncestorMassTests {
    /// Below and above one word; many roots, merges and dead ends.
    @Test(arguments: [1, 2, 30, 64, 65, 200, 511, 512, 513, 1100]) func sumsAreThoseOfAncestors(count: Int) {
        for (seed, sparsity) in [1, 3, 40].enumerated() {
            var generator = SeededGenerator(seed: 10 * count + seed)
            let history =
                seed == 1
                ? History.branching(count: count, using: &generator)
                : History.random(count: count, using: &generator)
            let weights = (0..<count).map { _ in
                generator.once(in: sparsity) ? Int.random(in: 1...1 << 40, using: &generator) : 0
            }
            let masses = AncestorMass(topology: history.graph.topology, weights: weights).masses
            // In large histories a few commits do.
            for index in stride(from: count - 1, through: 0, by: -max(1, count / 20)) {
                let expected = history.graph.ancestors(of: [index]).indices.reduce(0) { $0 + weights[$1] }
                #expect(masses[index] == expected, "\(index) of \(count)")
            }
        }
    }

    @Test(arguments: 0..<6) func theChoiceIsTheMostEvenSplit(seed: Int) throws {
        var generator = SeededGenerator(seed: 70 + seed)
        let history = mergeHeavy(count: 1500, using: &generator)
        let canDiffer = (0..<history.count).map { _ in seed % 3 == 0 || generator.once(in: seed % 3 + 1) }
        var bisector = Bisector(graph: history.graph, canDiffer: canDiffer)
        bisector.mark(history.tip, .bad)
        var weights = canDiffer.map { $0 ? 1 : 0 }
        if seed >= 3, let lead = canDiffer.indices.filter({ canDiffer[$0] }).randomElement(using: &generator) {
            bisector.follow([1000 + lead: 0.5])
            // As likely as all the others together.
            weights[lead] += weights.reduce(0, +)
        }
        let candidates = history.graph.ancestors(of: [history.count - 1]).indices
        let included = Set(candidates)
        let masses = candidates.map { candidate in
            history.graph.ancestors(of: [candidate]).indices.reduce(0) {
                included.contains($1) ? $0 + weights[$1] : $0
            }
        }
        let total = candidates.reduce(0) { $0 + weights[$1] }
        let evenness = masses.dropLast().map { min($0, total - $0) }
        let most = try #require(evenness.max())
        // Of those that split alike, the likeliest to be the culprit or a parent of it.
        let confirming = evenness.indices.map { position in
            let children = candidates.filter { history.parents[$0].contains(candidates[position]) }
            return children.reduce(weights[candidates[position]]) { $0 + weights[$1] }
        }
        let equal = evenness.indices.filter { evenness[$0] == most }
        let best = try #require(equal.first { position in equal.allSatisfy { confirming[$0] <= confirming[position] } })
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
}
