public import AllocBisectCore
import Benchmarks
import Git

/// A history as one HTML page that stands by itself.
public struct HistoryHTML {
    /// Writes the whole page, which loads nothing from elsewhere.
    public static func text(of history: History) -> String {
        let title = "Allocations by commit, \(history.ends)"
        // A page can be scrolled to all columns, and a reason takes the place of a row's values.
        let outline = HistoryOutline(history, columns: Array(history.series.indices), reasons: .max)
        let body = ["<h1>\(title.htmlEscaped)</h1>"] + outline.sections.map { html(of: $0, history) }
        return HTMLDocument.text(title: title, body: body.joined(separator: "\n"))
    }

    private static func html(of section: HistoryOutline.Section, _ history: History) -> String {
        switch section {
        case .summary(let history): "<p>\(history.summary)"
        case .values(let columns):
            "<div class=scroll>\(HistoryTable(history: history, columns: columns).text)</div>"
        case .same(let same):
            list(
                "The same throughout",
                same.map {
                    "\($0.package.htmlEscaped) \($0.benchmark.htmlEscaped): \($0.list(\.htmlEscaped))"
                })
        case .skipped(let skipped):
            list("Skipped", skipped.map { "<code>\($0.commit.short)</code> \($0.reason.htmlEscaped)" })
        case .gaps(let gaps): HistoryHTML.gaps(gaps)
        case .notes(let notes): notes.map { "<p>Note: \($0.htmlEscaped)" }.joined(separator: "\n")
        }
    }

    /// Why benchmarks have no value at commits where others have one; nothing where none has a gap.
    ///
    /// - Parameter origin: To whose forge the commits lead; nil for no links.
    static func gaps(_ gaps: [HistoryGap], _ origin: ReportOrigin? = nil) -> String {
        list(
            "Without a value",
            gaps.map { gap in
                "\(gap.package.htmlEscaped) \(gap.benchmarks.map(\.htmlEscaped).joined(separator: ", ")), at "
                    + "\(counted(gap.count, "commit")) from "
                    + "\(origin?.link(gap.first) ?? "<code>\(gap.first.short)</code>") on: "
                    + gap.reason.htmlEscaped
            })
    }

    /// A list below its title; nothing without items.
    static func list(_ title: String, _ items: [String]) -> String {
        items.isEmpty ? "" : "<h2>\(title)</h2>\n<ul>\n\(items.map { "<li>\($0)\n" }.joined())</ul>\n"
    }
}
