public import AllocBisectCore
import Benchmarks
import Git

/// A history as one JSON document.
public struct HistoryJSON {
    /// The document's text.
    ///
    /// There are hundreds of thousands of values, and an encoder takes longer for them than reading the cache does. So it
    /// writes the document with rows that are empty, and each series' part of a value once.
    public static func text(of history: History) throws -> String {
        let frame = try JSONDocument.text(of: Document(history))
        let heads = try history.series.map(SeriesText.init)
        var text = ""
        // No text in the document can be taken for it: a line break in one is escaped.
        for (index, part) in frame.split(separator: emptyValues, omittingEmptySubsequences: false).enumerated() {
            text += part
            guard index < history.rows.count else { continue }
            let row = history.rows[index]
            text += row.cells.isEmpty ? emptyValues : "\"values\" : ["
            for (position, cell) in row.cells.enumerated() {
                text += position == 0 ? "\n        {" : ",\n        {"
                try heads[position].append(cell, isSkipped: row.skipped != nil, to: &text)
                text += "\n        }"
            }
            if !row.cells.isEmpty { text += "\n      ]" }
        }
        return text
    }

    private static let emptyValues = "\"values\" : [\n\n      ]"

    private struct Document: Encodable {
        let schemaVersion = JSONDocument.schemaVersion
        let command = "history"
        let range: Range
        let measured: Int
        let rows: [Row]
        let warnings: [String]

        init(_ history: History) {
            range = Range(good: Nullable(history.good?.description), bad: history.bad.description)
            measured = history.measured
            rows = history.rows.map(Row.init)
            warnings = history.warnings
        }
    }

    private struct Range: Encodable {
        let good: Nullable<String>
        let bad: String
    }

    private struct Row: Encodable {
        let commit: String
        let parents: [String]
        let author, date, subject: String
        let values: [String] = []
        let skipped: String?

        init(_ row: HistoryRow) {
            commit = row.commit.id.description
            parents = row.commit.parents.map(\.description)
            author = row.commit.author.name
            date = row.commit.author.isoDate
            subject = row.commit.subject
            skipped = row.skipped
        }
    }

    /// The members of a value that are the same in all rows, as they stand in the document.
    private struct SeriesText {
        let benchmark, metric, package: String

        init(_ series: HistorySeries) throws {
            benchmark = try SeriesText.member("benchmark", series.benchmark)
            metric = try SeriesText.member("metric", series.metric.unit)
            package = try SeriesText.member("package", series.package)
        }

        private static func member(_ key: String, _ value: String) throws -> String {
            "\n          \"\(key)\" : \(try JSONDocument.text(of: value).dropLast())"
        }

        /// Adds the members of a value, in the order of their keys.
        func append(_ cell: HistoryCell, isSkipped: Bool, to text: inout String) throws {
            text += benchmark
            text += ",\n          \"change\" : "
            text += SeriesText.number(cell.change)
            text += ","
            text += metric
            text += ","
            text += package
            if let reason = cell.reason, !isSkipped {
                text += ","
                text += try SeriesText.member("reason", reason)
            }
            text += cell.isShared ? ",\n          \"shared\" : true" : ",\n          \"shared\" : false"
            text += cell.isStep ? ",\n          \"step\" : true" : ",\n          \"step\" : false"
            text += ",\n          \"value\" : "
            text += SeriesText.number(cell.value)
        }

        private static func number(_ value: Double?) -> String {
            guard let value, value.isFinite else { return "null" }
            if value.magnitude < 1e15, let whole = Int(exactly: value) { return "\(whole)" }
            return "\(value)"
        }
    }
}
