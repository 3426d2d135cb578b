public import AllocBisectCore
import Git

/// A history as comma-separated values after RFC 4180: a row for each commit, and for each series the columns value,
/// change and step.
///
/// Numbers are written in full. A text that a spreadsheet would take for a formula gets an apostrophe in front; the JSON
/// document has texts as they are.
public struct HistoryCSV {
    /// Writes the whole document: a header, and a line for each commit.
    public static func text(of history: History) -> String {
        var text = ""
        write(history) { text += $0 }
        return text
    }

    /// Writes the document row by row.
    public static func write(_ history: History, to output: (String) throws -> Void) rethrows {
        let header =
            ["commit", "parents", "date", "author", "subject", "skipped"]
            + history.series.flatMap { [$0.title, $0.title + " change", $0.title + " step"] }
        try output(header.map(field).joined(separator: ",") + "\r\n")
        for row in history.rows {
            let commit = row.commit
            let texts = [
                commit.id.description, commit.parents.map(\.description).joined(separator: " "), commit.author.isoDate,
                commit.author.name, commit.subject, row.skipped ?? "",
            ]
            let cells = row.cells.flatMap { cell in
                [cell.value, cell.change].map { $0.map { "\($0)" } ?? "" }
                    + [cell.isStep ? "1" : cell.value == nil ? "" : "0"]
            }
            try output((texts.map(field) + cells).joined(separator: ",") + "\r\n")
        }
    }

    private static func field(_ text: String) -> String {
        let text = text.terminalSafe
        let isFormula = text.unicodeScalars.first.map { "=+-@".unicodeScalars.contains($0) } ?? false
        let safe = isFormula ? "'" + text : text
        let mustQuote = safe.unicodeScalars.contains { ",\"'".unicodeScalars.contains($0) } || safe.hasPrefix(" ")
        return mustQuote || safe.hasSuffix(" ") ? "\"" + safe.replacing("\"", with: "\"\"") + "\"" : safe
    }
}
