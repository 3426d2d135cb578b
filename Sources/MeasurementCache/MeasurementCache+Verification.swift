import Benchmarks
import GRDB

extension MeasurementCache {
    /// Reads everything, and says what is not as it should be; nothing when the cache is sound.
    ///
    /// SQLite checks the file and the references between tables. The rest is read as every command reads it, so that what
    /// is left out there is reported here.
    public func problems() throws -> [String] {
        try read { database in
            var problems = try Row.fetchAll(database, sql: "PRAGMA integrity_check").sensible { try $0.text(0) }
                .filter { $0 != "ok" }
            problems += try Row.fetchAll(database, sql: "PRAGMA foreign_key_check").map { row in
                "a row of the table \(row.shown(0)) refers to one of \(row.shown(2)) that is gone"
            }
            let recipes = try Row.fetchAll(
                database, sql: "SELECT text FROM recipe WHERE id NOT IN (SELECT recipe FROM origin)")
            problems += recipes.filter { (try? $0.text(0)).flatMap { Recipe(text: $0) } == nil }
                .map { "the recipe \($0.shown(0)) cannot be read" }
            let pairs = try Row.fetchAll(database, sql: "SELECT short, long, package, pattern FROM pair")
            problems += try pairs.compactMap { row in
                try row.trouble { try StoredMeasurement.pair(row, short: 0) }
                    .map { "the choice for \(row.shown(2)) \(row.shown(3)): \($0)" }
            }
            return try problems + database.senselessMeasurements().map(\.text)
        }
    }
}

extension Database {
    /// The measurements that nothing of this version can have written.
    func senselessMeasurements() throws -> [(id: Int64, text: String)] {
        var found: [(id: Int64, text: String)] = []
        let rows = try Row.fetchCursor(
            self,
            // Whatever an index says of it.
            sql: """
                SELECT \(StoredMeasurement.columns), package, pattern, measurement."commit", inputs.text AS files, digest,
                    inputs, recipe
                FROM measurement NOT INDEXED LEFT JOIN inputs ON inputs.id = inputs
                """)
        let next = StoredMeasurement.columnCount
        while let row = try rows.next() {
            let trouble = try row.trouble {
                let target = Measurement.Target(package: try row.text(next), pattern: try row.text(next + 1))
                _ = try (row.commit(next + 2), row.integer(next + 6))
                _ = try row.inputState(at: next + 3)
                _ = try measurement(row, target: target)
            }
            guard let trouble else { continue }
            let name = "the measurement of \(row.shown(next)) \(row.shown(next + 1)) at \(row.shown(next + 2))"
            found.append((try row.integer(0), "\(name): \(trouble)"))
        }
        return found
    }
}

extension Row {
    /// What makes no sense in what is read of it; nil when all does.
    fileprivate func trouble(_ read: () throws -> some Any) throws -> String? {
        do { _ = try read() } catch let error as SenselessRow { return error.reason }
        return nil
    }

    /// A value to be named in a sentence, whatever it is.
    fileprivate func shown(_ column: Int) -> String {
        (try? text(column)) ?? "\(self[column] as DatabaseValue)"
    }
}
