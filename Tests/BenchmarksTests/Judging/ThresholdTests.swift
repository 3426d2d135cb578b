import Benchmarks
import Testing

@Suite("Thresholds as they are written")
struct ThresholdTests {
    private static let legalFormsCases: [(String, Threshold.Shape)] = [
        ("+5%", Threshold.Shape.riseBy(fraction: 0.05)), ("+ 5 %", .riseBy(fraction: 0.05)),
        ("+0.5%", .riseBy(fraction: 0.005)),
        ("+1", .rise(1)), ("+.5", .rise(0.5)), ("+1e3", .rise(1000)), (">+0.1", .riseOver(0.1)), ("x3", .factor(3)),
        ("x0.5", .factor(0.5)), (">100", .above(100)), (">0", .above(0)), ("-5%", .fallBy(fraction: 0.05)),
        ("-1", .fall(1)),
        ("<100", .below(100)), ("< 0", .below(0)),
    ]

    /// Of a rate, less is worse.
    @Test func standardOfARate() {
        let metric = Metric("MB/s")
        let threshold = Threshold.standard(for: metric)
        let bound = threshold.bound(good: 100, metric: metric, pair: .standard)
        #expect(threshold.description == "-5%" && bound == Bound(.atMost, 95))
    }

    @Test(arguments: legalFormsCases)
    func legalForms(text: String, shape: Threshold.Shape) throws {
        #expect(try Threshold(text).shape == shape)
    }

    @Test(arguments: [
        "", " ", "5", "5%", "+", "-", "x", ">", "<", "%", "+%", "x5%", ">5%", "<5%", "+-5", "--1", "++1", "+1x", "+5%%",
        ">=3",
        "=+1", "+0", "-0%", "x0", "x1", ">+0", "+inf", "+nan", ">nan", "+0x10", "xx3", "+1e999", "+½", "+٣", "+1,5",
    ])
    func illegalForms(text: String) {
        let error = #expect(throws: ThresholdError.self) { try Threshold(text) }
        #expect(error?.description.contains("is not a valid threshold. Write +5%, +1, x3 or >100") == true)
    }

    private static let movingFormsCases: [(String, String, Int)] = [
        ("3sigma", "3sigma of the last 20", 20), ("-3sigma", "-3sigma of the last 20", 20),
        ("x3 of the last 10", "x3 of the last 10", 10), ("x3ofthelast10", "x3 of the last 10", 10),
        (
            "+200% of the previous window, at least +1 and +5%", "+200% of the last 20, at least +1 and +5%", 20
        ),
    ]

    @Test(arguments: movingFormsCases)
    func movingForms(text: String, description: String, count: Int) throws {
        let threshold = try Threshold(text)
        #expect(threshold.shape == .moving(try MovingBaseline(text)) && threshold.baseline?.count == count)
        #expect(threshold.description == description && !threshold.isAbsolute)
        #expect(try Threshold(threshold.description) == threshold)
    }

    @Test(arguments: ["3 sigmas", "sigma", "x3 of the last", "+5 of the last 3", ">3 of the last 10"])
    func illegalMovingForms(text: String) {
        let error = #expect(throws: ThresholdError.self) { try ThresholdRules(["allocs/op=" + text]) }
        #expect(error?.description.hasPrefix("'\(text)' is not a valid moving baseline. Write 3sigma") == true)
    }

    @Test func whatIsRelativeToGoodDoesNotMove() throws {
        for text in ["x3", "+200%", "-50%", ">3"] { #expect(try Threshold(text).baseline == nil) }
    }

    @Test func movingBoundsGoByThePast() throws {
        let threshold = try Threshold("x3 of the last 3")
        #expect(threshold.bound(good: 9, past: [1, 2, 3, 9], metric: .time, pair: .standard) == Bound(.atLeast, 9))
        #expect(threshold.bound(good: 9, past: [3, 9], metric: .time, pair: .standard) == nil)
        #expect(threshold.bound(good: nil, past: [2, 2, 2], metric: .time, pair: .standard) == Bound(.atLeast, 6))
        #expect(try bound("x3", 9, .time) == Bound(.atLeast, 27))
    }

    private func bound(_ text: String, _ good: Double?, _ metric: Metric, _ pair: IterationPair? = .standard) throws
        -> Bound?
    {
        try Threshold(text).bound(good: good, metric: metric, pair: pair)
    }

    /// Good, the largest value that is still good, the smallest that is bad.
    private static let upwardsCases: [(String, Metric, Double, Double, Double)] = [
        ("+5%", Metric.allocations, 100.0, 104.9, 105.0), ("+5%", .allocations, 4, 4.9, 5),
        ("+5%", .allocations, 0, 0.9, 1),
        ("+5%", .bytes, 1000, 1049, 1050), ("+5%", .bytes, 16, 31, 32), ("+5%", .bytes, 0, 15, 16),
        ("+5%", .goroutines, 0, 0.09, 0.1), ("+5%", .retainedBytes, 0, 22, 23), ("+5%", .time, 100, 104.9, 105.0),
        ("+1", .allocations, 0.5, 1.4, 1.5), ("+1", .time, 0.5, 1.4, 1.5), ("+0.1", .allocations, 1, 1.08, 1.1),
        ("x3", .allocations, 2, 5.9, 6),
        ("x3", .allocations, 0, 0.9, 1), ("x2", .time, 10, 19.9, 20), (">+1", .allocations, 5, 6, 6.001),
        (">100", .allocations, 500, 100, 100.01), (">0", Metric("hits"), 0, 0, 0.001),
        ("+5%", Metric("hits"), 0, 0, 0.001),
        ("x2", Metric("hits"), 0, 0, 0.001), ("x2", Metric("hits"), -10, -1, 0),
        ("+1", Metric("hits"), 1e18, 1e18, 1.1e18),
    ]

    @Test(arguments: upwardsCases)
    func upwards(text: String, metric: Metric, good: Double, stillGood: Double, bad: Double) throws {
        let bound = try #require(try bound(text, good, metric))
        #expect(bound.isUpward)
        #expect(!bound.isCrossed(by: stillGood) && bound.isCrossed(by: bad), "\(bound)")
        if !(try Threshold(text).isAbsolute) { #expect(!bound.isCrossed(by: good)) }
    }

    private static let downwardsCases: [(String, Metric, Double, Double, Double)] = [
        ("-5%", Metric.allocations, 100.0, 95.1, 95.0), ("-5%", .allocations, 4, 3.1, 3), ("-5%", .bytes, 100, 85, 84),
        ("-1", .allocations, 1, 0.1, 0), ("-1", .time, 10, 9.1, 9), ("x0.5", .allocations, 10, 5.1, 5),
        ("x0.5", .allocations, 1, 0.1, 0),
        ("<100", .allocations, 5, 100, 99.99), ("-5%", Metric("hits"), 0, 0, -0.001),
        ("-5%", Metric("hits"), -100, -104, -105),
    ]

    @Test(arguments: downwardsCases)
    func downwards(text: String, metric: Metric, good: Double, stillGood: Double, bad: Double) throws {
        let bound = try #require(try bound(text, good, metric))
        #expect(!bound.isUpward)
        #expect(!bound.isCrossed(by: stillGood) && bound.isCrossed(by: bad), "\(bound)")
        if !(try Threshold(text).isAbsolute) { #expect(!bound.isCrossed(by: good)) }
    }

    /// Of whole numbers, a step exactly as large as what is asked for is bad, and one smaller by one is not.
    @Test(arguments: [0.0, 1, 19, 20, 40, 340, 1000, 12_340]) func theBoundIsExact(good: Double) throws {
        let change = max(1, (good / 20).rounded(.up))
        for metric in [Metric.allocations, Metric("hits")] where metric == .allocations || good >= 20 {
            let bound = try #require(try bound("+5%", good, metric))
            #expect(bound.isCrossed(by: good + change) && !bound.isCrossed(by: good + change - 1))
        }
        let fall = try #require(try bound("-1", good + 1, .allocations))
        #expect(fall.isCrossed(by: good) && !fall.isCrossed(by: good + 1))
    }

    /// One stray object does not count as growth, however few the iterations; a goroutine in every iteration is.
    @Test(arguments: IterationPair.scale) func growthIsToldByAFewObjects(pair: IterationPair) throws {
        for text in [">+0.1", "+5%", "x3", "3sigma"] {
            let threshold = try Threshold(text)
            let past = Array(repeating: 0.0, count: 20)
            for metric in [Metric.retainedObjects, .goroutines] {
                let bound = try #require(threshold.bound(good: 0, past: past, metric: metric, pair: pair))
                #expect(bound.value >= 0.1 && !bound.isCrossed(by: 0))
                let stray = (metric == .goroutines ? 0.4 : 2) / Double(pair.span)
                #expect(!bound.isCrossed(by: stray), "\(metric) \(bound)")
            }
            let goroutines = try #require(threshold.bound(good: 0, past: past, metric: .goroutines, pair: pair))
            #expect(goroutines.isCrossed(by: 1))
        }
    }

    @Test func onlyAnAbsoluteThresholdDoesWithoutGood() throws {
        for text in ["+5%", "+1", "x3", "-5%", "-1", ">+1"] {
            #expect(try !Threshold(text).isAbsolute)
            #expect(try bound(text, nil, .allocations) == nil)
        }
        #expect(try bound(">3", nil, .allocations) == Bound(.above, 3))
        #expect(try bound("<3", nil, .allocations) == Bound(.below, 3))
    }

    @Test func standardOfEachMetric() {
        #expect(
            [Metric.allocations, .bytes, .time, Metric("hits")].map { Threshold.standard(for: $0).description } == [
                "+5%", "+5%", "+5%", "+5%",
            ])
        for metric in [Metric.goroutines, .retainedObjects] {
            let bound = Threshold.standard(for: metric).bound(good: 0, metric: metric, pair: .standard)
            #expect(bound == Bound(.above, 0.1))
            #expect(try! Threshold(Threshold.standard(for: metric).description) == Threshold.standard(for: metric))
        }
    }

    @Test func rulesForOneMetricComeBeforeThoseForAll() throws {
        let rules = try ThresholdRules(["+7%", "allocs/op=+1", "ns/op = -5%", "+8%", "allocs/op=+2", "hits=>3"])
        let written = [Metric.allocations, .time, .bytes, .goroutines, Metric("hits")].map {
            rules.threshold(for: $0).description
        }
        #expect(written == ["+2", "-5%", "+8%", "+8%", ">3"])
        #expect(rules.namedMetrics == [.allocations, .time, Metric("hits")])
        #expect(ThresholdRules.standard.threshold(for: .goroutines) == .standard(for: .goroutines))
    }

    @Test func rulesKnowTheLongestWindow() throws {
        #expect(try ThresholdRules(["+5%", "ns/op=x3"]).longestWindow == nil)
        var rules = try ThresholdRules(["x3 of the last 10", "ns/op=3sigma of the last 12"])
        #expect(rules.longestWindow == 12 && rules.namedMetrics == [.time])
        rules.add(try Threshold("3sigma"), for: SeriesFilter(package: "."))
        #expect(rules.longestWindow == 20)
    }

    @Test(arguments: [
        (">=3", ">=3"), ("allocs/op=", ""), ("allocs/op=>=3", ">=3"), ("=+1", "=+1"), ("allocs/op", "allocs/op"),
    ])
    func rulesNameWhatIsWrong(argument: String, wrong: String) {
        let error = #expect(throws: ThresholdError.self) { try ThresholdRules([argument]) }
        #expect(error?.description.hasPrefix("'\(wrong)' is not a valid threshold.") == true)
    }
}
