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
            for (series, culprit) in here {
                guard let explanation = culprit.explanation else { continue }
                blocks +=
                    ExplanationMarkdown(
                        explanation: explanation, benchmark: series.benchmark, metric: series.metric
                    ).blocks
            }
        }
        if commits.isEmpty { blocks.append("No culprit was found.") }
        for series in verdict.series where !series.suspects.isEmpty {
            blocks.append(
                "\(series.benchmark.markdownCode) crossed in one of these commits, which cannot be measured apart:\n\n"
                    + series.suspects.map { "- `\($0)`" }.joined(separator: "\n"))
        }
        blocks.append(
            "\(verdict.candidates) commits in the range, \(verdict.interesting) of which can matter; measured "
                + "\(verdict.measured), reused \(verdict.reused).")
        if let note = verdict.leftOutNote { blocks.append("Note: \(note.markdown)") }
        blocks += (verdict.series.filter { $0.outcome != .notCrossed }.flatMap(\.warnings) + verdict.warnings)
            .map { "Note: \($0.markdown)" }
        return blocks.joined(separator: "\n\n") + "\n"
    }

    private static func table(_ crossings: [(SeriesVerdict, Culprit)]) -> String {
        let rows = crossings.map { series, culprit in
            let values = [culprit.before, culprit.after].map { $0.map(series.metric.formatted) ?? "none" }
            return
                "| \(series.package.markdownCode) | \(series.benchmark.markdownCode) | \(series.metric.unit.markdown) "
                + "| \(values[0]) | \(values[1]) | \(culprit.confirmed ? "yes" : "no") |"
        }
        return
            ([
                "| package | benchmark | metric | before | after | confirmed |",
                "| --- | --- | --- | ---: | ---: | --- |",
            ]
            + rows).joined(separator: "\n")
    }
}
