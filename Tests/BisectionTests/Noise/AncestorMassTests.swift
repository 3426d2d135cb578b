import TestSupport
import Testing

@testable import Bisection

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
                generator.once(in: sparsity) ? Double.random(in: 0...1, using: &generator) : 0
            }
            let masses = AncestorMass(topology: history.graph.topology, weights: weights).masses
            // In large histories a few commits do.
            for index in stride(from: count - 1, through: 0, by: -max(1, count / 20)) {
                let expected = history.graph.ancestors(of: [index]).indices.reduce(0) { $0 + weights[$1] }
                #expect(abs(masses[index] - expected) < 1e-9, "\(index) of \(count)")
            }
        }
    }
}
