public import AllocBisectCore
import Benchmarks
import Git

/// A verdict as markdown, for a pull request or an issue.
public struct FindMarkdown {
    /// The document's text.
    public static func text(of verdict: Verdict) -> String {
        var blocks: [String] = []
        let crossings = verdict.series.flatMap { series in series.culprits.map { (series, $0) } }
        let commits = crossings.map(\.1.commit.id).reduce(into: [ObjectID]()) { if !$0.contains($1) { $0.append($1) } }
        for id in commits {
            let here = crossings.filter { $0.1.commit.id == id }
            guard let commit = here.first?.1.commit else { continue }
            blocks.append(
                "### \(commit.id.short): \(commit.subject.markdown)\n\n\(commit.author.name.markdown), "
                    + "\(commit.author.day), `\(commit.id)`")
            blocks.append(table(here))
            blocks += here.flatMap { series, _ in series.warnings.map { "Note: \($0.markdown)" } }
            var explained: Set<String> = []
            for (series, culprit) in here {
                guard let explanation = culprit.explanation else { continue }
                let text = ExplanationMarkdown(
                    explanation: explanation, benchmark: series.benchmark, metric: series.metric)
                let isFirst = explained.insert("\(series.directory) \(series.benchmark)").inserted
                blocks += isFirst ? text.blocks : text.briefBlocks
            }
        }
        if commits.isEmpty { blocks.append("No culprit was found.") }
        blocks += verdict.suspectLists.map(suspects)
        let others = verdict.series.filter {
            $0.culprits.isEmpty && $0.suspects.isEmpty && $0.outcome != .notCrossed
        }
        if !others.isEmpty { blocks.append(list(others.map { "\($0.outcome.rawValue): \(line(of: $0))" })) }
        if !verdict.skipped.isEmpty {
            let shown = verdict.skipped.prefix(10)
            let rest = verdict.skipped.count - shown.count
            blocks.append(
                "Skipped:\n\n"
                    + list(
                        shown.map { "`\($0.commit.short)` \($0.reason.markdown)" }
                            + (rest > 0 ? ["… and \(rest) more"] : [])))
        }
        blocks.append(
            "\(verdict.candidates) commits in the range, \(verdict.interesting) of which can matter; measured "
                + "\(verdict.measured), reused \(verdict.reused).")
        if let note = verdict.leftOutNote { blocks.append("Note: \(note.markdown)") }
        blocks += verdict.warnings.map { "Note: \($0.markdown)" }
        return blocks.joined(separator: "\n\n") + "\n"
    }

    /// A list of commits of which one is the culprit, with every series that shares it.
    private static func suspects(_ all: [SeriesVerdict]) -> String {
        guard let first = all.first, let ends = first.suspectEnds else { return "" }
        let commits = (first.suspects.count == 1 ? [ends.last] : [ends.first, ends.last]).map {
            "`\($0.id.short)` \($0.author.day) \($0.subject.markdown)"
        }
        return "One of \(first.suspects.count) commits, which cannot be measured apart: "
            + commits.joined(separator: " to ") + "\n\n" + list(all.map(line))
    }

    private static func line(of series: SeriesVerdict) -> String {
        let values = [series.good, series.bad].map { $0.map(series.metric.formatted) ?? "none" }
        return "\(series.package.markdownCode) \(series.benchmark.markdownCode): \(values[0]) → \(values[1]) "
            + series.metric.unit.markdown + (series.boundText.map { ", \($0.markdown)" } ?? "")
            + series.warnings.map { "; \($0.markdown)" }.joined()
    }

    private static func list(_ items: [String]) -> String { items.map { "- \($0)" }.joined(separator: "\n") }

    private static func table(_ crossings: [(SeriesVerdict, Culprit)]) -> String {
        let rows = crossings.map { series, culprit in
            let values = [culprit.before, culprit.after].map { $0.map(series.metric.formatted) ?? "none" }
            return
                "| \(series.package.markdownCode) | \(series.benchmark.markdownCode) | \(series.metric.unit.markdown) "
                + "| \(values[0]) | \(values[1]) | \((series.boundText ?? "").markdown) "
                + "| \(culprit.confirmed ? "yes" : "no") |"
        }
        return
            ([
                "| package | benchmark | metric | before | after | bound | confirmed |",
                "| --- | --- | --- | ---: | ---: | --- | --- |",
            ]
            + rows).joined(separator: "\n")
    }
}
