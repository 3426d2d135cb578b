public import AllocBisectCore
import Benchmarks
import Git

/// What differs between two commits, for people, as markdown and as JSON.
public struct ExplainReport {
    /// The differences as text.
    public static func text(of comparison: CommitComparison, style: TextStyle) -> String {
        var paragraphs = [[title(comparison, style)]]
        paragraphs += comparison.series.map { series in
            let change = "\(series.metric.formatted(series.before)) → \(series.metric.formatted(series.after))"
            let lines = series.explanation.map {
                ExplanationText(explanation: $0, metric: series.metric, style: style).lines.map { "    " + $0 }
            }
            return [
                "\(series.package.terminalSafe) \(series.benchmark.terminalSafe): \(style.red(change)) \(series.metric.unit.terminalSafe)"
            ] + (lines ?? [])
        }
        if comparison.series.isEmpty {
            paragraphs.append(["none of \(comparison.compared) series differs"])
        }
        paragraphs.append(comparison.warnings.map { "note: \($0.terminalSafe)" })
        return paragraphs.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
    }

    private static func title(_ comparison: CommitComparison, _ style: TextStyle) -> String {
        let (before, after) = (comparison.before, comparison.after)
        return style.bold(after.id.description)
            + "\n    \(after.subject.terminalSafe)\n    \(after.author.name.terminalSafe), \(after.author.day)"
            + "\n    compared with \(before.id.short) \(before.subject.terminalSafe)"
    }

    /// The differences as markdown.
    public static func markdown(of comparison: CommitComparison) -> String {
        let (before, after) = (comparison.before, comparison.after)
        var blocks = [
            "### \(after.id.short): \(after.subject.markdownEscaped)\n\n\(after.author.name.markdownEscaped), \(after.author.day), "
                + "compared with `\(before.id.short)` \(before.subject.markdownEscaped)"
        ]
        for series in comparison.series {
            blocks.append(
                "\(series.package.markdownCode) \(series.benchmark.markdownCode): "
                    + "\(series.metric.formatted(series.before)) → \(series.metric.formatted(series.after)) "
                    + series.metric.unit.markdownEscaped)
            guard let explanation = series.explanation else { continue }
            blocks +=
                ExplanationMarkdown(
                    explanation: explanation, benchmark: series.benchmark, metric: series.metric
                ).blocks
        }
        if comparison.series.isEmpty { blocks.append("None of \(comparison.compared) series differs.") }
        blocks += comparison.warnings.map { "Note: \($0.markdownEscaped)" }
        return blocks.joined(separator: "\n\n") + "\n"
    }

    /// The differences as one JSON document.
    public static func json(of comparison: CommitComparison) throws -> String {
        try JSONDocument.text(of: Document(comparison))
    }

    private struct Document: Encodable {
        let schemaVersion = JSONDocument.schemaVersion
        let command = "explain"
        let before, after: CommitEntry
        let series: [Entry]
        let compared: Int
        let warnings: [String]

        init(_ comparison: CommitComparison) {
            before = CommitEntry(comparison.before)
            after = CommitEntry(comparison.after)
            series = comparison.series.map(Entry.init)
            compared = comparison.compared
            warnings = comparison.warnings
        }
    }

    private struct CommitEntry: Encodable {
        let commit, subject, author, date: String

        init(_ commit: Commit) {
            self.commit = commit.id.description
            (subject, author, date) = (commit.subject, commit.author.name, commit.author.isoDate)
        }
    }

    private struct Entry: Encodable {
        let package, benchmark, metric: String
        let before, after: Double
        let explanation: Nullable<ExplanationJSON>

        init(_ series: CommitComparison.Difference) {
            (package, benchmark, metric) = (series.package, series.benchmark, series.metric.unit)
            (before, after) = (series.before, series.after)
            explanation = Nullable(series.explanation.map { ExplanationJSON($0, series.metric) })
        }
    }
}
