import Benchmarks
import Testing

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
