public import AllocBisectCore
import Benchmarks
import Git
import Measuring

/// The measurements of one commit as one JSON document.
public struct RecordJSON {
    /// Writes the whole document, which follows `Schemas/record.json`.
    ///
    /// - Throws: `EncodingError` for a value that JSON cannot hold, such as infinity.
    public static func text(of recording: CommitMeasurements) throws -> String {
        try JSONDocument.text(
            of: Document(
                commit: recording.commit.id.description,
                results: recording.rows.map { row in
                    Result(
                        package: row.package, benchmark: row.benchmark,
                        values: Dictionary(uniqueKeysWithValues: row.values.map { ($0.key.unit, $0.value) }))
                },
                failures: recording.failures.map {
                    Failed(
                        package: $0.target.package, pattern: $0.target.pattern, reason: $0.failure.reason.rawValue,
                        message: $0.failure.message)
                },
                warnings: recording.warnings))
    }

    private struct Document: Encodable {
        let schemaVersion = JSONDocument.schemaVersion
        let command = "record"
        let commit: String
        let results: [Result]
        let failures: [Failed]
        let warnings: [String]
    }

    private struct Result: Encodable {
        let package, benchmark: String
        let values: [String: Double]
    }

    private struct Failed: Encodable {
        let package, pattern, reason, message: String
    }
}
