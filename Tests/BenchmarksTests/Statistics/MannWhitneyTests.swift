import Testing

@testable import Benchmarks

@Suite("The Mann–Whitney test")
struct MannWhitneyTests {
    /// SciPy 1.17: `mannwhitneyu(a, b, method='asymptotic', use_continuity=True)`.
    private static let agreesWithSciPyCases: [([Double], [Double], Double)] = [
        ([1, 2, 3, 4, 5], [6, 7, 8, 9, 10], 0.012185780355344813),
        ([1, 1, 2, 2, 3], [2, 2, 3, 3, 4], 0.12512238701328704),
        ([5, 5, 5], [5, 5, 6], 0.5049850750938458),
        ([1, 2, 3], [1, 2, 3], 1),
        ([3.1, 2.9], [9], 0.5402913746074199),
        ([100, 101, 99, 98, 102, 100, 101], [100, 99, 103, 104, 100, 105, 106, 107], 0.10145750280159077),
        (steps(30, from: 0), steps(30, from: 10.5), 0.00012477053789099933),
        (steps(50, from: 0), steps(50, from: 1000), 0),
    ]

    @Test(arguments: agreesWithSciPyCases)
    func agreesWithSciPy(first: [Double], second: [Double], p: Double) {
        #expect((MannWhitney.p(first, second) - p).magnitude < 2e-7)
        #expect((MannWhitney.p(second.reversed(), first) - p).magnitude < 2e-7)
    }

    private static func steps(_ count: Int, from start: Double) -> [Double] {
        Array(stride(from: start, to: start + Double(count), by: 1))
    }

    @Test func samplesThatSayNothing() {
        #expect(MannWhitney.p([], [1]) == 1)
        #expect(MannWhitney.p([1], []) == 1)
        #expect(MannWhitney.p([2, 2], [2, 2, 2]) == 1)
    }

    private static let upperTailCases: [(Double, Double)] = [
        (0, 0.5), (0.1, 0.460172162722971), (1, 0.15865525393145707), (1.96, 0.024997895148220435),
        (3, 0.0013498980316300933),
        (5, 2.866515718791933e-07), (8, 6.22096057427174e-16), (100, 0),
    ]

    @Test(arguments: upperTailCases)
    func upperTail(z: Double, tail: Double) {
        #expect((MannWhitney.upperTail(z) - tail).magnitude < 7.5e-8)
    }
}
