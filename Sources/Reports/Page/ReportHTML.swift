public import AllocBisectCore

/// A report of a range as one HTML page that stands by itself, and can be read without its script as well.
public struct ReportHTML {
    /// What is to be reported of a page whose search was interrupted.
    public static func interruption(_ continuation: String) -> String {
        "The search was interrupted: the page shows what the results cache knew by then, and no culprit is confirmed. "
            + "\(continuation.capitalizedFirst)."
    }

    /// Writes the whole page, which loads nothing from elsewhere.
    public static func text(of report: RangeReport, from origin: ReportOrigin) -> String {
        let charts = report.history.series.indices.map { ReportChart(report, $0) }
        let order = order(of: report)
        let changed = order.filter { report.trends[$0].direction != .unchanged }
        let others = order.filter { report.trends[$0].direction == .unchanged }
        let drawn = others.enumerated().filter { !report.trends[$1].isOnlyNamed }
        let sparklines = charts.indices.map { report.trends[$0].isOnlyNamed ? "" : charts[$0].sparkline }
        let found = report.verdict.map { FindHTML($0, origin: origin) }
        let notes = ReportNotes(report: report, found: found, origin: origin)
        let summary = ReportSummary(report: report, origin: origin, sparklines: sparklines)
        var body = "<header>\n\(summary.text)\(notes.notes)</header>\n"
        body += found?.culprits ?? ReportSteps(report: report).text
        if !changed.isEmpty { body += "<h2>Charts</h2>\n" + figures(report, Array(changed.enumerated()), charts) }
        body += newSeries(report, others.filter { report.trends[$0].isOnlyNamed })
        let table = { (id, columns, linked) in
            let table = HistoryTable(
                id, history: report.history, columns: columns, headers: sparklines, linked: linked, origin: origin)
            return "<div class=scroll>\(table.text)</div>\n"
        }
        if !drawn.isEmpty {
            let figures = figures(report, drawn, charts)
            body +=
                "<details\(changed.isEmpty ? " open" : "")><summary>\(counted(drawn.count, "series", plural: "series")) "
                + "without a change</summary>\n\(figures)\(changed.isEmpty ? "" : table("others", others, []))</details>\n"
        }
        body += (found?.undecided ?? "") + notes.text
        let columns = changed.isEmpty ? others : changed
        body += "<section\(columns.count > mostPrinted ? " class=wide" : "")>\n<h2>Commits</h2>\n"
        body += "<p id=search hidden><label>Search <input type=search></label> <output></output>\n"
        body += table("commits", columns, Set(report.trends.flatMap(\.steps))) + "</section>"
        body = origin.withoutFolders(body)
        return HTMLDocument.text(title: "\(origin.repository) \(report.range)", script: HTMLDocument.script, body: body)
    }

    /// The names of the series that have nothing to be compared with.
    private static func newSeries(_ report: RangeReport, _ indices: [Int]) -> String {
        guard !indices.isEmpty else { return "" }
        let names = indices.map { "<li>\(report.history.series[$0].name)\n" }.joined()
        return "<h2>New in the range</h2>\n<ul>\n\(names)</ul>\n"
    }

    /// The table of more series than these has no room on paper, and is not printed.
    private static let mostPrinted = 6

    /// The series benchmark by benchmark: what got worse comes first, and brings what else changed of its benchmark.
    private static func order(of report: RangeReport) -> [Int] {
        let rank = { (index: Int) in
            (Trend.Direction.allCases.firstIndex(of: report.trends[index].direction) ?? 0, index)
        }
        let key = { (index: Int) in report.history.series[index].benchmarkKey }
        let order = report.trends.indices.sorted { rank($0) < rank($1) }
        let benchmarks = Dictionary(grouping: order, by: key)
        var seen: Set<[String]> = []
        return order.filter { seen.insert(key($0)).inserted }.flatMap { benchmarks[key($0)] ?? [] }
    }

    /// The charts of some series, those of a benchmark side by side below its name.
    ///
    /// - Parameter series: Each with which one of its table it is.
    private static func figures(
        _ report: RangeReport, _ series: [(offset: Int, element: Int)], _ charts: [ReportChart]
    ) -> String {
        var html = ""
        var rest = series[...]
        while let first = rest.first {
            let key = report.history.series[first.element].benchmarkKey
            let group = rest.prefix { report.history.series[$0.element].benchmarkKey == key }
            html +=
                "<h3>\(report.history.series[first.element].benchmarkName)</h3>\n<div class=charts>\n"
                + group.map { charts[$0.element].figure($0.offset) }.joined() + "</div>\n"
            rest = rest.dropFirst(group.count)
        }
        return html
    }
}

extension Trend {
    /// Whether it has no chart: there is nothing to compare it with, and it stayed as it was when it came.
    fileprivate var isOnlyNamed: Bool { isNew && direction == .unchanged }
}
