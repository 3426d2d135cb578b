public import Benchmarks
import GRDB

extension MeasurementCache {
    /// What an explanation explains: a series between two commits.
    public struct ExplanationKey: Hashable, Sendable {
        /// The commit that is explained, and the one that it is compared with.
        public let commit, base: String
        /// The package and the benchmark function that the explanation is about.
        public let target: Measurement.Target
        /// The benchmark's full name, and the metric's unit.
        public let benchmark, unit: String
        /// The version of the text's format; a text of another one is none.
        public let version: Int

        /// Creates the key that an explanation is kept and found by.
        public init(
            commit: String, base: String, target: Measurement.Target, benchmark: String, unit: String, version: Int
        ) {
            (self.commit, self.base, self.target) = (commit, base, target)
            (self.benchmark, self.unit, self.version) = (benchmark, unit, version)
        }

        fileprivate var arguments: StatementArguments {
            [commit, base, target.package, target.pattern, benchmark, unit, version]
        }
    }

    /// An explanation that was kept; nil when there is none.
    public func explanation(_ key: ExplanationKey, recipe: RecipeID) throws -> String? {
        try read { database in
            try String.fetchOne(
                database,
                sql: """
                    SELECT text FROM explanation WHERE "commit" = ? AND base = ? AND package = ? AND pattern = ?
                    AND benchmark = ? AND unit = ? AND version = ? AND recipe = ?
                    """,
                arguments: key.arguments + [recipe.row])
        }
    }

    /// Keeps an explanation; one of the same key is replaced.
    public func store(explanation: String, _ key: ExplanationKey, recipe: RecipeID) throws {
        try write { database in
            try database.execute(
                sql: """
                    INSERT OR REPLACE INTO explanation
                    ("commit", base, package, pattern, benchmark, unit, version, recipe, text)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: key.arguments + [recipe.row, explanation])
        }
    }
}
