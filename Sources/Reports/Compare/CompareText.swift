public import AllocBisectCore
import Benchmarks

/// What differs between two commits, or a commit and the work tree, for people: a table first, then explanations.
public struct CompareText {
    private let width: Int
    private let style: TextStyle

    /// The text of what was compared.
    ///
    /// - Parameters:
    ///   - everything: Whether what is the same is shown as well.
    ///   - width: The columns of the terminal, for which names are shortened; nil for lines of any length.
    public static func text(
        of compared: ComparedCommits, everything: Bool, width: Int?, style: TextStyle
    ) -> String {
        let document = CompareText(width: width ?? .max, style: style)
        return CompareOutline(compared, everything: everything).sections.map(document.paragraph).text
    }

    private func paragraph(of section: CompareOutline.Section) -> [String] {
        switch section {
        case .sides(let before, let after):
            [style.bold([before, after].map { $0.title(\.terminalSafe) }.joined(separator: " → "))]
        case .table(let table): self.table(table)
        case .worse(let crossing): lines(of: crossing)
        case .alike(let alike):
            alike.map {
                "explained as \($0.other.terminalSafe) is: "
                    + $0.names.texts(\.terminalSafe).joined(separator: ", ")
            }
        case .unknown(let unknown): unknown.flatMap(lines)
        case .notes(let notes): notes.map { "note: \($0.terminalSafe)" }
        case .closing(let closing, let hasWorse): [hasWorse ? style.red(closing) : style.green(closing)]
        }
    }

    private func table(_ table: CompareOutline.Table) -> [String] {
        let rows = table.packages.flatMap(\.rows)
        let names = rows.map { $0.series.benchmark.terminalSafe }
        let lines = lines(rows, names, table)
        let (longest, excess) = (names.map(\.columns).max() ?? 0, (lines.map(\.columns).max() ?? 0) + 4 - width)
        let fitting =
            excess > 0 ? self.lines(rows, names.map { $0.shortened(to: max(16, longest - excess)) }, table) : lines
        var rest = Array(zip(rows, fitting.dropFirst()))[...]
        var text = ["    " + style.bold(fitting[0])]
        for (package, rows) in table.packages {
            text.append(package.terminalSafe)
            text += rest.prefix(rows.count).map { row, line in "    " + colored(line, row.series.judgement) }
            rest = rest.dropFirst(rows.count)
        }
        return text
    }

    private func lines(_ rows: [CompareOutline.Row], _ names: [String], _ table: CompareOutline.Table) -> [String] {
        TextTable(
            header: ["benchmark", "metric", table.before, table.after, "change", ""],
            rows: zip(names, rows).map { [$0] + $1.cells.map(\.terminalSafe) }
        ).lines
    }

    private func colored(_ line: String, _ judgement: SeriesVerdict.Judgement) -> String {
        switch judgement {
        case .worse: style.red(line)
        case .better: style.green(line)
        case .within, .same, .new, .removed, .unknown: line
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
