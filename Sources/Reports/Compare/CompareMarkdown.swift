public import AllocBisectCore
import Benchmarks

/// What differs between two commits, or a commit and the work tree, as markdown.
public struct CompareMarkdown {
    /// Writes the whole document, for a pull request or an issue.
    ///
    /// - Parameter everything: Whether what is the same is shown as well.
    public static func text(of compared: ComparedCommits, everything: Bool) -> String {
        CompareOutline(compared, everything: everything).sections.flatMap(blocks).joined(separator: "\n\n") + "\n"
    }

    private static func blocks(of section: CompareOutline.Section) -> [String] {
        switch section {
        case .sides(let before, let after):
            ["### " + [before, after].map { $0.title(\.markdownEscaped) }.joined(separator: " → ")]
        case .table(let table): [text(of: table)]
        case .worse(let crossing): blocks(of: crossing)
        case .alike(let alike):
            alike.map {
                "Explained as \($0.other.markdownCode) is: "
                    + $0.names.texts(\.markdownCode).joined(separator: ", ")
            }
        case .unknown(let unknown): [unknown.map(line).joined(separator: "\n")]
        case .notes(let notes): notes.map { "Note: \($0.markdownEscaped)" }
        case .closing(let closing, _): ["\(closing.capitalizedFirst)."]
        }
    }

    private static func text(of table: CompareOutline.Table) -> String {
        let rows = table.packages.flatMap { package, rows in
            rows.map { row in
                "| \(package.markdownCodeCell) | \(row.series.benchmark.markdownCodeCell) | "
                    + row.cells.map(\.markdownEscaped).joined(separator: " | ") + " |"
            }
        }
        return
            ([
                "| package | benchmark | metric | \(table.before) | \(table.after) | change | |",
                "| --- | --- | --- | ---: | ---: | ---: | --- |",
            ] + rows).joined(separator: "\n")
    }

    private static func blocks(of crossing: FindOutline.Crossing) -> [String] {
        let (series, culprit) = (crossing.series, crossing.culprit)
        let change = "\(culprit.change(of: series)) \(series.metric.unit.markdownEscaped)"
        let bound = series.boundText.map { ", \($0.markdownEscaped)" } ?? ""
        let doubt = culprit.confirmed ? "" : " **(not confirmed)**"
        return ["\(series.package.markdownCode) \(series.benchmark.markdownCode): \(change)\(bound)\(doubt)"]
            + series.warnings.map { "Note: \($0.markdownEscaped)" } + crossing.explanationBlocks()
    }

    private static func line(of alike: FindOutline.Alike) -> String {
        let series = alike.series
        return "- Not compared: \(series.package.markdownCode) \(series.benchmark.markdownCode) "
            + series.metric.unit.markdownEscaped + series.warnings.map { "; \($0.markdownLines)" }.joined()
            + (alike.note(\.markdownCode).map { "; \($0)" } ?? "")
    }
}
