public import AllocBisectCore
import Benchmarks
import Git

/// A check as markdown, for a pull request or the summary of a workflow's step.
public struct CheckMarkdown {
    /// The document's text.
    public static func text(of check: Check) -> String {
        var blocks = [
            "### allocbisect check: \(check.hasPassed ? "passed" : "failed")",
            "`\(check.ends)`: \(counted(check.series.count, "series", plural: "series")): "
                + check.counts,
        ]
        let shown = check.series.filter { $0.state != .passed || $0.isNoted }
        if !shown.isEmpty { blocks.append(table(shown)) }
        blocks += check.warnings.map { "Note: \($0.markdownEscaped)" }
        blocks += check.searches.map { String(FindMarkdown.text(of: $0).dropLast()) }
        return blocks.joined(separator: "\n\n") + "\n"
    }

    private static func table(_ series: [CheckedSeries]) -> String {
        let rows = series.map { checked in
            "| \(checked.state.name) | \(checked.package.markdownCodeCell) | \(checked.benchmark.name.markdownCodeCell) "
                + "| \(checked.metric.unit.markdownEscaped) | \(checked.text(checked.before)) | \(checked.text(checked.after)) "
                + "| \((checked.limit.map { "\($0) (\(checked.appliedThreshold))" } ?? checked.appliedThreshold).markdownEscaped) | \((checked.remarks ?? "").markdownEscaped) |"
        }
        return
            ([
                "| state | package | benchmark | metric | before | after | limit | |",
                "| --- | --- | --- | --- | ---: | ---: | --- | --- |",
            ] + rows).joined(separator: "\n")
    }
}
