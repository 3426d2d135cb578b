import Benchmarks
import GRDB

extension Database {
    /// The row of a text in a table of texts, made when there is none.
    func id(in table: String, of text: String) throws -> Int64 {
        let find = "SELECT id FROM \(table) WHERE text = ?"
        if let id = try Int64.fetchOne(cachedStatement(sql: find), arguments: [text]) { return id }
        try cachedStatement(sql: "INSERT INTO \(table) (text) VALUES (?)").execute(arguments: [text])
        return lastInsertedRowID
    }

    /// The iteration counts that were chosen for a target; nil when none were, or none that make sense.
    func pair(of target: Measurement.Target, recipe: MeasurementCache.RecipeID) throws -> IterationPair? {
        let row = try Row.fetchOne(
            self, sql: "SELECT short, long FROM pair WHERE recipe = ? AND package = ? AND pattern = ?",
            arguments: [recipe.row, target.package, target.pattern])
        do { return try row.flatMap { try StoredMeasurement.pair($0, short: 0) } } catch is SenselessRow { return nil }
    }

    /// The measurement that a row of the table describes, with its values.
    ///
    /// - Throws: `SenselessRow` when the row or one of its values makes no sense.
    func measurement(_ row: Row, target: Measurement.Target) throws -> Measurement {
        var measurement = try StoredMeasurement(row, target: target)
        let values = try Row.fetchCursor(
            cachedStatement(
                sql: """
                    SELECT round, iterations, value, b.text, u.text
                    FROM value LEFT JOIN name b ON b.id = benchmark LEFT JOIN name u ON u.id = unit
                    WHERE measurement = ?
                    """),
            arguments: [try row.integer(0)])
        while let value = try values.next() {
            try measurement.add(value, benchmark: value.text(3), unit: value.text(4))
        }
        guard !measurement.lacksValues else { throw SenselessRow(reason: "it has neither values nor a failure") }
        return measurement.measurement
    }

    func store(
        _ measurement: Measurement, at commit: String, recipe: MeasurementCache.RecipeID,
        state: MeasurementCache.InputState?
    ) throws {
        let inputs = try state.map { try id(in: "inputs", of: $0.inputs.text) }
        let failure = measurement.failure
        // SQLite's texts end at a zero byte.
        let message = failure?.message.replacing("\0", with: "␀") ?? ""
        let pattern = failure?.concernsPackage == true ? "" : measurement.target.pattern
        try execute(
            sql: """
                DELETE FROM measurement WHERE recipe = ? AND "commit" = ? AND package = ? AND pattern IN (?, '')
                """,
            arguments: [recipe.row, commit, measurement.target.package, pattern])
        try execute(
            sql: """
                INSERT INTO measurement
                    (recipe, "commit", package, pattern, short, long, rounds, reason, message, "limit", inputs, digest)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                recipe.row, commit, measurement.target.package, pattern, measurement.pair?.short,
                measurement.pair?.long, measurement.rounds.count, failure?.reason.rawValue, message,
                failure?.limit, inputs, state?.digest,
            ])
        let row = lastInsertedRowID
        guard let pair = measurement.pair else { return }
        let insert = try cachedStatement(
            sql: """
                INSERT INTO value (measurement, benchmark, unit, round, iterations, value) VALUES (?, ?, ?, ?, ?, ?)
                """)
        for (number, round) in measurement.rounds.enumerated() {
            for (results, iterations) in [(round.long, pair.long), (pair.span > 0 ? round.short : [:], pair.short)] {
                for (name, values) in results {
                    let benchmark = try id(in: "name", of: name)
                    for (unit, value) in values where value.isFinite {
                        try insert.execute(
                            arguments: [row, benchmark, try id(in: "name", of: unit), number, iterations, value])
                    }
                }
            }
        }
    }
}
