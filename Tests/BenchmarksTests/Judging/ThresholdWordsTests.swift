import Benchmarks
import Testing

@Suite("A threshold in words")
struct ThresholdWordsTests {
    @Test(
        "says what decided on the bound, where that is more than was asked for",
        arguments: [
            ("+5%", .allocations, 13.33, 14.33, "+5% and at least +1"), ("+5%", .allocations, 1000, 1050, "+5%"),
            ("x3", .allocations, 0.1, 1.1, "x3 and at least +1"), ("-5%", .allocations, 3, 2, "-5% and at least -1"),
            ("+1", .allocations, 3, 4, "+1"), (">100", .allocations, 3, 100, ">100"),
            ("+5%", .bytes, 64, 80, "+5% and at least +16"), (">+0.1", .retainedObjects, 0, 0.1, ">+0.1"),
        ] as [(String, Metric, Double, Double, String)])
    func words(text: String, metric: Metric, good: Double, bound: Double, words: String) throws {
        let bound = Bound(bound < good ? .atMost : .atLeast, bound)
        #expect(try Threshold(text).description(of: bound, good: good, metric) == words)
        #expect(try Threshold(text).description(of: nil, good: good, metric) == text)
    }
}
