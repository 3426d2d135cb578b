import Benchmarks
import Git

@testable import AllocBisectCore

extension Given {
    /// What `record` may measure: values, every reason for having none, and neither.
    static let recordings: [GoldenValue<CommitMeasurements>] = [
        .init("values") {
            let metrics: [Metric] = [
                .retainedBytes, .retainedObjects, .goroutines, .time, .bytes, .allocations, Metric("MB/s"),
                Metric("rows"),
            ]
            let values = metrics.enumerated().map { ($1, Double($0) * 1.25) }
            return CommitMeasurements(
                commit: commit(3),
                rows: [
                    row("BenchmarkDepth/levels=8", Dictionary(uniqueKeysWithValues: values)),
                    row("BenchmarkWalk", [.allocations: 252.01, Metric("rows"): 12_345.678]),
                ], failures: [], warnings: ["the limit of memory is not set"])
        },
        .init("failures") {
            CommitMeasurements(
                commit: commit(3), rows: [],
                failures: Failure.Reason.allCases.map { reason in
                    (
                        target: .init(package: "book", pattern: "^BenchmarkDepth$"),
                        failure: Failure(reason, "# book\nfirst line\nallocbisect: a note\n  third line\n")
                    )
                }, warnings: [])
        },
        .init("alike") {
            CommitMeasurements(
                commit: commit(3), rows: [],
                failures: [("book", "Depth"), ("book", "Walk"), ("feed", "Depth"), ("book", "Add")].map {
                    (
                        target: .init(package: $0, pattern: "^Benchmark\($1)$"),
                        failure: Failure(.build, "# \($0)\n./m.go:3:2: undefined: x\n./m.go:4:2: undefined: y\n")
                    )
                }, warnings: [])
        },
        .init("nothing") { CommitMeasurements(commit: commit(3), rows: [], failures: [], warnings: []) },
        .init("hostile") {
            var row = Given.row(hostile("benchmark"), [.allocations: 1, Metric(hostile("unit")): 2])
            row.package = hostile("package")
            let failure = Failure(.build, "\(hostile("first line"))\n\(hostile("second line"))")
            return CommitMeasurements(
                commit: hostileCommit(3), rows: [row],
                failures: [(target: .init(package: hostile("folder"), pattern: hostile("pattern")), failure: failure)],
                warnings: [hostile("warning"), hostile("warning")])
        },
    ]

    /// What `plan` may tell.
    static let previews: [GoldenValue<SearchPlan>] = [
        .init("usual") { preview([commit(4), commit(6, "feed: buffer")], mergeBase: id(1)) },
        .init("small") { preview([], commits: 1) },
        .init("hostile") {
            var preview = Given.preview([hostileCommit(4)])
            preview.notes = [hostile("note"), hostile("note")]
            return preview
        },
    ]

    /// What a history may take: nothing, something, and what is hostile.
    static let plans: [GoldenValue<HistoryPlan>] = [
        .init("none") { HistoryPlan(commits: 12, jobs: [], measurer: "this machine, 2 at once") },
        .init("usual") {
            let commit = Given.commit(4)
            return HistoryPlan(
                commits: 12,
                jobs: [
                    .init(commit: commit.id, subject: commit.subject, benchmarks: 1, packages: 1),
                    .init(commit: id(6), subject: "feed: buffer", benchmarks: 12, packages: 3),
                ], measurer: "hostA, 1 at once; hostB, 4 at once")
        },
        .init("hostile") {
            let commit = hostileCommit(4)
            return HistoryPlan(
                commits: 1, jobs: [.init(commit: commit.id, subject: commit.subject, benchmarks: 2, packages: 1)],
                measurer: hostile("template"))
        },
    ]

    /// How a machine may be: every state of what is looked at, and what is hostile.
    static let diagnoses: [GoldenValue<Diagnosis>] = [
        .init("states") {
            Diagnosis(
                findings: everyCase(from: Diagnosis.State.well) {
                    switch $0 {
                    case .well: .odd
                    case .odd: .missing
                    case .missing: nil
                    }
                }.map { .init(subject: "\($0)", state: $0, text: "go1.26 for linux/amd64/v1, /usr/bin/go") })
        },
        .init("hostile") {
            Diagnosis(findings: [.init(subject: "repository", state: .missing, text: hostile("path"))])
        },
    ]

    private static func row(_ benchmark: String, _ values: [Metric: Double]) -> CommitMeasurements.Row {
        .init(package: "example.com/demo/book", benchmark: benchmark, values: values)
    }

    private static func preview(_ first: [Commit], commits: Int = 8, mergeBase: ObjectID? = nil) -> SearchPlan {
        SearchPlan(
            range: ResolvedRange(
                good: id(1), bad: id(9), mergeBase: mergeBase,
                commits: (0..<commits).map { CommitNode(id: id(9 - $0), parents: []) }),
            canDiffer: commits, expectedMeasurements: commits + 2, first: first,
            notes: mergeBase == nil ? [] : ["0101010101 is not an ancestor of 0909090909"])
    }
}
