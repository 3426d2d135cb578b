import GRDB

extension MeasurementCache {
    /// What is in a cache, in numbers.
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

    /// Counts what is in the cache.
    public func statistics() throws -> Statistics {
        try read { database in
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT count(*) AS measurements, count(reason) AS failures, count(DISTINCT "commit") AS commits,
                        count(origin.recipe) AS imported, min(measured) AS oldest, max(measured) AS newest,
                        (SELECT count(*) FROM value) AS "values"
                    FROM measurement LEFT JOIN origin ON origin.recipe = measurement.recipe
                    """)
            let recipes = try Row.fetchAll(
                database,
                sql: """
                    SELECT coalesce(base.text, own.text) AS text, machine, count(*) AS number
                    FROM measurement JOIN recipe own ON own.id = measurement.recipe
                    LEFT JOIN origin ON origin.recipe = own.id LEFT JOIN recipe base ON base.id = origin.base
                    GROUP BY own.id ORDER BY number DESC, text, machine
                    """)
            return Statistics(
                measurements: row?["measurements"] ?? 0, failures: row?["failures"] ?? 0,
                imported: row?["imported"] ?? 0, values: row?["values"] ?? 0, commits: row?["commits"] ?? 0,
                oldest: row?["oldest"], newest: row?["newest"],
                recipes: try recipes.sensible {
                    (try $0.text(0), try $0.optional(1, $0.text), Int(try $0.integer(2)))
                })
        }
    }
}
