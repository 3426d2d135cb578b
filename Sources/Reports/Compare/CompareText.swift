public import AllocBisectCore
import Benchmarks

/// What differs between two commits, or a commit and the work tree, for people: a table first, then explanations.
public struct CompareText {
    private let style: TextStyle

    /// The text of what was compared.
    ///
    /// - Parameters:
    ///   - everything: Whether what is the same is shown as well.
    ///   - width: The columns of the terminal, for which names are shortened; nil for lines of any length.
    public static func text(
        of compared: ComparedCommits, everything: Bool, width: Int?, style: TextStyle
    ) -> String {
        let (document, outline) = (CompareText(style: style), CompareOutline(compared, everything: everything))
        let title = [compared.before, compared.after].map { $0.title(\.terminalSafe) }.joined(separator: " → ")
        let paragraphs =
            [[style.bold(title)], document.table(outline, compared, width: width ?? .max)]
            + outline.worse.map(document.lines)
            + [
                outline.alike.map { other, names in
                    "explained as \(other.terminalSafe) is: "
                        + names.elements.map(\.terminalSafe).joined(separator: ", ")
                        + (names.more > 0 ? ", … and \(names.more) more" : "")
                },
                outline.unknown.flatMap(document.lines), outline.notes.map { "note: \($0.terminalSafe)" },
                [outline.hasWorse ? style.red(outline.closing) : style.green(outline.closing)],
            ]
        return paragraphs.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
    }

    private func table(_ outline: CompareOutline, _ compared: ComparedCommits, width: Int) -> [String] {
        let rows = outline.packages.flatMap(\.rows)
        guard !rows.isEmpty else { return [] }
        let names = rows.map { $0.series.benchmark.terminalSafe }
        let lines = lines(rows, names, compared)
        let (longest, excess) = (names.map(\.columns).max() ?? 0, (lines.map(\.columns).max() ?? 0) + 4 - width)
        let fitting =
            excess > 0 ? self.lines(rows, names.map { $0.shortened(to: max(16, longest - excess)) }, compared) : lines
        var rest = Array(zip(rows, fitting.dropFirst()))[...]
        var text = ["    " + style.bold(fitting[0])]
        for (package, rows) in outline.packages {
            text.append(package.terminalSafe)
            text += rest.prefix(rows.count).map { row, line in "    " + colored(line, row.series.judgement) }
            rest = rest.dropFirst(rows.count)
        }
        return text
    }

    private func lines(_ rows: [CompareOutline.Row], _ names: [String], _ compared: ComparedCommits) -> [String] {
        TextTable(
            header: ["benchmark", "metric", compared.before.name, compared.after.name, "change", ""],
            rows: zip(names, rows).map { [$0] + $1.cells.map(\.terminalSafe) }
        ).lines
    }

    private func colored(_ line: String, _ judgement: SeriesVerdict.Judgement) -> String {
        switch judgement {
        case .worse: style.red(line)
        case .better: style.green(line)
        default: line
        }
    }

    private func lines(of crossing: FindOutline.Crossing) -> [String] {
        let series = crossing.series
        let doubt = crossing.culprit.confirmed ? "" : style.bold(" (not confirmed)")
        return [
            style.bold("\(series.package.terminalSafe) \(series.benchmark.terminalSafe)")
                + ": \(crossing.culprit.change(of: series)) \(series.metric.unit.terminalSafe)"
                + (series.boundText.map { ", \($0)" } ?? "") + doubt
        ] + (series.warnings.map { "note: \($0.terminalSafe)" } + crossing.explanation(style)).map { "    " + $0 }
    }

    private func lines(of alike: FindOutline.Alike) -> [String] {
        let series = alike.series
        let notes = series.warnings + (alike.note { $0 }.map { [$0] } ?? [])
        return [
            "not compared: \(series.package.terminalSafe) \(series.benchmark.terminalSafe) "
                + series.metric.unit.terminalSafe
        ] + notes.map { "    \($0.terminalSafe)" }
    }
}
