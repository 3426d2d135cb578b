public import AllocBisectCore
import Benchmarks
import Git

/// A verdict for people: what was searched, each culprit with what it did, and what to do next.
public struct FindText {
    private let verdict: Verdict
    private let style: TextStyle
    private let arguments: String

    /// The text of a verdict.
    ///
    /// - Parameter range: The range as the user wrote it, for the commands that are suggested.
    public static func text(of verdict: Verdict, range: String, style: TextStyle) -> String {
        let report = FindText(verdict: verdict, style: style, arguments: range)
        return report.paragraphs.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
            + "\n"
    }

    private var paragraphs: [[String]] {
        [summary] + culprits + suspects + [others, skips, warnings, next]
    }

    private var summary: [String] {
        let counts = SeriesOutcome.allCases.compactMap { outcome -> String? in
            let count = verdict.series.count { $0.outcome == outcome }
            return count == 0 ? nil : "\(count) \(outcome.rawValue)"
        }
        return [
            "\(verdict.good.short)..\(verdict.bad.short): \(counted(verdict.candidates, "commit")), of which "
                + "\(verdict.interesting) can matter; measured \(verdict.measured), reused \(verdict.reused)",
            "\(counted(verdict.series.count, "series", plural: "series")): \(counts.joined(separator: ", "))",
        ]
    }

    /// One paragraph a culprit, with every series that crossed there.
    private var culprits: [[String]] { verdict.crossings.map(paragraph) }

    private func paragraph(of crossings: [Verdict.Crossing]) -> [String] {
        guard let commit = crossings.first?.culprit.commit else { return [] }
        return [
            style.bold("culprit \(commit.id)"),
            "    \(commit.subject.visible)",
            "    \(commit.author.name.visible), \(commit.author.day)",
        ] + lines(of: crossings)
    }

    /// Every series that crossed at one commit; a benchmark's first one is explained whole.
    private func lines(of crossings: [Verdict.Crossing]) -> [String] {
        var explained: Set<String> = []
        return crossings.flatMap { crossing in
            let (series, culprit) = crossing
            let isFirst = explained.insert("\(series.directory) \(series.benchmark)").inserted
            let text = culprit.explanation.map { ExplanationText(explanation: $0, metric: series.metric, style: style) }
            let change = "\(value(culprit.before, series)) → \(value(culprit.after, series)) \(series.metric)"
            let doubt = culprit.confirmed ? "" : style.bold(" (not confirmed)")
            return ["    \(name(series)): \(style.red(change))\(doubt)"] + warnings(of: series)
                + ((isFirst ? text?.lines : text?.briefLines) ?? []).map { "        " + $0 }
        }
    }

    private var suspects: [[String]] {
        verdict.series.filter { !$0.suspects.isEmpty }.map { series in
            let shown = series.suspects.suffix(20)
            return [style.bold("one of \(series.suspects.count) commits, which cannot be measured apart:")]
                + (series.suspects.count > shown.count
                    ? ["    … \(series.suspects.count - shown.count) before these"] : [])
                + shown.map { "    \($0)" } + ["    \(ends(series))"] + warnings(of: series)
        }
    }

    /// The series without a culprit; those that did not cross are counted only.
    private var others: [String] {
        verdict.series.filter { $0.culprits.isEmpty && $0.suspects.isEmpty && $0.outcome != .notCrossed }.flatMap {
            ["\($0.outcome.rawValue): \(ends($0))"] + warnings(of: $0)
        }
    }

    private var skips: [String] {
        guard !verdict.skipped.isEmpty else { return [] }
        let shown = verdict.skipped.prefix(10)
        let rest = verdict.skipped.count - shown.count
        let lines = shown.flatMap { skip in
            skip.reason.split(separator: "\n").enumerated().map { number, line in
                let margin = number == 0 ? skip.commit.short : String(repeating: " ", count: skip.commit.short.count)
                return "    \(margin)  \(String(line).visible)"
            }
        }
        return ["skipped:"] + lines
            + (rest > 0 ? ["    … and \(rest) more"] : [])
    }

    private var warnings: [String] { verdict.warnings.map { "note: \($0.visible)" } }

    private var next: [String] {
        let culprits = verdict.crossings.prefix(3).compactMap(\.first?.culprit.commit.id.short)
        if !culprits.isEmpty { return ["next: git show \(culprits.joined(separator: " "))"] }
        if let first = verdict.series.first(where: { !$0.suspects.isEmpty })?.suspects {
            return ["next: git log -p \(first[0].short)^..\(first[first.count - 1].short)"]
        }
        switch verdict.outcome {
        case .notCrossed:
            return ["nothing crossed its threshold. To look closer: allocbisect \(arguments) -t +1"]
        default:
            return []
        }
    }

    private func warnings(of series: SeriesVerdict) -> [String] {
        series.warnings.map { "        note: \($0.visible)" }
    }

    private func ends(_ series: SeriesVerdict) -> String {
        let bound = series.bound.map { ", bad when \($0.side.rawValue) \(series.metric.formatted($0.value))" } ?? ""
        return "\(name(series)): \(value(series.good, series)) → \(value(series.bad, series)) \(series.metric)\(bound)"
    }

    private func name(_ series: SeriesVerdict) -> String { "\(series.package.visible) \(series.benchmark.visible)" }
    private func value(_ value: Double?, _ series: SeriesVerdict) -> String {
        value.map(series.metric.formatted) ?? "none"
    }
}
