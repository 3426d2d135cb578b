import TestSupport
import Testing

@testable import Benchmarks

@Suite("Change points of noisy series: E-divisive")
struct EDivisiveTests {
    @Test(arguments: 0..<100) func agreesWithTheDefinition(seed: Int) {
        var generator = SeededGenerator(seed: seed)
        // Whole numbers keep every sum exact.
        let values = (0..<Int.random(in: 1...25, using: &generator)).map { _ in
            Double(Int.random(in: 0...50, using: &generator))
        }
        let start = Int.random(in: 0..<values.count, using: &generator)
        let range = start..<Int.random(in: start...values.count, using: &generator)
        let least = Int.random(in: 2...4, using: &generator)
        let position = EDivisive.division(of: values, in: range, minimum: least)
        guard range.count >= 2 * least else {
            #expect(position == nil)
            return
        }
        let candidates = Array((range.lowerBound + least)...(range.upperBound - least))
        let greatest = candidates.map { divergence(values, range, $0) }.max()!
        #expect(position.map { candidates.contains($0) && divergence(values, range, $0) >= greatest - 1e-9 } == true)
    }

    /// Twice the mean distance between the parts less the mean distances within each, times mn / (m + n).
    private func divergence(_ values: [Double], _ range: Range<Int>, _ position: Int) -> Double {
        let (left, right) = (values[range.lowerBound..<position], values[position..<range.upperBound])
        func distances(_ first: ArraySlice<Double>, _ second: ArraySlice<Double>) -> Double {
            first.reduce(0) { sum, value in second.reduce(sum) { $0 + (value - $1).magnitude } }
        }
        let (m, n) = (Double(left.count), Double(right.count))
        let energy =
            2 * distances(left, right) / (m * n) - distances(left, left) / (m * (m - 1))
            - distances(right, right) / (n * (n - 1))
        return m * n / (m + n) * energy
    }
}
