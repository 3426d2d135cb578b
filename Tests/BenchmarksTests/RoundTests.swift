import Benchmarks
import Testing

@Suite("What is kept of what two processes print") struct RoundTests {
    private func result(_ iterations: Int, _ values: [String: Double], name: String = "BenchmarkA") -> BenchmarkResult {
        BenchmarkResult(name: name, iterations: iterations, values: values)
    }

    private func round(_ short: [BenchmarkResult], _ long: [BenchmarkResult]) -> Round {
        Round(short: short, long: long, pair: .standard)
    }

    @Test func everythingIsKeptButWhatFollowsFromTheTotals() {
        let printed: [String: Double] = [
            "allocs/op": 2, "B/op": 99, "ns/op": 5, "probe-mallocs": 2766, "probe-bytes": 99_999, "hits": 7,
            "probe-goroutines": 1, "probe-wall-ns": 8, "probe-snapshot": 3,
        ]
        let round = round([], [result(1000, printed)])
        #expect(round.short.isEmpty)
        #expect(
            round.long["BenchmarkA"] == [
                "ns/op": 5, "probe-mallocs": 2766, "probe-bytes": 99_999, "hits": 7, "probe-goroutines": 1,
            ])
    }

    @Test func whatABenchmarkReportsByItselfIsKept() {
        let round = round(
            [], [result(1000, ["allocs/op": 7, "B/op": 99, "probe-mallocs": 2766, "probe-bytes": 99_999])])
        #expect(round.long["BenchmarkA"] == ["allocs/op": 7, "probe-mallocs": 2766, "probe-bytes": 99_999])
    }

    @Test func withoutTheProbeGoIsBelieved() {
        let round = round([result(100, ["allocs/op": 3])], [result(1000, ["allocs/op": 2])])
        let measurement = Measurement(target: Totals.target, pair: .standard, rounds: [round])
        #expect(measurement.value("BenchmarkA", .allocations) == 2)
        #expect(measurement.metrics(of: "BenchmarkA") == [.allocations])
    }

    @Test func iterationsThatABenchmarkChoseAreKept() {
        let round = round(
            [result(110, ["probe-mallocs": 250])], [result(1050, ["probe-mallocs": 2130, "allocs/op": 2])])
        #expect(round.short["BenchmarkA"] == ["probe-mallocs": 250, "probe-iterations": 110])
        #expect(round.long["BenchmarkA"] == ["probe-mallocs": 2130, "probe-iterations": 1050])
        let measurement = Measurement(target: Totals.target, pair: .standard, rounds: [round])
        #expect(measurement.value("BenchmarkA", .allocations) == 2)
    }

    @Test func aBenchmarkThatOnlyOneProcessPrinted() {
        let round = round([result(100, ["ns/op": 3], name: "BenchmarkA/x")], [result(1000, ["ns/op": 1])])
        let measurement = Measurement(target: Totals.target, pair: .standard, rounds: [round])
        #expect(measurement.names == ["BenchmarkA"])
        #expect(round.short == ["BenchmarkA/x": ["ns/op": 3]])
    }
}
