public import Benchmarks
import GRDB

extension MeasurementCache {
    /// Hands out every measurement that is in the cache, by commit, one after the other.
    ///
    /// - Parameters:
    ///   - machine: The name of this machine, where what was not imported was made.
    ///   - includingImported: Whether what was made elsewhere counts as well.
    ///   - body: What to do with each.
    /// - Returns: How many were left out because nothing of this version can have written them.
    public func forEachRecord(
        machine: String, includingImported: Bool = true, _ body: (MeasurementRecord) throws -> Void
    ) throws -> Int {
        // What goes wrong with a record in the caller's hands is not a fault of the cache.
        var thrown: (any Error)?
        let leftOut = try read { database in
            var recipes: [String: Recipe] = [:]
            var leftOut = 0
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT \(StoredMeasurement.columns), measurement."commit", package, pattern,
                        coalesce(base.text, own.text) AS made, machine, inputs.text AS files, digest, inputs
                    FROM measurement JOIN recipe own ON own.id = measurement.recipe
                    LEFT JOIN origin ON origin.recipe = measurement.recipe LEFT JOIN recipe base ON base.id = origin.base
                    LEFT JOIN inputs ON inputs.id = inputs
                    \(includingImported ? "" : "WHERE machine IS NULL")
                    ORDER BY measurement."commit", machine, made, package, pattern
                    """)
            while let row = try rows.next() {
                let record: MeasurementRecord
                do {
                    record = try database.record(row, machine: machine, &recipes)
                } catch is SenselessRow {
                    leftOut += 1
                    continue
                }
                do { try body(record) } catch {
                    thrown = error
                    break
                }
            }
            return leftOut
        }
        if let thrown { throw thrown }
        return leftOut
    }

    /// The outcome of a record that was to be imported.
    public enum Import: Sendable { case added, alreadyKnown, passing }

    /// Keeps a measurement that was made elsewhere, marked with its machine.
    ///
    /// One that is known already, as our own or from there, with as many rounds or more, stays as it is.
    public func add(_ record: MeasurementRecord) throws -> Import {
        if record.measurement.failure?.isTransient == true { return .passing }
        let own = try id(of: record.recipe)
        let recipe = try id(of: record.recipe, from: record.machine)
        return try write { database in
            let target = record.measurement.target
            for known in [own, recipe] {
                let row = try Row.fetchOne(
                    database,
                    sql: """
                        SELECT \(StoredMeasurement.columns) FROM measurement WHERE recipe = ? AND "commit" = ? AND package = ? AND pattern = ?
                        """,
                    arguments: [known.row, record.commit, target.package, target.pattern])
                guard let row else { continue }
                // One that makes no sense is replaced.
                guard let measurement = try? database.measurement(row, target: target) else { continue }
                if measurement.rounds.starts(with: record.measurement.rounds)
                    || known == recipe
                        && measurement.rounds.count >= record.measurement.rounds.count
                {
                    return .alreadyKnown
                }
            }
            try database.store(
                record.measurement, at: record.commit, recipe: recipe,
                state: record.inputs.map { InputState(inputs: $0.files, digest: $0.digest) })
            return .added
        }
    }
}

extension Database {
    /// The record that a row describes: the columns of a measurement, and those that `forEachRecord` puts after them.
    ///
    /// - Throws: `SenselessRow`.
    fileprivate func record(
        _ row: Row, machine: String, _ recipes: inout [String: Recipe]
    ) throws -> MeasurementRecord {
        let next = StoredMeasurement.columnCount
        let commit = try row.commit(next)
        let target = Measurement.Target(package: try row.text(next + 1), pattern: try row.text(next + 2))
        let made = try row.text(next + 3)
        guard let recipe = recipes[made] ?? Recipe(text: made) else {
            throw SenselessRow(reason: "its recipe “\(made)” cannot be read")
        }
        recipes[made] = recipe
        let inputs = try row.inputState(at: next + 5).map { ($0.inputs, $0.digest) }
        return MeasurementRecord(
            commit: commit, recipe: recipe, machine: try row.optional(next + 4, row.text) ?? machine,
            measurement: try measurement(row, target: target), inputs: inputs)
    }
}
