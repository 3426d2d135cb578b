import AllocBisectCore
import Benchmarks
import Git

/// The chart of one series: its values against the commits, with its steps and its threshold.
///
/// The plot is drawn in pixels and takes the width that there is, so that texts stay legible on a phone; only the line
/// is stretched.
struct ReportChart {
    private let report: RangeReport
    private let index: Int
    private let line: ChartLine
    private let axis: ChartAxis
    private let values: [Double?]

    /// More steps than this are not marked, but for the largest ones.
    private static let mostSteps = 100

    /// The chart of a series of a report.
    init(_ report: RangeReport, _ index: Int) {
        (self.report, self.index) = (report, index)
        let metric = report.history.series[index].metric
        values = report.history.rows.map { $0.cells[index].value }
        axis = ChartAxis(values.compactMap { $0 } + (report.trends[index].bound.map { [$0.value] } ?? []))
        line = ChartLine(values, axis: axis, isStepped: metric.behavior == .counted || metric.behavior == .growth)
    }

    private var series: HistorySeries { report.history.series[index] }
    private var trend: Trend { report.trends[index] }

    /// The chart with its caption.
    var figure: String {
        """
        <figure id=chart-\(index)>
        <figcaption>\(series.name) <span>\(caption.htmlEscaped)</span></figcaption>
        <div class=chart><svg class=axis aria-hidden=true>\(labels)</svg>
        <svg class=plot data-series=\(index) role=img aria-label="\(series.title.htmlEscaped), \(caption.htmlEscaped)">
        \(grid)\(bound)<svg viewBox="0 0 \(line.columns) \(height)" width="100%" height=\(height) \
        preserveAspectRatio=none><path id=line-\(index) class=line d="\(line.path)"/></svg>
        \(steps)</svg>
        <div class=dates><span>\(report.firstDay)</span><span>\(report.lastDay)</span></div></div>
        </figure>

        """
    }

    /// The chart's line alone, in a small frame that leads to the chart.
    var sparkline: String {
        "<a href=\"#chart-\(index)\"><svg class=spark viewBox=\"0 0 \(line.columns) \(height)\" preserveAspectRatio=none "
            + "role=img aria-label=\"chart of \(series.title.htmlEscaped)\"><use href=\"#line-\(index)\"/></svg></a>"
    }

    private var height: String { ChartAxis.height.formatted(decimals: 0) }

    private var caption: String {
        let metric = series.metric
        let threshold = trend.threshold.description(of: trend.bound, good: trend.good, metric)
        let bound =
            trend.bound.map {
                "; bad when \($0.side.rawValue) \(metric.formatted($0.value)) (\(threshold))"
            }
            ?? ""
        let hidden = trend.steps.count - ReportChart.mostSteps
        let rest = hidden > 0 ? "; the \(ReportChart.mostSteps) largest of \(trend.steps.count) steps are marked" : ""
        return "\(metric.formatted(trend.good)) → \(metric.formatted(trend.bad))\(bound)\(rest)"
    }

    private var labels: String {
        zip(axis.ticks, axis.labels).map { tick, label in "<text x=\"100%\" dx=-6 dy=4 y=\(y(tick))>\(label)</text>" }
            .joined()
    }

    private var grid: String { axis.ticks.map { "<line class=grid x2=\"100%\" y1=\(y($0)) y2=\(y($0)) />" }.joined() }

    private var bound: String {
        guard let bound = trend.bound, ChartAxis.isDrawn(bound.value) else { return "" }
        let height = y(bound.value)
        return "<line class=bound x2=\"100%\" y1=\(height) y2=\(height) />"
    }

    /// A mark at each step, whose point touches the new level.
    private var steps: String {
        let cells = report.history.rows.map { $0.cells[index] }
        return report.largestSteps(of: index, ReportChart.mostSteps).map { position in
            let (commit, cell) = (report.history.rows[position].commit, cells[position])
            guard let after = cell.value, ChartAxis.isDrawn(after) else { return "" }
            let before = after - (cell.change ?? 0)
            let words =
                "\(series.metric.formatted(before)) → \(series.metric.formatted(after)) \(series.metric), "
                + "\(commit.id.short), \(commit.author.name): \(commit.subject)"
            let x = (line.x(of: position) * 100).formatted(decimals: 2)
            return "<svg x=\"\(x)%\" y=\(y(after))><a href=\"#\(report.anchor(of: commit))\">"
                + "<path class=\(cell.isWorse(series.metric) ? "worse" : "better") "
                + "d=\"M0 0\(cell.rises ? "l6 10h-12" : "l6-10h-12")z\"><title>\(words.htmlEscaped)</title></path></a></svg>\n"
        }.joined()
    }

    private func y(_ value: Double) -> String { axis.y(value).formatted(decimals: 1) }
}
