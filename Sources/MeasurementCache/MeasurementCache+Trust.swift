public import Benchmarks
import GRDB

extension MeasurementCache {
    /// The commits that have a measurement of a target, oldest measurement first.
    public func commits(of target: Measurement.Target, recipe: RecipeID) throws -> [String] {
        try read { database in
            try String.fetchAll(
                database,
                sql: """
                    SELECT "commit" FROM measurement WHERE recipe = ? AND package = ? AND pattern IN (?, '')
                    GROUP BY "commit" ORDER BY min(id)
                    """,
                arguments: [recipe.row, target.package, target.pattern])
        }
    }

    /// Whether commits with equal inputs were seen to differ in a package.
    public func distrustsInputs(of package: String, recipe: RecipeID) throws -> Bool {
        try read { database in
            try Bool.fetchOne(
                database, sql: "SELECT 1 FROM distrusted WHERE recipe = ? AND package = ?",
                arguments: [recipe.row, package]) ?? false
        }
    }

    /// Forgets the inputs of a package's measurements for good, so that none is taken over by another commit.
    public func distrustInputs(of package: String, recipe: RecipeID) throws {
        try write { database in
            try database.execute(
                sql: "INSERT OR IGNORE INTO distrusted (recipe, package) VALUES (?, ?)",
                arguments: [recipe.row, package])
            try database.execute(
                sql: "UPDATE measurement SET inputs = NULL, digest = NULL WHERE recipe = ? AND package = ?",
                arguments: [recipe.row, package])
        }
    }
}
