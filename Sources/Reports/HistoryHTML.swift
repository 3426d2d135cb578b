public import AllocBisectCore
import Benchmarks
import Git

/// A history as one HTML page that stands by itself.
public struct HistoryHTML {
    /// The page's text.
    public static func text(of history: History) -> String {
        let ends = history.good.map { "\($0.short)..\(history.bad.short)" } ?? "up to \(history.bad.short)"
        let title = "Allocations by commit, \(ends)"
        let header =
            ["commit", "date", "author", "subject"].map { "<th scope=\"col\">\($0)</th>" }
            + history.series.map { series in
                "<th scope=\"col\"><small>\(series.package.markup)</small><br>\(series.benchmark.markup)<br>"
                    + "\(series.metric.unit.markup)</th>"
            }
        let body =
            [
                "<h1>\(title.markup)</h1>", "<table>", "<thead><tr>\(header.joined())</tr></thead>", "<tbody>",
            ] + history.rows.map { row($0, history.series) } + ["</tbody>", "</table>"]
            + history.warnings.map { "<p>Note: \($0.markup)</p>" }
        return HTMLDocument.text(title: title, style: style, body: body.joined(separator: "\n"))
    }

    private static let style = """
        body { font: 14px/1.4 system-ui, sans-serif; margin: 1.5em; color: #1a1a1a; background: #fff; }
        table { border-collapse: collapse; }
        th, td { padding: .2em .6em; border-bottom: 1px solid #ddd; text-align: left; vertical-align: top; }
        thead th { position: sticky; top: 0; background: #f4f4f4; }
        .number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
        .rise { background: #fde3e1; } .fall { background: #dff3e2; } .skipped { color: #767676; }
        """

    private static func row(_ row: HistoryRow, _ series: [HistorySeries]) -> String {
        let commit = row.commit
        let texts =
            "<td title=\"\(commit.id)\"><code>\(commit.id.short)</code></td><td>\(commit.author.day)</td>"
            + "<td>\(commit.author.name.markup)</td><td>\(commit.subject.markup)</td>"
        if let reason = row.skipped {
            return "<tr>\(texts)<td class=\"skipped\" colspan=\"\(max(1, series.count))\">\(reason.markup)</td></tr>"
        }
        return "<tr>\(texts)\(zip(series, row.cells).map(cell).joined())</tr>"
    }

    private static func cell(_ series: HistorySeries, _ cell: HistoryCell) -> String {
        let direction = cell.isStep ? ((cell.change ?? 0) > 0 ? " rise" : " fall") : ""
        let change = [cell.changeText(series.metric), cell.mark].filter { !$0.isEmpty }.joined(separator: " ")
        let reason = cell.reason.map { " title=\"\($0.markup)\"" } ?? ""
        return "<td class=\"number\(direction)\"\(reason)>\(cell.valueText(series.metric))"
            + (change.isEmpty ? "" : " <small>\(change)</small>") + "</td>"
    }
}
