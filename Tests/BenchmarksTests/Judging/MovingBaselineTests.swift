import Benchmarks
import TestSupport
import Testing

@Suite("Thresholds that follow earlier values")
struct MovingBaselineTests {
    private static let legalFormsCases: [(String, MovingBaseline.Distance, Bool, Int, String)] = [
        ("3sigma", .sigmas(3), false, 20, "3sigma of the last 20"),
        ("+2.5 sigma", .sigmas(2.5), false, 20, "+2.5sigma of the last 20"),
        ("-3sigma of the last 7", .sigmas(3), true, 7, "-3sigma of the last 7"),
        ("x3 of the last 10", .fraction(2), false, 10, "x3 of the last 10"),
        ("x0.5", .fraction(0.5), true, 20, "x0.5 of the last 20"),
        ("+200%", .fraction(2), false, 20, "+200% of the last 20"),
        ("+200% of the previous window", .fraction(2), false, 20, "+200% of the last 20"),
        ("+50%ofthelast1", .fraction(0.5), false, 1, "+50% of the last 1"),
        ("-50 % of the last 20", .fraction(0.5), true, 20, "-50% of the last 20"),
    ]

    @Test(arguments: legalFormsCases)
    func legalForms(
        text: String, distance: MovingBaseline.Distance, isDownward: Bool, count: Int, description: String
    ) throws {
        let baseline = try MovingBaseline(text)
        #expect(baseline.distance == distance && baseline.isDownward == isDownward && baseline.count == count)
        #expect(baseline.absoluteFloor == nil)
        #expect(baseline.description == description)
        #expect(try MovingBaseline(baseline.description) == baseline)
    }

    private static let floorsCases: [(String, Double?, Double, String)] = [
        ("3sigma, at least +1", 1, 0.05, "3sigma of the last 20, at least +1"),
        ("3sigma of the last 9, at least +10%", nil, 0.1, "3sigma of the last 9, at least +10%"),
        ("x2, at least +0 and +5%", 0, 0.05, "x2 of the last 20, at least +0 and +5%"),
        ("+1%,atleast+5%and+.5", 0.5, 0.05, "+1% of the last 20, at least +5% and +.5"),
        ("+1%", nil, 0, "+1% of the last 20"),
    ]

    @Test(arguments: floorsCases)
    func floors(text: String, absolute: Double?, relative: Double, description: String) throws {
        let baseline = try MovingBaseline(text)
        #expect(baseline.absoluteFloor == absolute && baseline.relativeFloor == relative)
        #expect(baseline.description == description)
        #expect(try MovingBaseline(baseline.description) == baseline)
    }

    @Test(arguments: [
        "", "sigma", "3", "3%", "x", "x3%", "x0", "x1", "+0%", "0sigma", "-0sigma", "--3sigma", "infsigma", "0x3sigma",
        "+1e999%", "+5", ">5", "3sigma of the last", "3sigma of the last 0", "3sigma of the last 1",
        "x3 of the last -2", "x3 of the last +2", "x3 of the last 2.5", "x3 of the last ½", "x3 of the first 10",
        "x3 of last 10",
        "x3 of the last 99999999999999999999", "3sigma, at least", "3sigma, at least 1", "3sigma, at least +1 and",
        "3sigma, at least +1 and +2", "3sigma, at least +1% and +2%", "3sigma, at least +1 and +1% and +2",
        "3sigma, at least -1", "3sigma, at least +", "3sigma, at least +%", "3sigma at least +1", "of the last 10",
    ])
    func illegalForms(text: String) {
        let error = #expect(throws: MovingBaselineError.self) { try MovingBaseline(text) }
        #expect(error?.description.contains("is not a valid moving baseline. Write 3sigma, x3 of the last") == true)
    }

    private func bound(_ text: String, _ history: [Double], _ metric: Metric = .time) throws -> Bound? {
        try MovingBaseline(text).bound(for: history, metric: metric)
    }

    @Test func boundsOfTheWindow() throws {
        // Mean 3, sample variance 2.5.
        let sigma = try #require(try bound("2sigma of the last 5", [99, 1, 2, 3, 4, 5]))
        #expect(sigma.side == .atLeast && (sigma.value - 6.16227766016838).magnitude < 1e-12)
        let lower = try #require(try bound("-2sigma of the last 5", [99, 1, 2, 3, 4, 5]))
        #expect(lower.side == .atMost && (lower.value + 0.16227766016838).magnitude < 1e-12)
        // One outlier moves no median.
        #expect(try bound("x3 of the last 3", [50, 2, 1000, 2]) == Bound(.atLeast, 6))
        #expect(try bound("x0.5 of the last 3", [50, 2, 1000, 2]) == Bound(.atMost, 1))
        #expect(try bound("+200% of the last 2", [2, 4, 6]) == Bound(.atLeast, 15))
        #expect(try bound("-50% of the last 1", [2, 4, 6]) == Bound(.atMost, 3))
        #expect(try bound("+50% of the last 1", [-2]) == Bound(.atLeast, -1))
    }

    @Test func tooLittleHistory() throws {
        #expect(try bound("x3 of the last 3", [1, 2]) == nil)
        #expect(try bound("x3 of the last 3", [1, 2, 3]) != nil)
        #expect(try bound("3sigma", Array(repeating: 1, count: 19)) == nil)
        #expect(try bound("3sigma", Array(repeating: 1, count: 20)) != nil)
        #expect(try bound("x3 of the last 1", []) == nil)
    }

    /// The floor of the metric, of the baseline and of what is written, whichever is the largest difference.
    private static let floorsOfBoundsCases: [(String, Metric, Double, Bound)] = [
        ("3sigma", Metric.allocations, 4, Bound(.atLeast, 5)), ("3sigma", .allocations, 100, Bound(.atLeast, 105)),
        ("3sigma", .bytes, 100, Bound(.atLeast, 116)), ("-3sigma", .allocations, 4, Bound(.atMost, 3)),
        ("3sigma, at least +10 and +1%", .allocations, 100, Bound(.atLeast, 110)),
        ("3sigma, at least +0 and +50%", .allocations, 100, Bound(.atLeast, 150)),
        ("+1%", .allocations, 10, Bound(.atLeast, 11)), ("+1%, at least +20%", .allocations, 10, Bound(.atLeast, 12)),
        ("x2, at least +0", .allocations, 0.25, Bound(.atLeast, 0.5)),
        ("x2", .allocations, 0.25, Bound(.atLeast, 1.25)),
        // Without any difference the baseline itself is good.
        ("3sigma", .time, 0, Bound(.above, 0)), ("-50%", .time, 0, Bound(.below, 0)),
        ("3sigma, at least +0 and +0%", .time, 7, Bound(.above, 7)),
    ]

    @Test(arguments: floorsOfBoundsCases)
    func floorsOfBounds(text: String, metric: Metric, level: Double, expected: Bound) throws {
        let found = try bound(text, Array(repeating: level, count: 20), metric)
        #expect(found == expected)
        #expect(found?.isCrossed(by: level) == false)
    }

    /// The rates that `standardCount` states: how often the next of normal values crosses `3sigma`, in 1,000.
    @Test(arguments: [(10, 9.4), (20, 4.3)]) func falseAlarmsOfSigmas(count: Int, rate: Double) throws {
        let baseline = try MovingBaseline("3sigma of the last \(count), at least +0 and +0%")
        var generator = SeededGenerator(seed: count)
        let runs = 20_000
        let crossed = (0..<runs).count { _ in
            var history = Noise.normal.series(count + 1, using: &generator)
            let next = history.removeLast()
            return baseline.bound(for: history, metric: .time)?.isCrossed(by: next) == true
        }
        #expect((rate * 0.75...rate * 1.25).contains(Double(crossed) / Double(runs) * 1000))
    }
}
