import Benchmarks
import Testing

struct RoundTests {
    private func result(_ iterations: Int, _ values: [String: Double], name: String = "BenchmarkA") -> BenchmarkResult {
        BenchmarkResult(name: name, iterations: iterations, values: values)
    }

    @Test func totalsGiveWhatGoTruncates() {
        let long = result(
            1000, ["allocs/op": 2, "B/op": 99, "ns/op": 5, "probe-mallocs": 2766, "probe-bytes": 99_999])
        let values = Round(short: [], long: [long]).values["BenchmarkA"]
        #expect(values == [.allocations: 2.766, .bytes: 99.999, .time: 5])
    }

    @Test func ownUnitsOfABenchmarkStand() {
        let long = result(
            1000, ["allocs/op": 7, "B/op": 3, "probe-mallocs": 2766, "probe-bytes": 99_999, "goroutines": 4])
        let values = Round(short: [], long: [long]).values["BenchmarkA"]
        #expect(values == [.allocations: 7, .bytes: 3, Metric("goroutines"): 4])
    }

    @Test func withoutTheProbeGoIsBelieved() {
        let values = Round(short: [result(10, ["allocs/op": 3])], long: [result(100, ["allocs/op": 2])])
        #expect(values.values["BenchmarkA"] == [.allocations: 2])
        #expect(values.shortAllocations == ["BenchmarkA": 3])
    }

    @Test func growthIsTheSlopeBetweenTheIterationsThatRan() {
        func probe(_ iterations: Int, _ goroutines: Double) -> BenchmarkResult {
            result(
                iterations,
                ["probe-goroutines": goroutines, "probe-live-objects": 2 * goroutines, "probe-live-bytes": -goroutines])
        }
        // 40 of set-up, then one in two iterations; b.Loop may run other counts than were asked for.
        let values = Round(short: [probe(110, 95)], long: [probe(1050, 565)]).values["BenchmarkA"]
        #expect(values == [.goroutines: 0.5, .retainedObjects: 1, .retainedBytes: -0.5])
        #expect(Round(short: [probe(100, 95)], long: [probe(100, 95)]).values["BenchmarkA"] == [:])
        #expect(Round(short: [], long: [probe(100, 95)]).values["BenchmarkA"] == [:])
    }

    @Test func aBenchmarkThatOnlyOneProcessPrinted() {
        let round = Round(
            short: [result(10, ["allocs/op": 1], name: "BenchmarkA/x")], long: [result(100, ["ns/op": 1])])
        #expect(round.values == ["BenchmarkA": [.time: 1]])
        #expect(round.shortAllocations == ["BenchmarkA/x": 1])
    }
}
