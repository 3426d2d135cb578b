public import Benchmarks
import Dispatch
import GRDB
import Synchronization

extension MeasurementCache {
    /// What is known of one of several targets at one of several commits, both by their positions.
    public typealias LocatedEntry = (commit: Int, target: Int, entry: Entry)

    /// What is known of some targets at some commits, as `entry` tells it of one, read at once.
    ///
    /// Thousands of commits with fifty targets take a second, where as many calls of `entry` take minutes.
    ///
    /// - Parameter metrics: The metrics that can be derived from what is read, with `ns/op`, which Go always prints.
    ///   Everything is read when nil.
    /// - Returns: The entries by commit, in parts as they were read.
    public func entries(
        at commits: [String], of targets: [Measurement.Target], metrics: [Metric]? = nil, recipe: RecipeID
    ) throws -> [[LocatedEntry]] {
        // Readers don't wait for one another, and decoding takes most of the time.
        let size = max(500, (commits.count + 3) / 4)
        let starts = Array(stride(from: 0, to: commits.count, by: size))
        let parts = Mutex([Result<[LocatedEntry], any Error>?](repeating: nil, count: starts.count))
        DispatchQueue.concurrentPerform(iterations: starts.count) { number in
            let range = starts[number]..<min(starts[number] + size, commits.count)
            let part = Result<[LocatedEntry], any Error> {
                try read { database in
                    var reader = try EntryReader(database, targets: targets, metrics: metrics, recipe: recipe)
                    var entries: [LocatedEntry] = []
                    for position in range { try reader.read(commits[position], at: position, into: &entries) }
                    return entries
                }
            }
            parts.withLock { $0[number] = part }
        }
        return try parts.withLock { $0 }.map { try $0?.get() ?? [] }
    }
}

/// Reads the entries of many commits, and each text only once.
private struct EntryReader {
    private let database: Database
    private let recipe: MeasurementCache.RecipeID
    private let targets: [Measurement.Target]
    /// The positions of the targets by package, and by pattern.
    private let wanted: [String: [String: Int]]
    private let values: Statement
    private var names: [Int64: String] = [:]
    private var inputs: [Int64: Inputs] = [:]

    init(
        _ database: Database, targets: [Measurement.Target], metrics: [Metric]?, recipe: MeasurementCache.RecipeID
    ) throws {
        (self.database, self.targets, self.recipe) = (database, targets, recipe)
        wanted = Dictionary(grouping: targets.indices) { targets[$0].package }
            .mapValues { Dictionary(uniqueKeysWithValues: $0.map { (targets[$0].pattern, $0) }) }
        var sql = """
            SELECT round, iterations, value, benchmark, unit, measurement
            FROM measurement JOIN value ON measurement = measurement.id WHERE recipe = ? AND "commit" = ?
            """
        if let metrics {
            let units = try Set((metrics + [.time]).flatMap(\.sources)).compactMap {
                try Int64.fetchOne(database, sql: "SELECT id FROM name WHERE text = ?", arguments: [$0])
            }
            sql += " AND unit IN (\(units.map(String.init).joined(separator: ", ")))"
        }
        values = try database.makeStatement(sql: sql)
    }

    /// Adds the entries of the targets at a commit.
    mutating func read(
        _ commit: String, at position: Int, into entries: inout [MeasurementCache.LocatedEntry]
    ) throws {
        var found: [(target: Int, measurement: StoredMeasurement, state: MeasurementCache.InputState?, time: String)] =
            []
        /// Where the values of a row go; a failure of the whole package has none.
        var places: [Int64: Int] = [:]
        /// Where entries of targets stand that have their package's failure.
        var failed: [Int: Int] = [:]
        let rows = try Row.fetchCursor(
            // What a target has of its own comes after its package's failure, and replaces it.
            database.cachedStatement(
                sql: """
                    SELECT \(StoredMeasurement.columns), package, pattern, inputs, digest FROM measurement
                    WHERE recipe = ? AND "commit" = ? ORDER BY package, pattern
                    """),
            arguments: [recipe.row, commit])
        let next = StoredMeasurement.columnCount
        /// The positions among them of what makes no sense.
        var senseless: Set<Int> = []
        while let row = try rows.next() {
            // Without a package or a pattern it is nobody's.
            guard let package = try? row.text(next), let pattern = try? row.text(next + 1),
                let all = wanted[package]
            else { continue }
            for target in pattern.isEmpty ? all.values.sorted() : all[pattern].map({ [$0] }) ?? [] {
                let place = failed[target] ?? found.count
                do {
                    let entry = (
                        target, try StoredMeasurement(row, target: targets[target]), try state(row, at: next + 2),
                        try row.text(StoredMeasurement.timeColumn)
                    )
                    if place < found.count { found[place] = entry } else { found.append(entry) }
                    if pattern.isEmpty { failed[target] = place } else { places[try row.integer(0)] = place }
                } catch is SenselessRow {
                    senseless.insert(place)
                }
            }
        }
        guard !found.isEmpty else { return }
        let values = try Row.fetchCursor(values, arguments: [recipe.row, commit])
        while let value = try values.next() {
            guard case .int64(let row) = (value[5] as DatabaseValue).storage, let place = places[row] else { continue }
            do {
                let (benchmark, unit) = (try name(of: value.integer(3)), try name(of: value.integer(4)))
                try found[place].measurement.add(value, benchmark: benchmark, unit: unit)
            } catch is SenselessRow {
                senseless.insert(place)
            }
        }
        for (row, place) in places where found[place].measurement.lacksValues {
            // They may be those of other metrics.
            if try Int.fetchOne(
                database.cachedStatement(sql: "SELECT 1 FROM value WHERE measurement = ?"), arguments: [row]) == nil
            {
                senseless.insert(place)
            }
        }
        for (place, (target, measurement, state, time)) in found.enumerated() where !senseless.contains(place) {
            let entry = MeasurementCache.Entry(measurement: measurement.measurement, state: state, time: time)
            entries.append((position, target, entry))
        }
    }

    /// The state of the inputs in two columns.
    private mutating func state(_ row: Row, at column: Int) throws -> MeasurementCache.InputState? {
        guard let id = try row.optional(column, row.integer) else {
            // One goes with the other.
            return try row.optional(column + 1, row.text).map { _ in throw SenselessRow(reason: "it has no inputs") }
        }
        let known = try inputs[id] ?? Inputs(text: text(id, in: "inputs"))
        inputs[id] = known
        return MeasurementCache.InputState(inputs: known, digest: try row.text(column + 1))
    }

    private mutating func name(of id: Int64) throws -> String {
        if let known = names[id] { return known }
        let name = try text(id, in: "name")
        names[id] = name
        return name
    }

    private func text(_ id: Int64, in table: String) throws -> String {
        let row = try Row.fetchOne(
            database.cachedStatement(sql: "SELECT text FROM \(table) WHERE id = ?"), arguments: [id])
        guard let row else { throw SenselessRow(reason: "a text that it refers to is gone") }
        return try row.text(0)
    }
}
