public import AllocBisectCore
import Benchmarks
import Git

/// What differs between two commits, as one JSON document.
public struct ExplainJSON {
    /// Writes the whole document, which follows `Schemas/explain.json`.
    ///
    /// - Throws: `EncodingError` for a value that JSON cannot hold, such as infinity.
    public static func text(of comparison: CommitComparison) throws -> String {
        try JSONDocument.text(of: Document(comparison))
    }

    private struct Document: Encodable {
        let schemaVersion = JSONDocument.schemaVersion
        let command = "explain"
        let before, after: CommitEntry
        let series: [Entry]
        let compared: Int
        let warnings: [String]

        init(_ comparison: CommitComparison) {
            before = CommitEntry(comparison.before)
            after = CommitEntry(comparison.after)
            series = comparison.series.map(Entry.init)
            compared = comparison.compared
            warnings = comparison.warnings
        }
    }

    private struct CommitEntry: Encodable {
        let commit, subject, author, date: String

        init(_ commit: Commit) {
            self.commit = commit.id.description
            (subject, author, date) = (commit.subject, commit.author.name, commit.author.isoDate)
        }
    }

    private struct Entry: Encodable {
        let package, benchmark, metric: String
        let before, after: Double
        let explanation: Nullable<ExplanationJSON>

        init(_ series: CommitComparison.Difference) {
            (package, benchmark, metric) = (series.package, series.benchmark, series.metric.unit)
            (before, after) = (series.before, series.after)
            explanation = Nullable(series.explanation.map { ExplanationJSON($0, series.metric) })
        }
    }
}
