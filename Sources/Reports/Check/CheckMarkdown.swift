public import AllocBisectCore
import Benchmarks
import Git

/// A check as markdown, for a pull request or the summary of a workflow's step.
public struct CheckMarkdown {
    /// The document's text.
    public static func text(of check: Check) -> String {
        var blocks = [
            "### allocbisect check: \(check.hasPassed ? "passed" : "failed")",
            "`\(check.base.short)..\(check.head.short)`: \(check.counts)",
        ]
        let shown = check.findings.filter { $0.state != .passed || $0.isNoted }
        if !shown.isEmpty { blocks.append(table(shown)) }
        blocks += check.warnings.map { "Note: \($0.markdownEscaped)" }
        blocks += check.searches.map { FindMarkdown.text(of: $0) }
        return blocks.joined(separator: "\n\n") + "\n"
    }

    private static func table(_ findings: [CheckedSeries]) -> String {
        let rows = findings.map { finding in
            "| \(finding.state.name) | \(finding.package.markdownCode) | \(finding.benchmark.name.markdownCode) "
                + "| \(finding.metric.unit.markdownEscaped) | \(finding.text(finding.before)) | \(finding.text(finding.after)) "
                + "| \(finding.appliedThreshold.markdownCode) | \((finding.remarks ?? "").markdownEscaped) |"
        }
        return
            ([
                "| state | package | benchmark | metric | before | after | threshold | |",
                "| --- | --- | --- | --- | ---: | ---: | --- | --- |",
            ] + rows).joined(separator: "\n")
    }
}
