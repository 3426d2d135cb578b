public import Benchmarks
import GRDB

extension MeasurementCache {
    /// What is known of one target at one commit.
    public struct Entry: Sendable {
        /// The rounds, the failure, or both, as they were measured.
        public let measurement: Measurement
        /// The state of its inputs; nil when no other commit may take it over.
        public let state: InputState?
        /// When it was made, as `2026-01-31T12:00:00Z`.
        public let time: String
    }

    /// What is known of a target at a commit, with the state of its inputs there: its own measurement, or a failure of
    /// the whole package. Nil when nothing is known, or when what is there makes no sense.
    public func entry(at commit: String, of target: Measurement.Target, recipe: RecipeID) throws -> Entry? {
        try read { database in
            let rows = try Row.fetchCursor(
                database.cachedStatement(
                    sql: """
                        SELECT \(StoredMeasurement.columns), text, digest, inputs
                        FROM measurement LEFT JOIN inputs ON inputs.id = inputs
                        WHERE recipe = ? AND "commit" = ? AND package = ? AND pattern IN (?, '') ORDER BY pattern DESC
                        """),
                arguments: [recipe.row, commit, target.package, target.pattern])
            guard let row = try rows.next() else { return nil }
            do {
                return Entry(
                    measurement: try database.measurement(row, target: target),
                    state: try row.inputState(at: StoredMeasurement.columnCount),
                    time: try row.text(StoredMeasurement.timeColumn))
            } catch is SenselessRow {
                return nil
            }
        }
    }
}
