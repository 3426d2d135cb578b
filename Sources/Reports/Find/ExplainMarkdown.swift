public import AllocBisectCore
import Benchmarks
import Git

/// What differs between two commits as markdown, for a pull request.
public struct ExplainMarkdown {
    /// Writes the whole document, with the most changed series first.
    public static func text(of comparison: CommitComparison) -> String {
        ExplainOutline(comparison).sections.flatMap(blocks).joined(separator: "\n\n") + "\n"
    }

    private static func blocks(of section: ExplainOutline.Section) -> [String] {
        switch section {
        case .commits(let commit, let before):
            CommitHeading(commit).blocks + ["Compared with `\(before.id.short)` \(before.subject.markdownEscaped)"]
        case .series(let series):
            [
                "\(series.package.markdownCode) \(series.benchmark.markdownCode): \(series.change) "
                    + series.metric.unit.markdownEscaped
            ]
                + (series.explanation.map {
                    ExplanationMarkdown(explanation: $0, benchmark: series.benchmark, metric: series.metric).blocks
                } ?? [])
        case .equal(let compared): ["None of \(compared) series differs."]
        case .notes(let notes): notes.map { "Note: \($0.markdownEscaped)" }
        }
    }
}
