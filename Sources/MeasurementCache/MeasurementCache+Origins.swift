public import Benchmarks
import GRDB

extension MeasurementCache {
    /// The key of a recipe for measurements that were made elsewhere, made when there is none.
    ///
    /// It differs from the recipe's own key: what was imported answers no question that was not asked of it by name.
    public func id(of recipe: Recipe, from machine: String) throws -> RecipeID {
        // SQLite's texts end at a zero byte.
        let machine = machine.isEmpty ? "unknown" : machine.replacing("\0", with: "␀")
        return try write { database in
            let base = try database.id(in: "recipe", of: recipe.text)
            if let known = try Int64.fetchOne(
                database, sql: "SELECT recipe FROM origin WHERE base = ? AND machine = ?", arguments: [base, machine])
            {
                return RecipeID(row: known)
            }
            let row = try database.id(in: "recipe", of: "\(recipe.text)\nmachine: \(machine)")
            try database.execute(
                sql: "INSERT INTO origin (recipe, base, machine) VALUES (?, ?, ?)", arguments: [row, base, machine])
            return RecipeID(row: row)
        }
    }

    /// The keys under which measurements of this recipe were imported, with the machines that they come from.
    public func imported(of recipe: RecipeID) throws -> [(recipe: RecipeID, machine: String)] {
        try read { database in
            try Row.fetchAll(
                database, sql: "SELECT recipe, machine FROM origin WHERE base = ? ORDER BY machine",
                arguments: [recipe.row]
            ).sensible { (RecipeID(row: try $0.integer(0)), try $0.text(1)) }
        }
    }
}
