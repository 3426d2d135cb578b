public import AllocBisectCore
import Benchmarks
import Git

/// A verdict for people: what was searched, each culprit with what it did, and what to do next.
public struct FindText {
    private let style: TextStyle
    private let command: String

    /// The text of a verdict.
    ///
    /// - Parameter command: The search as the user would write it, for the commands that are suggested.
    public static func text(of verdict: Verdict, command: String, style: TextStyle) -> String {
        paragraphs(of: verdict, command: command, style: style).text
    }

    /// The lines of each part, for a document that the search is a part of.
    static func paragraphs(of verdict: Verdict, command: String, style: TextStyle) -> [[String]] {
        FindOutline(verdict).sections.map(FindText(style: style, command: command).lines)
    }

    private func lines(of section: FindOutline.Section) -> [String] {
        switch section {
        case .summary(let verdict):
            ["\(verdict.ends): \(verdict.effort)", verdict.counts]
                + (verdict.leftOutNote.map { [$0] } ?? [])
        case .culprit(let commit, let crossings):
            CommitHeading(commit, role: FindOutline.isStepBack(crossings) ? "step back" : "culprit").lines(style)
                + crossings.flatMap(lines)
        case .suspects(let count, let suspects, let series):
            [style.bold("one of \(count) commits, which cannot be measured apart:")]
                + suspects.map { suspect in
                    switch suspect {
                    case .commit(let commit): "    \(line(of: commit))"
                    case .more(let count): "    … and \(count) more"
                    }
                }
                + series.flatMap { ["    \(self.ends($0))"] + warnings(of: $0) }
        case .likely(let series, let shown):
            [style.bold("one of these, by probability:")]
                + shown.texts { "\($0.share)  \(line(of: $0.commit))" }.map { "    " + $0 } + ["    \(ends(series))"]
                + warnings(of: series)
        case .growth(let series):
            [style.bold("how it got there:")]
                + series.map { "    \(name($0)): \($0.steps(\.terminalSafe))" }
        case .noCulprit: []
        case .others(let alike):
            alike.flatMap {
                ["\($0.series.outcome.rawValue): \(ends($0.series))"] + warnings(of: $0.series)
                    + ($0.note(\.terminalSafe).map { ["        \($0)"] } ?? [])
            }
        case .oneSided(let oneSided): [oneSided.sentence(\.terminalSafe)]
        case .skipped(let shown):
            ["skipped:"] + shown.texts(entry).map { "    " + $0 }
        case .notes(let notes): notes.map { "note: \($0.terminalSafe)" }
        case .next(let next):
            switch next.words(after: command) {
            case (let text, let command?): ["\(text) \(command.terminalSafe)"]
            case (let text, nil): [text]
            }
        case .closing(let shown):
            [style.bold(shown.elements.count == 1 ? "the culprit:" : "the culprits, by what they cost:")]
                + shown.texts(entry).map { "    " + $0 }
        }
    }

    private func line(of commit: Commit) -> String {
        if commit.isSnapshot { return "\(commit.name) \(commit.title)" }
        return "\(commit.name)  \(commit.author.day)  \(commit.title.terminalSafe)"
    }

    private func lines(of crossing: FindOutline.Crossing) -> [String] {
        let (series, culprit) = (crossing.series, crossing.culprit)
        let change = "\(culprit.change(of: series)) \(series.metric.unit.terminalSafe)"
        let part = [culprit.part(of: series), series.certainty].compactMap { $0 }.map { ", \($0)" }.joined()
        let doubt = culprit.confirmed ? "" : style.bold(" (not confirmed)")
        return ["    \(name(series)): \(style.red(change))\(part)\(doubt)"] + warnings(of: series)
            + crossing.explanation(style).map { "        " + $0 }
    }

    private func entry(of closing: FindOutline.Closing) -> String {
        let (series, culprit) = (closing.series, closing.culprit)
        return "\(closing.commit.name)  \(closing.commit.title.shortened(to: 28).terminalSafe)  "
            + "\(series.benchmark.terminalSafe) \(culprit.change(of: series)) \(series.metric.unit.terminalSafe)"
            + closing.remarks
    }

    private func entry(of skip: Verdict.Skip) -> String {
        let margin = String(repeating: " ", count: skip.commit.short.count + 6)
        let lines = skip.reason.split(separator: "\n").map { String($0).terminalSafe }
        return "\(skip.commit.short)  " + lines.joined(separator: "\n" + margin)
    }

    private func warnings(of series: SeriesVerdict) -> [String] {
        series.warnings.map { "        note: \($0.terminalSafe)" }
    }

    private func ends(_ series: SeriesVerdict) -> String {
        let bound = series.boundText.map { ", \($0)" } ?? ""
        return "\(name(series)): \(value(series.good, series)) → \(value(series.bad, series)) "
            + "\(series.metric.unit.terminalSafe)\(bound)"
    }

    private func name(_ series: SeriesVerdict) -> String {
        "\(series.package.terminalSafe) \(series.benchmark.terminalSafe)"
    }
    private func value(_ value: Double?, _ series: SeriesVerdict) -> String {
        value.map(series.metric.formatted) ?? "none"
    }
}

extension FindOutline.Crossing {
    /// The lines of its explanation, as far as they are shown.
    func explanation(_ style: TextStyle) -> [String] {
        guard let explanation = culprit.explanation else { return [] }
        let text = ExplanationText(explanation: explanation, metric: series.metric, style: style)
        return switch extent {
        case .whole: text.lines
        case .brief: text.briefLines
        case .same(let other): ["explained as \(other.terminalSafe) is, above"]
        }
    }
}
