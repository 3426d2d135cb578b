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
        var found: [(target: Int, measurement: StoredMeasurement, state: MeasurementCache.InputState?)] = []
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
        while let row = try rows.next() {
            guard let all = wanted[row[next]] else { continue }
            let pattern: String = row[next + 1]
            let state = try (row[next + 2] as Int64?).map {
                MeasurementCache.InputState(inputs: try inputs(of: $0), digest: row[next + 3])
            }
            for target in pattern.isEmpty ? all.values.sorted() : all[pattern].map({ [$0] }) ?? [] {
                let entry = (target, StoredMeasurement(row, target: targets[target]), state)
                let place = failed[target] ?? found.count
                if place < found.count { found[place] = entry } else { found.append(entry) }
                if pattern.isEmpty { failed[target] = place } else { places[row[0]] = place }
            }
        }
        guard !found.isEmpty else { return }
        let values = try Row.fetchCursor(values, arguments: [recipe.row, commit])
        while let value = try values.next() {
            guard let place = places[value[5]] else { continue }
            let (benchmark, unit) = (try name(of: value[3]), try name(of: value[4]))
            found[place].measurement.add(value, benchmark: benchmark, unit: unit)
        }
        for (target, measurement, state) in found {
            entries.append(
                (position, target, MeasurementCache.Entry(measurement: measurement.measurement, state: state)))
        }
    }

    private mutating func name(of id: Int64) throws -> String {
        if let known = names[id] { return known }
        let name = try String.fetchOne(database, sql: "SELECT text FROM name WHERE id = ?", arguments: [id]) ?? ""
        names[id] = name
        return name
    }

    private mutating func inputs(of id: Int64) throws -> Inputs {
        if let known = inputs[id] { return known }
        let text = try String.fetchOne(database, sql: "SELECT text FROM inputs WHERE id = ?", arguments: [id])
        let found = Inputs(text: text ?? "")
        inputs[id] = found
        return found
    }
}
