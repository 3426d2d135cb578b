public import AllocBisectCore
import Benchmarks
import Git

/// What differs between two commits, for people, as markdown and as JSON.
public struct ExplainReport {
    /// The differences as text.
    public static func text(of investigation: CommitComparison, style: TextStyle) -> String {
        var paragraphs = [[title(investigation, style)]]
        paragraphs += investigation.series.map { series in
            let change = "\(series.metric.formatted(series.before)) → \(series.metric.formatted(series.after))"
            let lines = series.explanation.map {
                ExplanationText(explanation: $0, metric: series.metric, style: style).lines.map { "    " + $0 }
            }
            return [
                "\(series.package.terminalSafe) \(series.benchmark.terminalSafe): \(style.red(change)) \(series.metric.unit.terminalSafe)"
            ] + (lines ?? [])
        }
        if investigation.series.isEmpty {
            paragraphs.append(["none of \(investigation.compared) series differs"])
        }
        paragraphs.append(investigation.warnings.map { "note: \($0.terminalSafe)" })
        return paragraphs.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
    }

    private static func title(_ investigation: CommitComparison, _ style: TextStyle) -> String {
        let (before, after) = (investigation.before, investigation.after)
        return style.bold(after.id.description)
            + "\n    \(after.subject.terminalSafe)\n    \(after.author.name.terminalSafe), \(after.author.day)"
            + "\n    compared with \(before.id.short) \(before.subject.terminalSafe)"
    }

    /// The differences as markdown.
    public static func markdown(of investigation: CommitComparison) -> String {
        let (before, after) = (investigation.before, investigation.after)
        var blocks = [
            "### \(after.id.short): \(after.subject.markdownEscaped)\n\n\(after.author.name.markdownEscaped), \(after.author.day), "
                + "compared with `\(before.id.short)` \(before.subject.markdownEscaped)"
        ]
        for series in investigation.series {
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
        if investigation.series.isEmpty { blocks.append("None of \(investigation.compared) series differs.") }
        blocks += investigation.warnings.map { "Note: \($0.markdownEscaped)" }
        return blocks.joined(separator: "\n\n") + "\n"
    }

    /// The differences as one JSON document.
    public static func json(of investigation: CommitComparison) throws -> String {
        try JSONDocument.text(of: Document(investigation))
    }

    private struct Document: Encodable {
        let schemaVersion = JSONDocument.schemaVersion
        let command = "explain"
        let before, after: CommitEntry
        let series: [Entry]
        let compared: Int
        let warnings: [String]

        init(_ investigation: CommitComparison) {
            before = CommitEntry(investigation.before)
            after = CommitEntry(investigation.after)
            series = investigation.series.map(Entry.init)
            compared = investigation.compared
            warnings = investigation.warnings
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
            explanation = Nullable(series.explanation.map(ExplanationJSON.init))
        }
    }
}
