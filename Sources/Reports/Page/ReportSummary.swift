import AllocBisectCore
import Benchmarks
import Foundation
import Git

/// The head of a report: what was looked at, and what got worse and better.
struct ReportSummary {
    let report: RangeReport
    let origin: ReportOrigin
    /// The small chart of each series, as HTML; nil in a mail, which has no charts and no other parts to lead to.
    let sparklines: [String]?

    /// How many commits are named for a series; the rest is counted.
    private static let mostCommits = 3

    /// The head of the report as HTML: what was measured, and how each series went.
    var text: String {
        let history = report.history
        let repository = origin.repository.htmlEscaped
        return """
            <h1>\(repository) <span>\(report.range.description.htmlEscaped)</span></h1>
            \(answer)<dl>
            <dt>Range<dd>\(history.ends), \(counted(history.rows.count, "commit")) shown from \(report.firstDay) to \(report.lastDay)
            <dt>Go<dd>\(history.goVersion.htmlEscaped), \(history.platform.htmlEscaped)
            <dt>Made<dd>\(origin.date.formatted(.iso8601))
            <dt>Command<dd><code>\(origin.command.htmlEscaped)</code>
            </dl>
            \(table(.worse, "Got worse"))\(table(.better, "Got better"))\(table(.returned, "Changed and came back"))\
            <p>\(report.rest)

            """
    }

    /// The result of the search, and the culprits, the costliest first.
    private var answer: String {
        switch report.search {
        case .unwanted:
            return
                "<p>Nothing was measured for this page and the range was not searched: it shows what the results cache "
                + "knows, and no culprit is confirmed.\n"
        case .interrupted(let continuation):
            return "<p>\(ReportHTML.interruption(continuation).htmlEscaped)\n"
        case .done(let verdict):
            let note = verdict.leftOutNote.map { "<p>Note: \($0.htmlEscaped)\n" } ?? ""
            return answer(FindOutline(verdict).answer, "\(verdict.effort). \(verdict.counts).") + note
        }
    }

    private func answer(_ answer: FindOutline.Answer, _ effort: String) -> String {
        switch answer {
        case .culprits(let shown):
            let items = shown.elements.map { closing in
                "<li>\(link(closing.commit.culpritAnchor, "<code>\(closing.commit.id.short)</code>")) "
                    + "\(closing.commit.subject.htmlEscaped) <small>\(closing.commit.author.name.htmlEscaped), "
                    + "\(closing.commit.author.day)</small><br>\(closing.series.benchmark.htmlEscaped) "
                    + "\(closing.culprit.change(of: closing.series)) \(closing.series.metric.unit.htmlEscaped)"
                    + "\(closing.remarks.htmlEscaped)\n"
            }
            let rest = shown.more > 0 ? "<p>and \(shown.more) more, below\n" : ""
            let title = counted(shown.elements.count + shown.more, "culprit")
            return "<p><b>\(title)</b> in \(effort)\n<ol>\n\(items.joined())</ol>\n\(rest)"
        case .oneOf:
            return "<p><b>No single commit can be named: \(link("undecided", "these are left")).</b> \(effort)\n"
        case .unclear: return "<p><b>There is no clear answer.</b> \(effort)\n"
        case .notCrossed: return "<p><b>Nothing crossed its threshold.</b> \(effort)\n"
        }
    }

    private func link(_ anchor: String, _ html: String) -> String {
        sparklines == nil ? html : "<a href=\"#\(anchor)\">\(html)</a>"
    }

    private func table(_ direction: Trend.Direction, _ title: String) -> String {
        let indices = report.trends.indices.filter { report.trends[$0].direction == direction }
        guard !indices.isEmpty else { return "" }
        let header =
            "<th scope=col>series"
            + ["good", "bad", "change"].map { "<th scope=col class=number>\($0)" }.joined()
            + (sparklines == nil ? "" : "<th scope=col>chart") + "<th scope=col>commit"
        return "<h2>\(title)</h2>\n<div class=scroll><table class=summary>\n<thead><tr>\(header)\n<tbody>\n"
            + indices.map(row).joined() + "</table></div>\n"
    }

    private func row(_ index: Int) -> String {
        let (series, trend) = (report.history.series[index], report.trends[index])
        let metric = series.metric
        return "<tr><td>\(series.name)<td class=number>\(metric.formatted(trend.good))"
            + "<td class=number>\(metric.formatted(trend.bad))<td class=number>\(change(of: trend, metric))"
            + (sparklines.map { "<td>\($0[index])" } ?? "") + "<td>\(commits(index))\n"
    }

    /// A change from nothing is reported as a count, never in parts.
    private func change(of trend: Trend, _ metric: Metric) -> String {
        if trend.direction == .returned { return "" }
        let difference = metric.signed(trend.bad - trend.good)
        guard metric.formatted(trend.good.magnitude) != "0", trend.good.sign == trend.bad.sign else {
            return difference
        }
        let ratio = trend.bad / trend.good
        if ratio >= 2 { return "\(difference) <small>×\(ratio.formatted(decimals: ratio < 10 ? 1 : 0))</small>" }
        let percent = (ratio - 1) * 100
        return "\(difference) <small>\(percent < 0 ? "" : "+")\(percent.formatted(decimals: 1)) %</small>"
    }

    /// The commits that are named for a series: its culprits, or else its suspects, or else its largest steps.
    private func commits(_ index: Int) -> String {
        let trend = report.trends[index]
        if let verdict = trend.verdict, verdict.culprits.isEmpty, !verdict.suspects.isEmpty {
            return link("undecided", "one of \(verdict.suspects.count) commits")
        }
        let culprits = trend.verdict?.culprits.map(\.commit) ?? []
        let steps = report.largestSteps(of: index, ReportSummary.mostCommits).map { report.history.rows[$0].commit }
        let count = culprits.isEmpty ? trend.steps.count : culprits.count
        let shown = (culprits.isEmpty ? steps : culprits).prefix(ReportSummary.mostCommits).map { commit in
            "\(link(report.anchor(of: commit), "<code>\(commit.id.short)</code>")) \(commit.subject.htmlEscaped)"
        }
        let rest = count - shown.count
        return (shown + (rest > 0 ? ["and \(counted(rest, culprits.isEmpty ? "more step" : "more culprit"))"] : []))
            .joined(separator: "<br>")
    }
}

extension RangeReport {
    /// The rows of a series' largest steps, in their order; at most a number of them.
    func largestSteps(of series: Int, _ most: Int) -> [Int] {
        let size = { (row: Int) in (history.rows[row].cells[series].change ?? 0).magnitude }
        return trends[series].steps.sorted { (size($1), $0) < (size($0), $1) }.prefix(most).sorted()
    }

    /// How many series are in none of the lists, as a sentence.
    var rest: String {
        let unchanged = trends.count { $0.direction == .unchanged && !$0.isNew }
        let new = trends.count(where: \.isNew)
        return "\(unchanged) of \(history.series.count) series did not change"
            + (new == 0 ? "." : ", and \(new) are new in the range.")
    }

    /// The first and the last row's date, empty without rows.
    var firstDay: String { history.rows.first?.commit.author.day ?? "" }
    var lastDay: String { history.rows.last?.commit.author.day ?? "" }

    /// What a link to a commit leads to: the culprit that it is, or else its row.
    func anchor(of commit: Commit) -> String {
        let isCulprit = verdict?.series.contains { $0.culprits.contains { $0.commit.id == commit.id } } ?? false
        return isCulprit ? commit.culpritAnchor : commit.anchor
    }
}

extension Commit {
    /// The name of its row.
    var anchor: String { "c\(id.short)" }
    /// The name of what is reported of it as a culprit.
    var culpritAnchor: String { "culprit-\(id.short)" }
}
