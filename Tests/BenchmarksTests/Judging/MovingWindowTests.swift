import Benchmarks
import Testing

@Suite("The earlier values that a threshold follows")
struct MovingWindowTests {
    private func values(_ count: Int, _ entries: [(String, Double)]) -> [Double] {
        var window = MovingWindow<String>(count: count)
        for (source, value) in entries { window.add(value, from: source) }
        return window.values
    }

    @Test func keepsTheNewestValuesInTheirOrder() {
        #expect(values(3, []).isEmpty)
        #expect(values(3, [("a", 1), ("b", 2)]) == [1, 2])
        #expect(values(3, [("a", 1), ("b", 2), ("c", 3), ("d", 4)]) == [2, 3, 4])
    }

    @Test func aMeasurementCountsOnceWhereItWasLast() {
        #expect(values(3, [("a", 5), ("a", 5), ("a", 5), ("b", 5)]) == [5, 5])
        // A revert: what was measured first is the newest value again, and pushes nothing out.
        #expect(values(3, [("a", 1), ("b", 2), ("c", 3), ("a", 1)]) == [2, 3, 1])
        #expect(values(2, [("a", 1), ("b", 2), ("c", 3), ("a", 1)]) == [3, 1])
    }
}
