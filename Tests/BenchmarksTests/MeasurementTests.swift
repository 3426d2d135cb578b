import Benchmarks
import Testing

@Suite("Values of a measurement's rounds")
struct MeasurementTests {
    @Test func namesAreThoseOfTheLongerRun() {
        let round = Round(short: ["BenchmarkA": ["ns/op": 1]], long: ["BenchmarkB": ["ns/op": 1], "BenchmarkC": [:]])
        #expect(Measurement(target: Totals.target, pair: .standard, rounds: [round]).names == ["BenchmarkB"])
    }

    @Test func metricsAreThoseThatHaveAValue() {
        let round = Round(
            short: ["BenchmarkA": ["probe-mallocs": 1]],
            long: ["BenchmarkA": ["ns/op": 1, "hits": 2, "probe-mallocs": 1, "probe-goroutines": 1]])
        let measurement = Measurement(target: Totals.target, pair: .standard, rounds: [round])
        // The shorter run has no goroutines to compare with.
        #expect(measurement.metrics(of: "BenchmarkA") == [.time, Metric("hits"), .allocations])
    }

    @Test("Counts that are the same throughout two pairs fit both")
    func otherPairs() {
        let (small, large) = (IterationPair(short: 30, long: 300), IterationPair.standard)
        /// A measurement in which `cost` is what that many operations cost altogether.
        func measurement(
            _ pair: IterationPair, _ unit: String = "probe-mallocs", _ cost: (Double) -> Double
        ) -> Measurement {
            let (short, long) = (cost(Double(pair.short)), cost(Double(pair.long)))
            return Measurement(
                target: Totals.target, pair: pair,
                rounds: [Round(short: ["BenchmarkA": [unit: short]], long: ["BenchmarkA": [unit: long]])])
        }
        for (pair, other) in [(small, large), (large, small)] {
            #expect(measurement(pair) { 40 + 3 * $0 }.fits(other))
            // A slice that is kept grows every now and then; a cache is full after 200 operations.
            #expect(!measurement(pair) { 3 * $0 + 10 * ($0 / 32).rounded(.down) }.fits(other))
            #expect(!measurement(pair, "probe-bytes") { 64 * $0 * $0 }.fits(other))
        }
        #expect(!measurement(small) { 1000 + min($0, 200) }.fits(large))
        // What does not overlap, or is too few, tells nothing.
        #expect(!measurement(IterationPair(short: 3, long: 30)) { 3 * $0 }.fits(large))
        #expect(!measurement(IterationPair(short: 2, long: 10)) { 3 * $0 }.fits(IterationPair(short: 2, long: 3)))
        #expect(measurement(IterationPair(short: 2, long: 3)) { 3 * $0 }.fits(IterationPair(short: 2, long: 3)))
        #expect(Measurement(target: Totals.target, failure: Failure(.panicked)).fits(large))
    }

    @Test func aMissingValueHasAReason() {
        var measurement = Measurement(
            target: Totals.target, pair: .standard, rounds: [Round(long: ["BenchmarkA": ["ns/op": 1]])])
        func failure(of name: String = "BenchmarkA/x", _ metric: Metric = .time) -> Failure {
            measurement.failure(of: name, metric)
        }
        #expect(failure().reason == .missingBenchmark)
        measurement.failure = Failure(.leftProcesses)
        #expect(failure().reason == .missingBenchmark && failure().isOfAbsence(of: .time))
        #expect(
            failure(of: "BenchmarkA", Metric("hits")).description
                == "the benchmark does not report the metric: BenchmarkA has no hits")
        #expect(failure(of: "BenchmarkA", .peakHeap).message == "peak-heap-B takes Go 1.21 or newer")
        // A benchmark may well be where there is no go.mod.
        #expect(!Failure(.missingModule).isOfAbsence(of: .allocations))
        #expect(failure(of: "BenchmarkA", Metric("hits")).isOfAbsence(of: Metric("hits")))
        // The benchmark is there, and was not the first one of its process.
        #expect(!failure(of: "BenchmarkA", .peakMemory).isOfAbsence(of: .peakMemory))
        measurement.failure = Failure(.panicked, "panic: x\nmore")
        #expect(failure().description == "the benchmark panicked: panic: x")
    }

    private static let behaviorFollowsTheUnitCases: [(String, Metric.Behavior)] = [
        ("allocs/op", Metric.Behavior.counted), ("B/op", .counted), ("goroutines/op", .growth),
        ("retained-objects/op", .growth),
        ("retained-B/op", .growth), ("ns/op", .timed), ("p99-ns/op", .timed), ("ns/GC", .timed), ("MB/s", .timed),
        ("cpu-ns/op", .timed), ("instructions/op", .timed), ("peak-B", .reported), ("peak-heap-B", .reported),
        ("cache-entries", .reported), ("B/s/op", .reported), ("goroutines", .reported),
    ]

    @Test(arguments: behaviorFollowsTheUnitCases)
    func behaviorFollowsTheUnit(unit: String, behavior: Metric.Behavior) {
        #expect(Metric(unit).behavior == behavior)
    }
}
