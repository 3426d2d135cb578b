import Benchmarks

@testable import AllocBisectCore
@testable import Explaining

extension Given {
    /// What `explain` may find.
    static let comparisons: [GoldenValue<CommitComparison>] = [
        .init("usual") { comparison([difference(.allocations, explanation), difference(.time, nil)]) },
        .init("kinds") { comparison(Explanation.Kind.allCases.map(difference) + proofs.map(difference)) },
        .init("long") {
            var brief = longExplanation
            brief.hunks = [explanation.hunks[0]]
            return comparison(
                [difference(.allocations, longExplanation)]
                    + [Metric.bytes, .goroutines, .retainedObjects, .retainedBytes, .instructions, .reports]
                    .map { difference($0, brief) })
        },
        .init("advice") { comparison(advised.map { difference($0, $1) }) },
        .init("equal") { comparison([], compared: 12) },
        .init("hostile") {
            var difference = Given.difference(Metric(hostile("metric")), hostileExplanation)
            (difference.package, difference.benchmark) = (hostile("package"), hostile("benchmark"))
            let others = [Metric.goroutines, .retainedBytes, .reports].map { Given.difference($0, hostileExplanation) }
            return CommitComparison(
                before: hostileCommit(1), after: hostileCommit(2), series: [difference] + others, compared: 3,
                warnings: [hostile("warning"), hostile("warning")])
        },
    ]

    private static func comparison(
        _ series: [CommitComparison.Difference], compared: Int = 9
    ) -> CommitComparison {
        CommitComparison(
            before: commit(1), after: commit(2, "book: copy the levels", by: "Grace Hopper"), series: series,
            compared: compared, warnings: ["book BenchmarkSlow at 0202020202: the time limit was reached"])
    }

    private static func difference(_ metric: Metric, _ explanation: Explanation?) -> CommitComparison.Difference {
        .init(
            package: "example.com/demo/book", benchmark: "BenchmarkDepth/levels=8", metric: metric, before: 1,
            after: 252.01, explanation: explanation)
    }

    private static func difference(_ kind: Explanation.Kind) -> CommitComparison.Difference {
        difference(.allocations, Explanation(kind: kind, reason: "as the files that changed tell", share: nil))
    }

    private static func difference(_ proof: Explanation.Proof) -> CommitComparison.Difference {
        var explanation = Explanation(kind: .code, reason: "as the files that changed tell", share: nil)
        explanation.proof = proof
        return difference(.allocations, explanation)
    }
}
