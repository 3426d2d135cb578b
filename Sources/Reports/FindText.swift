public import AllocBisectCore
import Benchmarks
import Git

/// A verdict for people: what was searched, each culprit with what it did, and what to do next.
public struct FindText {
    private let verdict: Verdict
    private let style: TextStyle
    private let command: String

    /// The text of a verdict.
    ///
    /// - Parameter command: The search as the user would write it, for the commands that are suggested.
    public static func text(of verdict: Verdict, command: String, style: TextStyle) -> String {
        let report = FindText(verdict: verdict, style: style, command: command)
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
        let unchanged = verdict.series.count(where: \.isUnchanged)
        let same =
            unchanged == 0
            ? "" : " (\(unchanged) of them not measured: nothing that they depend on differs at the ends)"
        return [
            "\(verdict.good.short)..\(verdict.bad.short): \(counted(verdict.candidates, "commit")), of which "
                + "\(verdict.interesting) can matter; measured \(verdict.measured), reused \(verdict.reused)",
            "\(counted(verdict.series.count, "series", plural: "series")): \(counts.joined(separator: ", "))\(same)",
        ] + [verdict.leftOutNote].compactMap { $0 }
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
            let (before, after) = (value(culprit.before, series), value(culprit.after, series))
            let change = "\(before) → \(after) \(series.metric.unit.visible)"
            let doubt = culprit.confirmed ? "" : style.bold(" (not confirmed)")
            return ["    \(name(series)): \(style.red(change))\(doubt)"] + warnings(of: series)
                + ((isFirst ? text?.lines : text?.briefLines) ?? []).map { "        " + $0 }
        }
    }

    /// One paragraph a list, with every series that shares it.
    private var suspects: [[String]] {
        verdict.suspectLists.map { all in
            guard let first = all.first, let ends = first.suspectEnds else { return [] }
            return [style.bold("one of \(first.suspects.count) commits, which cannot be measured apart:")]
                + (first.suspects.count == 1 ? [ends.last] : [ends.first, ends.last]).map {
                    "    \($0.id.short)  \($0.author.day)  \($0.subject.visible)"
                } + all.flatMap { ["    \(self.ends($0))"] + warnings(of: $0) }
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
        case .notCrossed: return [closer]
        default:
            return []
        }
    }

    /// What to do where nothing crossed: a bound at what the series that came nearest to its own rose by.
    private var closer: String {
        let candidates = verdict.series.compactMap { series -> (series: SeriesVerdict, rise: Double, part: Double)? in
            guard series.outcome == .notCrossed, let good = series.good, let bad = series.bad, let bound = series.bound
            else { return nil }
            let rise = bound.isUpward ? bad - good : good - bad
            let shown = (rise * 100).rounded(.down) / 100
            return shown > 0 ? (series, shown, rise / max((bound.value - good).magnitude, rise)) : nil
        }
        guard let most = candidates.max(by: { $0.part < $1.part }) else {
            return "nothing crossed its threshold, and nothing rose"
        }
        let sign = most.series.bound?.isUpward == false ? "-" : "+"
        let threshold = "\(most.series.metric.unit)=\(sign)\(most.rise.formatted(decimals: 2))"
        return "nothing crossed its threshold. To look closer: \(command) -t \(threshold.shellQuoted)".visible
    }

    private func warnings(of series: SeriesVerdict) -> [String] {
        series.warnings.map { "        note: \($0.visible)" }
    }

    private func ends(_ series: SeriesVerdict) -> String {
        let bound = series.boundText.map { ", \($0)" } ?? ""
        return "\(name(series)): \(value(series.good, series)) → \(value(series.bad, series)) "
            + "\(series.metric.unit.visible)\(bound)"
    }

    private func name(_ series: SeriesVerdict) -> String { "\(series.package.visible) \(series.benchmark.visible)" }
    private func value(_ value: Double?, _ series: SeriesVerdict) -> String {
        value.map(series.metric.formatted) ?? "none"
    }
}
