public import Benchmarks
import GRDB

extension MeasurementCache {
    /// What is known of one target at one commit.
    public struct Entry: Sendable {
        /// The measurement.
        public let measurement: Measurement
        /// The state of its inputs; nil when no other commit may take it over.
        public let state: InputState?
        /// When it was made, as `2026-01-31T12:00:00Z`.
        public let time: String
    }

    /// What is known of a target at a commit, with the state of its inputs there: its own measurement, or a failure of
    /// the whole package.
    public func entry(at commit: String, of target: Measurement.Target, recipe: RecipeID) throws -> Entry? {
        try read { database in
            let row = try Row.fetchOne(
                database.cachedStatement(
                    sql: """
                        SELECT \(StoredMeasurement.columns), text, digest FROM measurement LEFT JOIN inputs ON inputs.id = inputs
                        WHERE recipe = ? AND "commit" = ? AND package = ? AND pattern IN (?, '') ORDER BY pattern DESC
                        """),
                arguments: [recipe.row, commit, target.package, target.pattern])
            return try row.map { row in
                let state = (row["text"] as String?).map { InputState(inputs: Inputs(text: $0), digest: row["digest"]) }
                return Entry(
                    measurement: try database.measurement(row, target: target), state: state,
                    time: row[StoredMeasurement.timeColumn])
            }
        }
    }
}
