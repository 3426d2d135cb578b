import Benchmarks
import Testing

struct MeasurementTests {
    private static let target = Measurement.Target(package: ".", pattern: "^BenchmarkA$")

    private func measurement(_ metric: Metric, _ values: [Double?], short: Double? = nil) -> Measurement {
        let rounds = values.map { value in
            Round(
                values: value.map { ["BenchmarkA": [metric: $0]] } ?? [:],
                shortAllocations: short.map { ["BenchmarkA": $0] } ?? [:])
        }
        return Measurement(target: Self.target, pair: .standard, rounds: rounds)
    }

    @Test func countsStandByTheirMinimumAndTheRestByTheMedian() {
        let values: [Double?] = [5, nil, 9, 4, 100]
        for metric in [Metric.allocations, .bytes] {
            #expect(measurement(metric, values).value("BenchmarkA", metric) == 4)
        }
        for metric in [Metric.goroutines, .retainedBytes, .time, Metric("hits/op")] {
            #expect(measurement(metric, values).value("BenchmarkA", metric) == 7)
        }
        #expect(measurement(.time, [3, 1, 2]).value("BenchmarkA", .time) == 2)
        #expect(measurement(.time, [nil]).value("BenchmarkA", .time) == nil)
        #expect(measurement(.time, [nil]).names.isEmpty)
    }

    private static let growthWithIterationsCases: [(Double, Double, Bool)] = [
        (10.0, 10.0, false), (10, 16, true), (10, 15, false), (0, 1, false), (0, 1.5, true), (2, 3.5, true),
        (1, 2, false), (9, 3, false),
    ]

    @Test(arguments: growthWithIterationsCases)
    func growthWithIterations(short: Double, long: Double, grows: Bool) {
        #expect(measurement(.allocations, [long, long + 50], short: short).growsWithIterations("BenchmarkA") == grows)
    }

    @Test func aMissingValueHasAReason() {
        var measurement = measurement(.time, [1])
        #expect(measurement.failure(of: "BenchmarkA/x").reason == .missingBenchmark)
        measurement.failure = Failure(.leftProcesses)
        #expect(measurement.failure(of: "BenchmarkA/x").reason == .missingBenchmark)
        measurement.failure = Failure(.panicked, "panic: x\nmore")
        #expect(measurement.failure(of: "BenchmarkA/x").description == "the benchmark panicked: panic: x")
    }

    @Test func slowerBenchmarksGetSmallerPairs() {
        func long(_ slowest: Double, _ total: Double) -> Int {
            IterationPair.fitting(slowest: slowest, total: total).long
        }
        #expect(long(0.001, 0.005) == 1000)
        #expect(long(0.0011, 0.002) == 100)
        #expect(long(0.001, 0.0051) == 100)
        #expect(long(0.1, 0.1) == 10)
        #expect(long(60, 60) == 3)
        #expect(IterationPair.ladder.allSatisfy { $0.short > 1 && $0.span > 0 })
        #expect(IterationPair(long: 1) == IterationPair(short: 1, long: 1))
        #expect(IterationPair(long: 2) == IterationPair(short: 2, long: 2))
        #expect(IterationPair(long: 19) == IterationPair(short: 2, long: 19))
        #expect(IterationPair(long: 200) == IterationPair(short: 20, long: 200))
    }

    private static let behaviorFollowsTheUnitCases: [(String, Metric.Behavior)] = [
        ("allocs/op", Metric.Behavior.counted), ("B/op", .counted), ("goroutines/op", .growth),
        ("retained-objects/op", .growth),
        ("retained-B/op", .growth), ("ns/op", .timed), ("p99-ns/op", .timed), ("ns/GC", .timed), ("MB/s", .timed),
        ("cache-entries", .reported), ("B/s/op", .reported), ("goroutines", .reported),
    ]

    @Test(arguments: behaviorFollowsTheUnitCases)
    func behaviorFollowsTheUnit(unit: String, behavior: Metric.Behavior) {
        #expect(Metric(unit).behavior == behavior)
    }
}
