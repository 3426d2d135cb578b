public import Exchange

/// What is in a results cache and what was done to it, as JSON documents.
public struct CacheJSON {
    /// A cache's path, and its numbers if they are wanted, as one JSON document.
    public static func text(
        path: String, size: Int?, statistics: ResultsCache.Statistics? = nil, problems: [String]? = nil
    ) throws -> String {
        try JSONDocument.text(
            of: Document(
                path: path, bytes: size, measurements: statistics?.measurements, failures: statistics?.failures,
                imported: statistics?.imported, commits: statistics?.commits, values: statistics?.values,
                oldest: statistics?.oldest, newest: statistics?.newest,
                recipes: statistics?.recipes.map {
                    Recipe(recipe: $0.text, machine: $0.machine, measurements: $0.measurements)
                }, problems: problems))
    }

    /// How much was forgotten, as one JSON document.
    public static func text(ofForgotten count: Int) throws -> String {
        try JSONDocument.text(of: Forgotten(forgotten: count))
    }

    /// What was removed, as one JSON document.
    public static func text(of pruning: ResultsCache.Pruning) throws -> String {
        try JSONDocument.text(
            of: Pruned(
                goneCommits: pruning.gone.map(\.commit), old: pruning.old, senseless: pruning.senseless,
                removed: pruning.removed, left: pruning.left,
                freedBytes: pruning.bytes))
    }

    /// What was imported, as one JSON document.
    public static func text(of imported: ResultsCache.Imported) throws -> String {
        try JSONDocument.text(
            of: Added(
                added: imported.added, known: imported.known, passing: imported.passing,
                machines: imported.machines.sorted(),
                warnings: imported.problems))
    }

    private struct Document: Encodable {
        let schemaVersion = JSONDocument.schemaVersion
        let command = "cache"
        let path: String
        let bytes, measurements, failures, imported, commits, values: Int?
        let oldest, newest: String?
        let recipes: [Recipe]?
        let problems: [String]?
    }

    private struct Recipe: Encodable {
        let recipe: String
        let machine: String?
        let measurements: Int
    }

    private struct Pruned: Encodable {
        let schemaVersion = JSONDocument.schemaVersion
        let command = "cache"
        let goneCommits: [String]
        let old: Int?
        let senseless, removed, left, freedBytes: Int
    }

    private struct Forgotten: Encodable {
        let schemaVersion = JSONDocument.schemaVersion
        let command = "cache"
        let forgotten: Int
    }

    private struct Added: Encodable {
        let schemaVersion = JSONDocument.schemaVersion
        let command = "cache"
        let added, known, passing: Int
        let machines, warnings: [String]
    }
}
