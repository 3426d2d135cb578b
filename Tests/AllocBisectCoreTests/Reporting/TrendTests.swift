import Benchmarks
import Git
import Testing

@testable import AllocBisectCore

@Suite("How a series went")
struct TrendTests {
    private func trend(
        _ values: [Double?], _ metric: Metric = .allocations, before: Double? = nil, steps: [Int] = [],
        thresholds: ThresholdRules = .standard
    ) throws -> Trend {
        var last = before
        let rows = try values.enumerated().map { position, value in
            var cell = HistoryCell(value: value, isStep: steps.contains(position))
            cell.change = value.flatMap { value in last.map { value - $0 } }
            last = value ?? last
            return HistoryRow(commit: try commit(position), cells: [cell])
        }
        let series = HistorySeries(
            package: "example.com/m", directory: ".", benchmark: "BenchmarkA", metric: metric, pair: .standard)
        let id = try commit(0).id
        let history = History(
            good: id, bad: id, series: [series], rows: rows, measured: 0, platform: "", goVersion: "", cpu: 1,
            warnings: [])
        let report = RangeReport(
            range: try RevisionRange("a..b"), history: history, thresholds: thresholds, search: .unwanted)
        return try #require(report.trends.first)
    }

    private func commit(_ number: Int) throws -> Commit {
        let digits = "\(number)"
        let id = try #require(ObjectID(String(repeating: "0", count: 40 - digits.count) + digits))
        let author = Signature(name: "A", email: "a@example.com", time: 0)
        return Commit(id: id, parents: [], tree: id, author: author, committer: author, subject: "", message: "")
    }

    @Test("follows from its ends, if it steps at all")
    func directions() throws {
        #expect(try trend([1, 1, 3], steps: [2]).direction == .worse)
        #expect(try trend([3, 3, 1], steps: [2]).direction == .better)
        #expect(try trend([1, 3, nil, 1], steps: [1, 3]).direction == .returned)
        #expect(try trend([1, 1, 1.01]).direction == .unchanged)
        #expect(try trend([5, 3], Metric("MB/s"), steps: [1]).direction == .worse)
        #expect(try trend([3, 5], Metric("MB/s"), steps: [1]).direction == .better)
    }

    @Test("starts at the commit before the first row, and skips what has no value")
    func ends() throws {
        let trend = try trend([nil, 4, 4, nil], before: 1, steps: [1])
        #expect(trend.good == 1 && trend.bad == 4 && trend.steps == [1])
        #expect(trend.bound?.isCrossed(by: 2) == true && trend.bound?.isCrossed(by: 1.9) == false)
    }

    @Test("is judged by a threshold of its metric, and by the default one where that moves")
    func thresholds() throws {
        let trend = try trend([0, 0, 0.3], .goroutines, steps: [2])
        #expect(
            trend.bound == Threshold.standard(for: .goroutines).bound(good: 0, metric: .goroutines, pair: .standard))
        #expect(trend.direction == .worse)
        let moving = try self.trend([1, 1, 3], steps: [2], thresholds: ThresholdRules(["3sigma"]))
        #expect(moving.bound == nil && moving.direction == .worse)
    }
}
