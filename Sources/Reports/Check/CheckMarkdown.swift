public import AllocBisectCore
import Benchmarks
import Git

/// A check as markdown, for a pull request or the summary of a workflow's step.
public struct CheckMarkdown {
    /// The document's text.
    public static func text(of check: Check) -> String {
        var blocks = [
            "### allocbisect check: \(check.hasPassed ? "passed" : "failed")",
            "`\(check.base.short)..\(check.head.short)`: \(counted(check.findings.count, "series", plural: "series")): "
                + check.counts,
        ]
        let shown = check.findings.filter { $0.state != .passed || $0.isNoted }
        if !shown.isEmpty { blocks.append(table(shown)) }
        blocks += check.warnings.map { "Note: \($0.markdownEscaped)" }
        blocks += check.searches.map { String(FindMarkdown.text(of: $0).dropLast()) }
        return blocks.joined(separator: "\n\n") + "\n"
    }

    private static func table(_ findings: [CheckedSeries]) -> String {
        let rows = findings.map { finding in
            "| \(finding.state.name) | \(finding.package.markdownCodeCell) | \(finding.benchmark.name.markdownCodeCell) "
                + "| \(finding.metric.unit.markdownEscaped) | \(finding.text(finding.before)) | \(finding.text(finding.after)) "
                + "| \((finding.limit.map { "\($0) (\(finding.appliedThreshold))" } ?? finding.appliedThreshold).markdownEscaped) | \((finding.remarks ?? "").markdownEscaped) |"
        }
        return
            ([
                "| state | package | benchmark | metric | before | after | limit | |",
                "| --- | --- | --- | --- | ---: | ---: | --- | --- |",
            ] + rows).joined(separator: "\n")
    }
}
