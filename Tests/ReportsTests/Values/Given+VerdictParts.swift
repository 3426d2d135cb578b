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
}
