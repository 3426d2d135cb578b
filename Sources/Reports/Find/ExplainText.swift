public import AllocBisectCore
import Benchmarks
import Git

/// What differs between two commits, for people.
public struct ExplainText {
    private let style: TextStyle

    /// The text of a comparison.
    public static func text(of comparison: CommitComparison, style: TextStyle) -> String {
        ExplainOutline(comparison).sections.map(ExplainText(style: style).lines).text
    }

    private func lines(of section: ExplainOutline.Section) -> [String] {
        switch section {
        case .commits(let commit, let before):
            CommitHeading(commit).lines(style)
                + ["    compared with \(before.id.short) \(before.subject.terminalSafe)"]
        case .series(let series):
            [
                "\(series.package.terminalSafe) \(series.benchmark.terminalSafe): \(style.red(series.change)) "
                    + series.metric.unit.terminalSafe
            ]
                + (series.explanation.map {
                    ExplanationText(explanation: $0, metric: series.metric, style: style).lines.map { "    " + $0 }
                } ?? [])
        case .equal(let compared): ["none of \(compared) series differs"]
        case .notes(let notes): notes.map { "note: \($0.terminalSafe)" }
        }
    }
}
