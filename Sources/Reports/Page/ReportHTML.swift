public import AllocBisectCore

/// A report of a range as one HTML page that stands by itself, and can be read without its script as well.
public struct ReportHTML {
    /// What is to be reported of a page whose search was interrupted.
    public static let interruption =
        "The search was interrupted: the page shows what the results cache knew by then, and no culprit is confirmed. "
        + "The same command continues from what the cache has."

    /// The page's text.
    public static func text(of report: RangeReport) -> String {
        let charts = report.history.series.indices.map { ReportChart(report, $0) }
        let sparklines = charts.map(\.sparkline)
        let order = report.trends.indices.sorted { rank(report, $0) < rank(report, $1) }
        let changed = order.filter { report.trends[$0].direction != .unchanged }
        let others = order.filter { report.trends[$0].direction == .unchanged }
        let notes = ReportNotes(report: report)
        var body = "<header>\n\(ReportSummary(report: report, sparklines: sparklines).text)\(notes.notes)</header>\n"
        body += ReportCulprits(report: report).text
        if !changed.isEmpty { body += "<h2>Charts</h2>\n" + changed.map { charts[$0].figure }.joined() }
        if !others.isEmpty {
            body +=
                "<details\(changed.isEmpty ? " open" : "")><summary>\(counted(others.count, "series", plural: "series")) "
                + "without a change</summary>\n\(others.map { charts[$0].figure }.joined())</details>\n"
        }
        body += notes.text
        let linked = Set(report.trends.flatMap(\.steps))
        let isWide = report.history.series.count > mostPrinted
        body += "<section\(isWide ? " class=wide" : "")>\n<h2>Commits</h2>\n"
        body += "<p id=search hidden><label>Search <input type=search></label> <output></output>\n<div class=scroll>"
        body += HistoryTable(history: report.history, headers: sparklines, linked: linked).text
        body += "</div>\n</section>"
        return HTMLDocument.text(title: "Allocations, \(report.range)", script: HTMLDocument.script, body: body)
    }

    /// The table of more series than these has no room on paper, and is not printed.
    private static let mostPrinted = 6

    /// What got worse comes first.
    private static func rank(_ report: RangeReport, _ index: Int) -> (Int, Int) {
        (Trend.Direction.allCases.firstIndex(of: report.trends[index].direction) ?? 0, index)
    }
}
