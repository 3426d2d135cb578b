public import AllocBisectCore
import Git

/// A history as a markdown table, for a pull request or an issue. Steps are bold and marked.
public struct HistoryMarkdown {
    /// The document's text.
    public static func text(of history: History) -> String {
        let hasSkips = history.rows.contains { $0.skipped != nil }
        let header =
            ["commit", "date", "author", "subject"] + history.series.map(\.title.markdownEscaped)
            + (hasSkips ? ["skipped"] : [])
        let rules =
            header[..<4].map { _ in "---" } + history.series.map { _ in "---:" } + (hasSkips ? ["---"] : [])
        let rows = history.rows.map { row in
            let commit = row.commit
            return [
                "`\(commit.id.short)`", commit.author.day, commit.author.name.markdownEscaped,
                commit.subject.markdownEscaped,
            ]
                + zip(history.series, row.cells).map(text) + (hasSkips ? [row.skipped?.markdownEscaped ?? ""] : [])
        }
        let table = ([header, rules] + rows).map { "| \($0.joined(separator: " | ")) |" }.joined(separator: "\n")
        let gaps = history.gaps.map { gap in
            "- `\(gap.first.short)`\(gap.count > 1 ? " and \(gap.count - 1) more" : "") \(gap.package.markdownCode) "
                + "\(gap.benchmarks.map(\.markdownCode).joined(separator: ", ")): \(gap.reason.markdownEscaped)"
        }
        return
            ([history.summary, table] + (gaps.isEmpty ? [] : ["Without a value:", gaps.joined(separator: "\n")])
            + history.warnings.map { "Note: \($0.markdownEscaped)" }).joined(separator: "\n\n") + "\n"
    }

    private static func text(_ series: HistorySeries, _ cell: HistoryCell) -> String {
        let value = cell.valueText(series.metric)
        let change = cell.changeText(series.metric)
        if cell.isStep { return "**\(value)** (\(change) \(cell.mark))" }
        return change.isEmpty ? value : "\(value) (\(change))"
    }
}
