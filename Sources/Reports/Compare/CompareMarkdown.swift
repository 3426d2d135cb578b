public import AllocBisectCore
import Benchmarks

/// What differs between two commits, or a commit and the work tree, as markdown.
public struct CompareMarkdown {
    /// The document's text.
    ///
    /// - Parameter everything: Whether what is the same is shown as well.
    public static func text(of compared: ComparedCommits, everything: Bool) -> String {
        let outline = CompareOutline(compared, everything: everything)
        let title = [compared.before, compared.after].map { $0.title(\.markdownEscaped) }.joined(separator: " → ")
        var blocks = ["### \(title)"]
        if !outline.packages.isEmpty { blocks.append(table(outline, compared)) }
        blocks += outline.worse.flatMap { crossing in
            crossing.series.warnings.map { "Note: \($0.markdownEscaped)" } + crossing.explanationBlocks()
        }
        blocks += outline.alike.map { other, names in
            "Explained as \(other.markdownCode) is: "
                + names.elements.map(\.markdownCode).joined(separator: ", ")
                + (names.more > 0 ? ", … and \(names.more) more" : "")
        }
        if !outline.unknown.isEmpty { blocks.append(outline.unknown.map(line).joined(separator: "\n")) }
        blocks += outline.notes.map { "Note: \($0.markdownEscaped)" }
        blocks.append("\(outline.closing.capitalizedFirst).")
        return blocks.joined(separator: "\n\n") + "\n"
    }

    private static func table(_ outline: CompareOutline, _ compared: ComparedCommits) -> String {
        let rows = outline.packages.flatMap { package, rows in
            rows.map { row in
                "| \(package.markdownCodeCell) | \(row.series.benchmark.markdownCodeCell) | "
                    + row.cells.map(\.markdownEscaped).joined(separator: " | ") + " |"
            }
        }
        return
            ([
                "| package | benchmark | metric | \(compared.before.name) | \(compared.after.name) | change | |",
                "| --- | --- | --- | ---: | ---: | ---: | --- |",
            ] + rows).joined(separator: "\n")
    }

    private static func line(of alike: FindOutline.Alike) -> String {
        let series = alike.series
        return "- Not compared: \(series.package.markdownCode) \(series.benchmark.markdownCode) "
            + series.metric.unit.markdownEscaped + series.warnings.map { "; \($0.markdownLines)" }.joined()
            + (alike.note(\.markdownCode).map { "; \($0)" } ?? "")
    }
}
