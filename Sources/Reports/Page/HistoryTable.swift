import AllocBisectCore
import Benchmarks
import Git

/// A history as an HTML table: a row for each commit, a column for each series.
///
/// A page may hold ten thousand rows, so tags that may be left out are, and no cell has attributes.
struct HistoryTable {
    let history: History
    /// The name of the table in the page; nil for none.
    var id: String?
    /// The series that are shown, in their order.
    var columns: [Int]
    /// What each series' header holds above its name, as HTML; nothing when empty.
    var headers: [String] = []
    /// The rows that are linked to.
    var linked: Set<Int> = []
    /// Where the page comes from, to whose forge the commits lead; nil for no links.
    var origin: ReportOrigin?

    /// A table that nothing leads to.
    init(history: History, columns: [Int]) { (self.history, self.columns) = (history, columns) }

    /// A table that other parts of its page lead to.
    init(
        _ id: String, history: History, columns: [Int], headers: [String], linked: Set<Int> = [],
        origin: ReportOrigin? = nil
    ) {
        (self.id, self.history, self.columns) = (id, history, columns)
        (self.headers, self.linked, self.origin) = (headers, linked, origin)
    }

    /// A table with more cells than these has columns of fixed widths, so that a browser can leave out what is not seen,
    /// and no changes but steps.
    private static let mostFitted = 20_000

    /// The table as HTML: a row for each commit, a column for each series.
    var text: String {
        let isLarge = history.rows.count * columns.count > HistoryTable.mostFitted
        var text = "<table\(id.map { " id=\($0)" } ?? "") class=\"history\(isLarge ? " large" : "")\">\n<thead><tr>"
        for name in ["commit", "date", "author", "subject"] { text += "<th scope=col><span>\(name)</span>" }
        for column in columns {
            text += "<th scope=col>\(headers.isEmpty ? "" : headers[column])<span>\(history.series[column].name)</span>"
        }
        text += "</thead>\n<tbody>\n"
        let metrics = history.series.map(\.metric)
        for (position, row) in history.rows.enumerated() {
            let commit = row.commit
            text += linked.contains(position) ? "<tr id=\(commit.anchor)>" : "<tr>"
            text += "<td>\(origin?.link(commit.id, as: commit.id.short) ?? commit.id.short)"
            text += "<td>\(commit.author.day)<td>\(commit.author.name.htmlEscaped)"
            text += "<td>\(commit.subject.htmlEscaped)"
            if let reason = row.skipped {
                text += "<td colspan=\(max(1, columns.count))>\(reason.htmlEscaped)"
            } else {
                for column in columns { row.cells[column].write(to: &text, metrics[column], withChanges: !isLarge) }
            }
            text += "\n"
        }
        return text + "</table>\n"
    }
}

extension HistorySeries {
    /// Its name, as HTML.
    var name: String { "\(benchmarkName) \(metric.unit.htmlEscaped)" }

    /// The name of its benchmark, as HTML.
    var benchmarkName: String { "<small>\(package.htmlEscaped)</small> <b>\(benchmark.htmlEscaped)</b>" }

    /// What tells benchmarks apart.
    var benchmarkKey: [String] { [directory, benchmark] }
}

extension HistoryCell {
    /// Adds the cell, also with changes that are not steps where they are wanted.
    fileprivate func write(to text: inout String, _ metric: Metric, withChanges: Bool) {
        text += "<td>"
        guard value != nil else { return }
        text += valueText(metric)
        // A value that varies changes with every commit, which means nothing unless it is a step.
        guard isStep || withChanges && (metric.behavior == .counted || metric.behavior == .growth) else { return }
        let change = changeText(metric)
        if isStep {
            text += " <mark class=\(isWorse(metric) ? "worse" : "better")>\(change) \(mark)</mark>"
        } else if !change.isEmpty {
            text += " <small>\(change)</small>"
        }
    }
}
