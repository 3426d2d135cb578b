import Benchmarks

@testable import AllocBisectCore
@testable import Policy

extension Given {
    /// What a check may say.
    static let checks: [GoldenValue<Check>] = [
        .init("states") {
            var series = try states.map { try checked("State/\($0.name)", $0) }
            var gone = try checked("Gone", .failed(reason: "there is no value at head: the benchmark panicked: boom"))
            (gone.after, gone.place) = (nil, nil)
            var byHead = try checked("ByHead", .passed, threshold: ">300")
            (byHead.before, byHead.baseFailure) = (nil, "the test binary does not build: undefined: x")
            var unbounded = try checked("Unbounded", .new)
            (unbounded.before, unbounded.bound) = (nil, nil)
            var same = try checked("Same", .passed)
            (same.before, same.after, same.bound) = (nil, nil, nil)
            series += [gone, byHead, unbounded, same]
            return check(series, warnings: ["an entry of ignore expired on 2025-12-31"])
        },
        .init("severities") {
            check(
                try Severity.allCases.map {
                    var checked = try Given.checked("Severity/\($0)", .warned(reason: "there is no value at head"))
                    checked.severity = $0
                    return checked
                })
        },
        .init("thresholds") {
            check(
                try thresholds.enumerated().map {
                    try checked("Threshold/\($0)", .failed(reason: nil), threshold: $1)
                })
        },
        .init("metrics") {
            let metrics: [Metric] = [
                .allocations, .bytes, .time, .goroutines, .retainedObjects, .retainedBytes, Metric("MB/s"),
                Metric("rows"),
            ]
            return check(try metrics.map { try checked("Metric", .warned(reason: nil), metric: $0) })
        },
        .init("conditions") {
            var series = try benchmark(
                "Decode",
                [
                    (.allocations, .failed(reason: nil), 8, 9), (.bytes, .failed(reason: nil), 512, 1024),
                    (.retainedObjects, .passed, 3, 2), (.goroutines, .passed, 0, 0),
                ])
            for index in 0..<2 { series[index].condition = [.allocations, .bytes] }
            series += try benchmark(
                "Encode/a name that takes more room than there is on a narrow terminal",
                [
                    (.allocations, .warned(reason: nil), 100, 180),
                    (Metric("hits"), .unmeasurable(reason: "noise"), 4, 4),
                    (.time, .failed(reason: nil), 1500, 4000), (.bytes, .passed, 64, 64),
                    (.goroutines, .failed(reason: nil), 0, 2), (.retainedObjects, .failed(reason: nil), 0, 11),
                ])
            var spared = try benchmark("Encode/small", [(.allocations, .passed, 8, 9), (.bytes, .passed, 512, 516)])
            for index in spared.indices { spared[index].condition = [.allocations, .bytes] }
            spared[0].conditionNote = "B/op is within its +10%, and the policy wants both to be crossed"
            let gone = try benchmark(
                "Gone",
                [Metric.allocations, .goroutines].map {
                    ($0, .failed(reason: "there is no value at head: BenchmarkGone printed no result"), 3, nil)
                })
            var other = try checked("Read", .failed(reason: nil))
            (other.package, other.benchmark) = (
                "example.com/demo/feed", Benchmark(package: "feed", name: "BenchmarkRead")
            )
            return check(series + spared + gone + [other])
        },
        .init("passed") { check([try checked("Depth", .passed)]) },
        .init("found") {
            check([try checked("Depth/levels=8", .failed(reason: nil))], searches: [try foundVerdict])
        },
        .init("work-tree") {
            var series = try checked("Depth/levels=8", .failed(reason: nil))
            series.costliest = .init(path: "book/book.go", line: 12)
            return check([series], isOfWorkTree: true, searches: [try workTreeVerdict])
        },
        .init("hostile") {
            check(
                try states.map { try hostileSeries(hostile($0)) }, warnings: [hostile("warning"), hostile("warning")])
        },
    ]

    /// What a self-test may say, a case after the other.
    static let selfTests: [GoldenValue<SelfTest>] = [
        .init("outcomes") { try selfTest(outcomes) },
        .init("passed") { try selfTest(outcomes.filter { $0 != .missed }) },
        .init("hostile") {
            let test = try selfTest(outcomes + [.exempt(reason: hostile("reason"))])
            return SelfTest(
                head: test.head,
                trials: try test.trials.map {
                    .init(
                        checked: try hostileSeries(.warned(reason: nil)), injected: $0.injected, outcome: $0.outcome)
                })
        },
    ]

    private static let outcomes: [SelfTest.Outcome] = everyCase(from: .noticed) {
        switch $0 {
        case .noticed: .missed
        case .missed: .exempt(reason: "the policy only warns of it")
        case .exempt: nil
        }
    }

    private static func selfTest(_ outcomes: [SelfTest.Outcome]) throws -> SelfTest {
        SelfTest(
            head: id(9),
            trials: try outcomes.map {
                .init(checked: try checked("Outcome/\($0.name)", .passed), injected: 2, outcome: $0)
            })
    }

    private static func benchmark(
        _ name: String, _ series: [(Metric, CheckedSeries.State, before: Double, after: Double?)]
    ) throws -> [CheckedSeries] {
        try series.map { metric, state, before, after in
            var checked = try checked(name, state, metric: metric)
            (checked.before, checked.after) = (before, after)
            checked.bound = checked.threshold.bound(good: before, metric: metric, pair: .standard)
            return checked
        }
    }

    private static func check(
        _ series: [CheckedSeries], isOfWorkTree: Bool = false, searches: [Verdict] = [], warnings: [String] = []
    ) -> Check {
        Check(
            base: id(1), head: id(9), isOfWorkTree: isOfWorkTree, series: series, searches: searches,
            warnings: warnings)
    }
}
