import Git
import Policy

@testable import AllocBisectCore
@testable import Hooks

extension Given {
    /// What a hook may have led to; the last one is hostile.
    static let alerts: [HookAlert] =
        [
            alert("book: copy the levels", [series(severity: .fail)]),
            alert("", [series(severity: nil)], merge: id(6)),
            alert("book: copy the levels before they are handed out to a reader of all", [series(severity: .warn)]),
            alert("feed: buffer", [series(severity: .fail), series(severity: .warn)], candidates: 4),
            alert("feed: buffer", Severity.allCases.map(series) + [series(severity: nil)], candidates: 4, merge: id(6)),
        ] + [
            alert(
                hostile("subject"),
                [
                    .init(
                        package: hostile("package"), benchmark: hostile("benchmark"), unit: hostile("unit"), before: 0,
                        after: 1.5, severity: .warn)
                ])
        ]

    private static func series(severity: Severity?) -> HookAlert.Series {
        .init(
            package: "example.com/demo/book", benchmark: "BenchmarkDepth", unit: "allocs/op", before: 1,
            after: 252.01, severity: severity)
    }

    private static func alert(
        _ subject: String, _ series: [HookAlert.Series], candidates: Int = 1, merge: ObjectID? = nil
    ) -> HookAlert {
        HookAlert(
            commit: id(5), merge: merge, subject: subject, candidates: candidates, good: id(1), bad: id(9),
            series: series)
    }
}
