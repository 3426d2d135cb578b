public import AllocBisectCore
import Git

/// A history as a markdown table, for a pull request or an issue. Steps are bold and marked.
public struct HistoryMarkdown {
    /// More series than these have no room side by side: then those that never change have no column.
    private static let mostColumns = 8

    /// Writes the whole document, in the order of `HistoryOutline`.
    public static func text(of history: History) -> String {
        let all = Array(history.series.indices)
        let columns = all.count > mostColumns ? all.filter(history.changes) : all
        // No cell of a table reaches over several columns.
        return HistoryOutline(history, columns: columns, reasons: 0).sections.map { block(of: $0, history) }
            .joined(separator: "\n\n") + "\n"
    }

    private static func block(of section: HistoryOutline.Section, _ history: History) -> String {
        switch section {
        case .summary(let history): history.summary
        case .values(let columns): table(history, columns)
        case .same(let same):
            "The same throughout:\n\n"
                + list(
                    same.map {
                        "\($0.package.markdownCode) \($0.benchmark.markdownCode): \($0.list(\.markdownEscaped))"
                    })
        case .skipped(let skipped):
            "Skipped:\n\n" + list(skipped.map { "`\($0.commit.short)` \($0.reason.markdownEscaped)" })
        case .gaps(let gaps): "Without a value:\n\n" + list(gaps.map(text))
        case .notes(let notes): notes.map { "Note: \($0.markdownEscaped)" }.joined(separator: "\n\n")
        }
    }

    private static func table(_ history: History, _ columns: [Int]) -> String {
        let header = ["commit", "date", "author", "subject"] + columns.map { history.series[$0].title.markdownEscaped }
        let rules = header[..<4].map { _ in "---" } + columns.map { _ in "---:" }
        let rows = history.rows.map { row in
            let commit = row.commit
            return [
                "`\(commit.id.short)`", commit.author.day, commit.author.name.markdownEscaped,
                commit.subject.markdownEscaped,
            ] + columns.map { text(history.series[$0], row.cells[$0]) }
        }
        return ([header, rules] + rows).map { "| \($0.joined(separator: " | ")) |" }.joined(separator: "\n")
    }

    private static func list(_ items: [String]) -> String { items.map { "- \($0)" }.joined(separator: "\n") }

    private static func text(of gap: HistoryGap) -> String {
        "`\(gap.first.short)`\(gap.count > 1 ? " and \(gap.count - 1) more" : "") \(gap.package.markdownCode) "
            + "\(gap.benchmarks.map(\.markdownCode).joined(separator: ", ")): \(gap.reason.markdownEscaped)"
    }

    private static func text(_ series: HistorySeries, _ cell: HistoryCell) -> String {
        let value = cell.valueText(series.metric)
        let change = cell.changeText(series.metric)
        if cell.isStep { return "**\(value)** (\(change) \(cell.mark))" }
        return change.isEmpty ? value : "\(value) (\(change))"
    }
}
