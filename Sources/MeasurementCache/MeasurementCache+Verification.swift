import Benchmarks
import GRDB

extension MeasurementCache {
    /// Reads everything, and says what is not as it should be; nothing when the cache is sound.
    ///
    /// SQLite checks the file and the references between tables; the rest is whether the rows make sense.
    public func problems() throws -> [String] {
        try read { database in
            var problems = try String.fetchAll(database, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
            problems += try Row.fetchAll(database, sql: "PRAGMA foreign_key_check").map { row in
                "a row of the table \(row[0] as String? ?? "?") refers to one of \(row[2] as String? ?? "?") that is gone"
            }
            for (sql, what) in MeasurementCache.senseless {
                problems += try String.fetchAll(database, sql: sql).map { "\($0): \(what)" }
            }
            let known = Set(Failure.Reason.allCases.map(\.rawValue))
            let reasons = try String.fetchAll(
                database, sql: "SELECT DISTINCT reason FROM measurement WHERE reason IS NOT NULL")
            problems += reasons.filter { !known.contains($0) }.map { "the failure “\($0)” is unknown to this version" }
            let recipes = try String.fetchAll(
                database, sql: "SELECT text FROM recipe WHERE id NOT IN (SELECT recipe FROM origin)")
            problems += recipes.filter { Recipe(text: $0) == nil }.map { "the recipe “\($0)” cannot be read" }
            return problems
        }
    }

    private static let name = "'the measurement of ' || package || ' ' || pattern || ' at ' || \"commit\""

    /// Queries for the names of rows that cannot be right, and what is wrong with them.
    private static let senseless = [
        (
            #"SELECT \#(name) FROM measurement WHERE "commit" GLOB '*[^0-9a-f]*'"#,
            "its commit is not named by hexadecimal digits"
        ),
        ("SELECT \(name) FROM measurement WHERE rounds > 0 AND long IS NULL", "it has rounds, but no iteration counts"),
        (
            """
            SELECT DISTINCT \(name) FROM value JOIN measurement ON measurement.id = measurement
            WHERE round >= rounds OR iterations NOT IN (short, long) OR long IS NULL
            """,
            "it has values of a round or an iteration count that it has not"
        ),
        (
            """
            SELECT \(name) FROM measurement WHERE reason IS NULL
            AND NOT EXISTS (SELECT 1 FROM value WHERE value.measurement = measurement.id)
            """,
            "it has neither values nor a failure"
        ),
    ]
}
