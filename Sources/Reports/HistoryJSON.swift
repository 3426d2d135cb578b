public import AllocBisectCore
import Benchmarks
import Git

/// A history as one JSON document.
public struct HistoryJSON {
    /// The document's text.
    public static func text(of history: History) throws -> String {
        try JSONDocument.text(of: Document(history))
    }

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
            rows = history.rows.map { Row($0, history.series) }
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
        let values: [Value]
        let skipped: String?

        init(_ row: HistoryRow, _ series: [HistorySeries]) {
            commit = row.commit.id.description
            parents = row.commit.parents.map(\.description)
            author = row.commit.author.name
            date = row.commit.author.isoDate
            subject = row.commit.subject
            values = zip(series, row.cells).map { Value($0, $1, isSkipped: row.skipped != nil) }
            skipped = row.skipped
        }
    }

    private struct Value: Encodable {
        let package, benchmark, metric: String
        let value, change: Nullable<Double>
        let step, shared: Bool
        let reason: String?

        init(_ series: HistorySeries, _ cell: HistoryCell, isSkipped: Bool) {
            package = series.package
            benchmark = series.benchmark
            metric = series.metric.unit
            value = Nullable(cell.value)
            change = Nullable(cell.change)
            step = cell.isStep
            shared = cell.isShared
            reason = isSkipped ? nil : cell.reason
        }
    }
}
