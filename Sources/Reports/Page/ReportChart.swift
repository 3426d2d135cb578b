import AllocBisectCore
import Benchmarks
import Git

/// The chart of one series: its values against the commits, with its steps and its threshold.
///
/// The plot is drawn in pixels and takes the available width, so that texts stay legible on a phone; only the line
/// is stretched.
struct ReportChart {
    private let report: RangeReport
    private let index: Int
    private let line: ChartLine
    private let axis: ChartAxis
    private let values: [Double?]

    /// More steps than this are not marked, but for the largest ones.
    private static let mostSteps = 100
    private static let mostLabels = 3

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

    /// The chart with its caption, which leaves it to a heading to name the benchmark.
    ///
    /// - Parameter column: Which series of its table it shows.
    func figure(_ column: Int) -> String {
        """
        <figure id=chart-\(index)>
        <figcaption><b>\(series.metric.unit.htmlEscaped)</b> <span>\(caption.htmlEscaped)</span></figcaption>
        <div class=chart><svg class=axis aria-hidden=true>\(labels)</svg>
        <svg class=plot data-series=\(column) data-unit="\(series.metric.unit.htmlEscaped)"\(line.isStepped ? "" : " data-joined") role=img aria-label="\(series.title.htmlEscaped), \(caption.htmlEscaped)">
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

    /// The steps whose commit and value stand beside their marks: the largest ones, as far as there is room.
    private var labelled: Set<Int> {
        let cells = report.history.rows.map { $0.cells[index] }
        let bySize = trend.steps.sorted {
            ((cells[$0].change ?? 0).magnitude, $1) > ((cells[$1].change ?? 0).magnitude, $0)
        }
        var chosen: [Int] = []
        for position in bySize where chosen.count < ReportChart.mostLabels {
            if chosen.allSatisfy({ (line.x(of: $0) - line.x(of: position)).magnitude > 0.35 }) {
                chosen.append(position)
            }
        }
        return Set(chosen)
    }

    /// The commit and the value of a step, on the side of its mark where the line is not.
    private func label(_ commit: Commit, _ value: String, at x: Double, rises: Bool) -> String {
        "<text class=\(x > 0.5 ? "\"label end\"" : "label") y=\(rises ? -5 : 14)>\(commit.id.short) \(value)</text>"
    }

    /// A mark at each step, whose point touches the new level.
    private var steps: String {
        let cells = report.history.rows.map { $0.cells[index] }
        let labelled = labelled
        return report.largestSteps(of: index, ReportChart.mostSteps).map { position in
            let (commit, cell) = (report.history.rows[position].commit, cells[position])
            guard let after = cell.value, ChartAxis.isDrawn(after) else { return "" }
            let before = after - (cell.change ?? 0)
            let words =
                "\(series.metric.formatted(before)) → \(series.metric.formatted(after)) \(series.metric), "
                + "\(commit.id.short), \(commit.author.name): \(commit.subject)"
            let x = line.x(of: position)
            let name =
                labelled.contains(position)
                ? label(commit, series.metric.formatted(after), at: x, rises: cell.rises) : ""
            return
                "<svg x=\"\((x * 100).formatted(decimals: 2))%\" y=\(y(after))><a href=\"#\(report.anchor(of: commit))\">"
                + "<path class=\(cell.isWorse(series.metric) ? "worse" : "better") "
                + "d=\"M0 0\(cell.rises ? "l6 10h-12" : "l6-10h-12")z\"><title>\(words.htmlEscaped)</title></path>\(name)</a></svg>\n"
        }.joined()
    }

    private func y(_ value: Double) -> String { axis.y(value).formatted(decimals: 1) }
}
