import AllocBisectCore
import Benchmarks
import Git

/// What a search found, as the parts of a report's page, which has charts and tables between them. Each part is in the order
/// of `FindOutline`.
struct FindHTML {
    /// The culprits with their explanations, and how series came to be what they are.
    var culprits: String { effects.isEmpty ? "" : "<h2>Culprits</h2>\n" + effects }
    /// What has no answer, and what has nothing to be compared with.
    var undecided: String {
        (open.isEmpty
            ? "" : "<section id=undecided>\n\(HistoryHTML.list("Undecided series", open))</section>\n") + oneSided
    }
    /// The commits without a value, which are listed with those that are skipped in the history.
    private(set) var skipped: [Verdict.Skip] = []
    /// What was noted on the way, as text.
    private(set) var notes: [String] = []

    private var effects = ""
    private var open: [String] = []
    private var oneSided = ""
    private let origin: ReportOrigin

    /// The parts of what a search found.
    init(_ verdict: Verdict, origin: ReportOrigin) {
        self.origin = origin
        for section in FindOutline(verdict, skips: .max).sections { add(section) }
    }

    private mutating func add(_ section: FindOutline.Section) {
        switch section {
        // These are in the page's head, which leads to what a command would show.
        case .summary, .next, .closing: break
        case .culprit(let commit, let crossings):
            let heading = CommitHeading(commit, role: FindOutline.isStepBack(crossings) ? "step back" : nil)
            let parts = crossings.map { text(of: $0, at: commit) }
            effects +=
                "<section id=\(commit.culpritAnchor)>\n\(heading.html(origin))\(parts.joined())</section>\n"
        case .suspects(let count, let suspects, let series):
            let commits = suspects.map { suspect in
                switch suspect {
                case .commit(let commit): "<br>\(line(of: commit))"
                case .more(let count): "<br>… and \(count) more"
                }
            }
            open.append(
                "<b>one-of</b>: \(count) commits cannot be measured apart:" + commits.joined()
                    + series.map { "<br>\(line(of: $0))" }.joined())
        case .likely(let series, let shown):
            let commits = shown.texts { "\($0.share) \(line(of: $0.commit))" }
            open.append(
                "<b>one-of</b>: by probability " + commits.joined(separator: ", ") + "<br>\(line(of: series))")
        case .growth(let series):
            let items = series.map {
                "<li><small>\($0.package.htmlEscaped)</small> \($0.benchmark.htmlEscaped): \($0.steps(\.htmlEscaped))\n"
            }
            effects += "<h3>How it got there</h3>\n<ul>\n\(items.joined())</ul>\n"
        case .noCulprit: effects += "<p>No culprit was found.\n"
        case .others(let alike):
            open += alike.map {
                "<b>\($0.series.outcome.rawValue)</b>: \(line(of: $0.series))"
                    + ($0.note(\.htmlEscaped).map { "<br>\($0)" } ?? "")
            }
        case .oneSided(let benchmarks): oneSided = "<p>\(benchmarks.sentence(\.htmlEscaped)).\n"
        case .skipped(let shown): skipped = shown.elements
        case .notes(let notes): self.notes = notes
        }
    }

    private func text(of crossing: FindOutline.Crossing, at commit: Commit) -> String {
        let (series, culprit) = (crossing.series, crossing.culprit)
        let explanation = culprit.explanation.map {
            ExplanationHTML(explanation: $0, metric: series.metric, commit: commit.id, origin: origin)
        }
        let part = [culprit.part(of: series), series.certainty].compactMap { $0 }.map { ", \($0)" }.joined()
        let isDecrease = (culprit.after ?? 0) < (culprit.before ?? 0)
        return "<h4><small>\(series.package.htmlEscaped)</small> \(series.benchmark.htmlEscaped): "
            + "<span class=\(isDecrease == series.metric.isCost ? "better" : "worse")>\(culprit.change(of: series))</span> "
            + "\(series.metric.unit.htmlEscaped)\(part)\(culprit.confirmed ? "" : " (not confirmed)")</h4>\n"
            + series.warnings.map { "<p>Note: \($0.htmlEscaped)\n" }.joined()
            + (explanation.map { html(crossing.extent, $0) } ?? "")
    }

    private func html(_ extent: FindOutline.Extent, _ explanation: ExplanationHTML) -> String {
        switch extent {
        case .whole: explanation.text
        case .brief: explanation.brief
        case .same(let other): "<p>Explained as \(other.htmlEscaped) is, above.\n"
        }
    }

    private func line(of commit: Commit) -> String {
        "\(origin.link(commit.id)) \(commit.author.day) \(commit.subject.htmlEscaped)"
    }

    private func line(of series: SeriesVerdict) -> String {
        let values = [series.good, series.bad].map { $0.map(series.metric.formatted) ?? "none" }
        return "\(series.package.htmlEscaped) \(series.benchmark.htmlEscaped) \(values[0]) → \(values[1]) "
            + series.metric.unit.htmlEscaped + (series.boundText.map { ", \($0.htmlEscaped)" } ?? "")
            + series.warnings.map { "<br>\($0.htmlEscaped)" }.joined()
    }
}
