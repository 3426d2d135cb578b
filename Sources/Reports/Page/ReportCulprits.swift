import AllocBisectCore
import Benchmarks
import Git

/// The culprits of a search with their explanations; without a search, the commits at which something got worse.
struct ReportCulprits {
    let report: RangeReport
    let origin: ReportOrigin

    /// More commits than this are not listed without a search.
    private static let mostSteps = 50

    /// The HTML.
    var text: String {
        guard let verdict = report.verdict else { return steps }
        let culprits = FindOutline(verdict).sections.compactMap { section -> String? in
            if case .culprit(let commit, let crossings) = section { self.section(commit, crossings) } else { nil }
        }
        return "<h2>Culprits</h2>\n" + (culprits.isEmpty ? "<p>No culprit was found.\n" : culprits.joined())
    }

    private func section(_ commit: Commit, _ crossings: [FindOutline.Crossing]) -> String {
        let parts = crossings.map { crossing in
            let (series, culprit) = (crossing.series, crossing.culprit)
            let explanation = culprit.explanation.map {
                ExplanationHTML(explanation: $0, metric: series.metric, commit: commit.id, origin: origin)
            }
            let part = culprit.part(of: series).map { ", \($0)" } ?? ""
            let isDecrease = (culprit.after ?? 0) < (culprit.before ?? 0)
            return "<h4><small>\(series.package.htmlEscaped)</small> \(series.benchmark.htmlEscaped): "
                + "<span class=\(isDecrease == series.metric.isCost ? "better" : "worse")>\(culprit.change(of: series))</span> "
                + "\(series.metric.unit.htmlEscaped)\(part)\(culprit.confirmed ? "" : " (not confirmed)")</h4>\n"
                + series.warnings.map { "<p>Note: \($0.htmlEscaped)\n" }.joined()
                + (explanation.map { html(crossing.extent, $0) } ?? "")
        }
        return
            "<section id=\(commit.culpritAnchor)>\n<h3>\(FindOutline.isStepBack(crossings) ? "Step back " : "")\(origin.link(commit.id)) \(commit.subject.htmlEscaped)</h3>\n"
            + "<p>\(commit.author.name.htmlEscaped), \(commit.author.day), <code>\(commit.id)</code>\n\(parts.joined())</section>\n"
    }

    private func html(_ extent: FindOutline.Extent, _ explanation: ExplanationHTML) -> String {
        switch extent {
        case .whole: explanation.text
        case .brief: explanation.brief
        case .same(let other): "<p>Explained as \(other.htmlEscaped) is, above.\n"
        }
    }

    /// The commits at which a series stepped for the worse, which the history alone can name.
    private var steps: String {
        let series = report.history.series
        let rows = report.history.rows.filter { row in
            zip(series, row.cells).contains { $1.isStep && $1.isWorse($0.metric) }
        }
        guard !rows.isEmpty else { return "" }
        let shown = rows.suffix(ReportCulprits.mostSteps).map { row in
            let commit = row.commit
            let steps = zip(series, row.cells).filter { $1.isStep && $1.isWorse($0.metric) }.map { series, cell in
                "<li>\(series.name): \(cell.changeText(series.metric)), \(cell.valueText(series.metric)) from here on\n"
            }
            return
                "<li><a href=\"#\(commit.anchor)\"><code>\(commit.id.short)</code></a> \(commit.subject.htmlEscaped) "
                + "<small>\(commit.author.name.htmlEscaped), \(commit.author.day)</small><ul>\n\(steps.joined())</ul>\n"
        }
        return "<h2>Steps for the worse</h2>\n<p>By the values alone: nothing was measured a second time, and where "
            + "commits before a step have no value, one of them may have done it.\n"
            + (rows.count > shown.count ? "<p>The newest \(shown.count) of \(rows.count); the table has all.\n" : "")
            + "<ul>\n\(shown.joined())</ul>\n"
    }
}
