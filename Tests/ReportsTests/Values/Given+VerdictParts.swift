import Benchmarks
import Git

@testable import AllocBisectCore
@testable import Explaining

extension Given {
    static func verdict(_ series: [SeriesVerdict]) -> Verdict {
        Verdict(
            good: id(1), bad: id(9), candidates: 8, canDiffer: 5, series: series, measured: 4, reused: 2,
            skipped: [], warnings: ["go.mod changed at 0303030303"])
    }

    static func series(
        _ name: String, _ outcome: SeriesOutcome, metric: Metric = .allocations, threshold: String = "+5%"
    ) throws -> SeriesVerdict {
        let threshold = try Threshold(threshold)
        return SeriesVerdict(
            package: "example.com/demo/book", directory: "book", benchmark: "Benchmark" + name,
            target: .init(package: "book", pattern: "^Benchmark\(name)$"), metric: metric, good: 1, bad: 252.01,
            threshold: threshold, bound: threshold.bound(good: 1, metric: metric, pair: .standard), outcome: outcome,
            culprits: [], suspects: [], warnings: [])
    }

    static func culprit(_ commit: Commit, _ explanation: Explanation?) -> Culprit {
        Culprit(
            commit: commit, before: 1, after: 252.01, parent: commit.parents.first, explanation: explanation,
            confirmed: true)
    }
    /// A merge that brings 1 itself, to what the steps of the two branches that it merges made.
    static let merges: [GoldenValue<Verdict>] = [
        .init("merge") {
            var series = try Given.series("Depth", .found)
            (series.good, series.bad, series.isAccounted, series.unexplained) = (62, 87, true, 0)
            let steps = [(62.0, 82.0, 0.8), (62, 66, 0.16), (82, 87, 0.04)]
            series.culprits = steps.enumerated().map { number, step in
                var culprit = culprit(commit(3 + number, "step \(number)", merging: number == 2 ? 3 : nil), nil)
                (culprit.before, culprit.after, culprit.share) = (step.0, step.1, step.2)
                return culprit
            }
            return verdict([series])
        }
    ]
}
