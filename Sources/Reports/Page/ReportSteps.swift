import AllocBisectCore
import Benchmarks
import Git

/// The commits at which a series stepped for the worse, which the history alone can name, for a page without a search.
struct ReportSteps {
    let report: RangeReport

    /// More commits than this are not listed.
    private static let mostSteps = 50

    /// The list as HTML; nothing where no series stepped.
    var text: String {
        let series = report.history.series
        let rows = report.history.rows.filter { row in
            zip(series, row.cells).contains { $1.isStep && $1.isWorse($0.metric) }
        }
        guard !rows.isEmpty else { return "" }
        let shown = rows.suffix(ReportSteps.mostSteps).map { row in
            let commit = row.commit
            let steps = zip(series, row.cells).filter { $1.isStep && $1.isWorse($0.metric) }.map { series, cell in
                "<li>\(series.name): \(cell.changeText(series.metric)), \(cell.valueText(series.metric)) from here on\n"
            }
            return
                "<li><a href=\"#\(commit.anchor)\"><code>\(commit.id.short)</code></a> \(commit.subject.htmlEscaped) "
                + "<small>\(commit.author.name.htmlEscaped), \(commit.author.day)</small><ul>\n\(steps.joined())</ul>\n"
        }
        return "<h2>Steps for the worse</h2>\n<p>Judged by the values alone: nothing was measured a second time. Where "
            + "commits before a step have no value, one of them may be the culprit.\n"
            + (rows.count > shown.count ? "<p>The newest \(shown.count) of \(rows.count); the table has all.\n" : "")
            + "<ul>\n\(shown.joined())</ul>\n"
    }
}
