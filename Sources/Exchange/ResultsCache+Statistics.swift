import MeasurementCache

extension ResultsCache {
    /// What is in a cache, in numbers, for those who know nothing of the database.
    public struct Statistics: Sendable {
        /// All measurements; those that are failures; those that were made elsewhere.
        public let measurements, failures, imported: Int
        /// The single values, and the commits that have any.
        public let values, commits: Int
        /// When the oldest and the newest measurement were made or imported, as `2026-01-31T12:00:00Z`; nil for none.
        public let oldest, newest: String?
        /// The measurements by recipe, most first.
        public let recipes: [(text: String, machine: String?, measurements: Int)]
    }
}

extension ResultsCache.Statistics {
    init(_ counted: MeasurementCache.Statistics) {
        self.init(
            measurements: counted.measurements, failures: counted.failures, imported: counted.imported,
            values: counted.values, commits: counted.commits, oldest: counted.oldest, newest: counted.newest,
            recipes: counted.recipes)
    }
}
