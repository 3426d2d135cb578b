import TestSupport
import Testing

@testable import Benchmarks

@Suite("Serial correlation of runs")
struct SerialCorrelationTests {
    /// The mean of many estimates; what is below 0 counts as 0, so that no correlation looks like a little.
    @Test(arguments: [(Noise.normal, 0.05), (.correlated, 0.3), (.stronglyCorrelated, 0.6)])
    func estimatesOfNoise(noise: Noise, correlation: Double) {
        let estimates = (0..<500).map { seed in
            var generator = SeededGenerator(seed: seed)
            let before = noise.series(50, using: &generator)
            return SerialCorrelation.estimate(before, noise.series(50, using: &generator).map { $0 + 1 })
        }
        #expect((estimates.mean - correlation).magnitude < 0.03, "\(estimates.mean)")
    }

    @Test func bounds() {
        #expect(SerialCorrelation.estimate([1, 1, 1], [2, 2, 2]) == 0)
        #expect(SerialCorrelation.estimate([1, -1, 1, -1, 1, -1, 1, -1], [2, 3, 2, 3, 2, 3, 2, 3]) == 0)
        #expect(SerialCorrelation.estimate((0..<50).map(Double.init), (0..<50).map(Double.init)) == 0.95)
    }
}
