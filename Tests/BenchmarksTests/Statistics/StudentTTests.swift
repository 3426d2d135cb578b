import Testing

@testable import Benchmarks

@Suite("Student's t distribution")
struct StudentTTests {
    /// SciPy 1.17: `scipy.stats.t.sf(t, freedom)`.
    private static let survivalCases: [(Int, Double, Double)] = [
        (1, 0, 0.5), (1, 1, 0.25), (1, 6.313751514675043, 0.05), (1, 1e6, 3.1830988618368455e-07),
        (2, 0.5, 0.33333333333333337), (2, 9.924843200918287, 0.005), (3, 2.5, 0.04385332350403278),
        (5, 1, 0.18160873382456144), (7, -1.5, 0.911350756505015), (8, 5.27, 0.0003776471214044748),
        (10, 2.228138852, 0.024999999999418234), (30, 3.646, 0.0004999444346691824), (48, 3.286, 0.0009518445618797601),
        (53, 3.47, 0.0005213225524709236), (98, 0.1, 0.46027430577072675), (98, 12, 3.0000766009189058e-21),
        (1000, 3, 0.0013833545221190963), (10_000, 1.96, 0.025011760115916513), (4, .infinity, 0), (4, -.infinity, 1),
        (4, 1e200, 0),
    ]

    @Test(arguments: survivalCases)
    func survivalAgreesWithSciPy(freedom: Int, t: Double, tail: Double) {
        let survival = StudentT.survival(t, degreesOfFreedom: freedom)
        #expect((survival - tail).magnitude <= 1e-11 * tail, "\(survival)")
    }

    /// The closed form for two degrees of freedom: (1 - t / √(2 + t²)) / 2.
    @Test func survivalFallsAllTheWay() {
        var last = 1.0
        for t in stride(from: -20.0, through: 20, by: 0.01) {
            let survival = StudentT.survival(t, degreesOfFreedom: 2)
            #expect((survival - (1 - t / (2 + t * t).squareRoot()) / 2).magnitude < 1e-14)
            #expect(survival < last)
            last = survival
        }
    }

    /// SciPy 1.17: `scipy.stats.ttest_ind(a, b).pvalue`.
    private static let agreesWithSciPyCases: [([Double], [Double], Double)] = [
        ([1, 2, 3, 4, 5], [6, 7, 8, 9, 10], 0.0010528257933665399), ([3.1, 2.9], [9, 8], 0.008485793097528145),
        (
            [100, 101, 99, 98, 102, 100, 101], [100, 99, 103, 104, 100, 105, 106, 107], 0.03861799418507926
        ),
        (Array(repeating: 0, count: 45), [0, 0, 0, 0, 10], 0.0019018439578946864), ([1, 2], [2], 0.6666666666666666),
        ([1e9, 1e9 + 1, 1e9 + 2], [1e9 + 1, 1e9 + 2, 1e9 + 4], 0.27457661690351304),
    ]

    @Test(arguments: agreesWithSciPyCases)
    func agreesWithSciPy(first: [Double], second: [Double], p: Double) {
        #expect((StudentT.p(first, second) - p).magnitude < 1e-12)
        #expect((StudentT.p(second.reversed(), first) - p).magnitude < 1e-12)
    }

    @Test func samplesThatSayNothing() {
        #expect(StudentT.p([], [1, 2, 3]) == 1)
        #expect(StudentT.p([1], [2]) == 1)
        #expect(StudentT.p([0.1, 0.1, 0.1], [0.1, 0.1]) == 1)
        #expect(StudentT.p([0.1, 0.1, 0.1], [0.2, 0.2]) == 0)
    }

    /// Half as many independent values say as much as values that are correlated by a third.
    @Test func correlatedValuesSayLess() {
        let (first, second): ([Double], [Double]) = ([1, 2, 3, 4, 5], [3, 4, 5, 6, 7])
        #expect(StudentT.p(first, second, correlation: 0) < StudentT.p(first, second, correlation: 0.1))
        // t = 2 / √(2 · 2.5 · 2/5) = √2 with 8 / 2 degrees of freedom; SciPy 1.17: 2 * t.sf(2 ** 0.5, 4).
        #expect((StudentT.p(first, second, correlation: 1.0 / 3) - 0.23019964108049873).magnitude < 1e-9)
        #expect(StudentT.p(first, second, correlation: 0.99) > 0.8)
    }
}
