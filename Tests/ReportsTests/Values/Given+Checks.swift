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
            check(try thresholds.map { try checked("Threshold", .failed(reason: nil), threshold: $0) })
        },
        .init("metrics") {
            let metrics: [Metric] = [
                .allocations, .bytes, .time, .goroutines, .retainedObjects, .retainedBytes, Metric("MB/s"),
                Metric("rows"),
            ]
            return check(try metrics.map { try checked("Metric", .warned(reason: nil), metric: $0) })
        },
        .init("passed") { check([try checked("Depth", .passed)]) },
        .init("found") {
            var check = Given.check([try checked("Depth/levels=8", .failed(reason: nil))])
            check.searches = [try foundVerdict]
            return check
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
            var test = try selfTest(outcomes + [.exempt(reason: hostile("reason"))])
            for index in test.trials.indices { test.trials[index].checked = try hostileSeries(.warned(reason: nil)) }
            return test
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

    private static func check(_ series: [CheckedSeries], warnings: [String] = []) -> Check {
        Check(base: id(1), head: id(9), series: series, warnings: warnings)
    }
}
