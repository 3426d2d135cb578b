public import Benchmarks
import GRDB

extension MeasurementCache {
    /// What is known of some targets at some commits, as `entry` tells it of one, read at once.
    ///
    /// A thousand commits with fifty targets take a fraction of a second, where as many calls of `entry` take several.
    public func entries(
        at commits: [String], of targets: [Measurement.Target], recipe: RecipeID
    ) throws -> [(commit: String, entry: Entry)] {
        let wanted = Dictionary(grouping: targets, by: \.package)
        return try read { database in
            var reader = EntryReader(database: database, recipe: recipe)
            return try commits.flatMap { commit in
                try reader.entries(at: commit, of: wanted).map { (commit, $0) }
            }
        }
    }
}

/// Reads the entries of many commits, and each text only once.
private struct EntryReader {
    let database: Database
    let recipe: MeasurementCache.RecipeID
    private var names: [Int64: String] = [:]
    private var inputs: [Int64: Inputs] = [:]

    init(database: Database, recipe: MeasurementCache.RecipeID) {
        self.database = database
        self.recipe = recipe
    }

    /// The entries of the wanted targets, which are grouped by package.
    mutating func entries(
        at commit: String, of wanted: [String: [Measurement.Target]]
    ) throws -> [MeasurementCache.Entry] {
        var positions: [Measurement.Target: Int] = [:]
        var found: [(row: Int64, measurement: StoredMeasurement, state: MeasurementCache.InputState?)] = []
        let rows = try Row.fetchCursor(
            // What a target has of its own comes after its package's failure, and replaces it.
            database.cachedStatement(
                sql: #"SELECT * FROM measurement WHERE recipe = ? AND "commit" = ? ORDER BY package, pattern"#),
            arguments: [recipe.row, commit])
        while let row = try rows.next() {
            guard let all = wanted[row["package"]] else { continue }
            let pattern: String = row["pattern"]
            let state = try (row["inputs"] as Int64?).map {
                MeasurementCache.InputState(inputs: try inputs(of: $0), digest: row["digest"])
            }
            for target in all where pattern.isEmpty || pattern == target.pattern {
                let entry = (row["id"] as Int64, StoredMeasurement(row, target: target), state)
                if let position = positions[target] { found[position] = entry } else { found.append(entry) }
                positions[target] = positions[target] ?? found.count - 1
            }
        }
        guard !found.isEmpty else { return [] }
        let byRow = Dictionary(grouping: found.indices) { found[$0].row }
        let values = try Row.fetchCursor(
            database.cachedStatement(
                sql: """
                    SELECT round, iterations, value, benchmark, unit, measurement
                    FROM measurement JOIN value ON measurement = measurement.id WHERE recipe = ? AND "commit" = ?
                    """),
            arguments: [recipe.row, commit])
        while let value = try values.next() {
            for position in byRow[value[5]] ?? [] {
                let (benchmark, unit) = (try name(of: value[3]), try name(of: value[4]))
                found[position].measurement.add(value, benchmark: benchmark, unit: unit)
            }
        }
        return found.map { MeasurementCache.Entry(measurement: $0.measurement.measurement, state: $0.state) }
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
