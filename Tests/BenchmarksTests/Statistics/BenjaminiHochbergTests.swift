import Benchmarks
import TestSupport
import Testing

@Suite("Many tests at once: Benjamini and Hochberg")
struct BenjaminiHochbergTests {
    /// SciPy 1.17: `scipy.stats.false_discovery_control(p) <= q`.
    @Test func agreesWithSciPy() {
        let p = [0.216, 0.008, 0.039, 0.041, 0.001, 0.042, 0.06, 0.074, 0.205, 0.212]
        #expect(indices(BenjaminiHochberg.rejected(pValues: p, q: 0.05)) == [1, 4])
        #expect(indices(BenjaminiHochberg.rejected(pValues: p, q: 0.1)) == [1, 2, 3, 4, 5, 6])
    }

    /// By the definition: the greatest k for which at least k of the p-values are at most k q / m.
    @Test(arguments: 0..<500) func agreesWithTheDefinition(seed: Int) {
        var generator = SeededGenerator(seed: seed)
        let count = Int.random(in: 0...12, using: &generator)
        let digits = [10.0, 100, 1000].randomElement(using: &generator)!
        // Few digits make ties.
        let p = (0..<count).map { _ in (Double.random(in: 0...0.3, using: &generator) * digits).rounded() / digits }
        let q = [0, 0.05, 0.2, 1].randomElement(using: &generator)!
        let total = Bool.random(using: &generator) ? nil : Int.random(in: 0...30, using: &generator)
        let tested = max(count, total ?? 0)
        func line(_ k: Int) -> Double { q * Double(k) / Double(tested) }
        let greatest = (0...count).last { k in k > 0 && p.count { $0 <= line(k) } >= k }
        let expected = p.map { p in greatest.map { p <= line($0) } ?? false }
        #expect(BenjaminiHochberg.rejected(pValues: p, q: q, total: total) == expected)
        // The hypotheses that are not at hand count as the largest p-values.
        let padded = BenjaminiHochberg.rejected(pValues: p + Array(repeating: 1, count: tested - count), q: min(q, 0.9))
        #expect(BenjaminiHochberg.rejected(pValues: p, q: min(q, 0.9), total: total) == Array(padded[..<count]))
    }

    @Test func whatIsNoNumberIsNotRejected() {
        #expect(BenjaminiHochberg.rejected(pValues: [.nan, 0.01], q: 0.05) == [false, true])
        #expect(BenjaminiHochberg.rejected(pValues: [.nan, 0.03], q: 0.05) == [false, false])
        #expect(BenjaminiHochberg.rejected(pValues: [.nan], q: 1) == [false])
        #expect(BenjaminiHochberg.rejected(pValues: [], q: 0.05) == [])
    }

    private func indices(_ flags: [Bool]) -> [Int] { flags.indices.filter { flags[$0] } }
}
