import Benchmarks
import Foundation
import GRDB
import MeasurementCache
import Testing

/// What a flipped byte in the file makes of a row, in every column and with everything that SQLite can store.
@Suite("Rows that make no sense") struct SenselessRowTests {
    private let scratch: Scratch
    private let target = Samples.target

    init() throws { scratch = try Scratch() }

    /// Opens the cache, with a damaged measurement of commit 1 and a sound one of commit 2.
    private func cache(_ table: String, _ column: String, _ value: String) throws -> MeasurementCache {
        do {
            let cache = try MeasurementCache(path: scratch.cache)
            let recipe = try cache.id(of: Samples.recipe)
            _ = try cache.choose(.standard, for: target, recipe: recipe)
            for number in [1, 2] {
                try cache.store(
                    Samples.measurement(3), at: Samples.commit(number), recipe: recipe,
                    state: Samples.state("\(number)"))
            }
        }
        let condition = ["measurement": "id = 1", "value": "measurement = 1"][table] ?? "true"
        try Damage.set(column, of: table, to: value, where: condition, in: scratch.cache)
        return try MeasurementCache(path: scratch.cache)
    }

    static let oddValues = [
        "NULL", "'text'", "x'00ff'", "CAST(x'ff' AS TEXT)", "-1", "0.5", "9e999", "-9223372036854775808",
        "1000000000", "9223372036854775807",
    ]
    static let columns = [
        "commit", "package", "pattern", "short", "long", "rounds", "reason", "limit", "inputs", "digest",
    ]

    @Test("are left out, told, replaced by the next measurement, and pruned", arguments: columns, oddValues)
    func measurements(column: String, value: String) throws {
        let cache = try cache("measurement", column, value)
        let recipe = try cache.id(of: Samples.recipe)
        // What may stand there, or stands for nothing.
        let isSound = try cache.problems().isEmpty
        var read = 0
        let leftOut = try cache.forEachRecord(machine: "here") { _ in read += 1 }
        #expect(read + leftOut == 2 && isSound == (leftOut == 0))
        let one = try cache.entry(at: Samples.commit(1), of: target, recipe: recipe)
        let all = try cache.entries(at: [1, 2].map(Samples.commit), of: [target], recipe: recipe).joined()
        #expect(all.first { $0.commit == 0 }?.entry.measurement == one?.measurement)
        #expect(all.contains { $0.commit == 1 && $0.entry.measurement == Samples.measurement(3) })
        if !isSound { #expect(one == nil) }
        _ = try (cache.statistics(), cache.measuredCommits(), cache.states(of: target, recipe: recipe), cache.counts())

        try cache.store(Samples.measurement(4), at: Samples.commit(1), recipe: recipe, state: Samples.state("1"))
        let repaired = try cache.entry(at: Samples.commit(1), of: target, recipe: recipe)
        #expect(repaired?.measurement == Samples.measurement(4))
        try cache.remove(commits: [], olderThanDays: nil)
        #expect(try cache.problems().isEmpty)
    }

    @Test("have values that make none", arguments: ["round", "iterations", "value", "benchmark", "unit"], oddValues)
    func values(column: String, value: String) throws {
        let cache = try cache("value", column, value)
        let recipe = try cache.id(of: Samples.recipe)
        let one = try cache.entry(at: Samples.commit(1), of: target, recipe: recipe)
        #expect(try cache.problems().isEmpty == (one != nil))
        let all = try cache.entries(at: [Samples.commit(1)], of: [target], recipe: recipe).joined()
        #expect(all.first?.entry.measurement == one?.measurement)
        try cache.store(Samples.measurement(4), at: Samples.commit(1), recipe: recipe, state: nil)
        #expect(try cache.problems().isEmpty)
    }

    @Test("have names that make none", arguments: ["name", "recipe", "inputs"], oddValues)
    func texts(table: String, value: String) throws {
        let cache = try cache(table, "text", value)
        let recipe = try cache.id(of: Samples.recipe)
        _ = try cache.entry(at: Samples.commit(1), of: target, recipe: recipe)
        _ = try cache.entries(at: [Samples.commit(1)], of: [target], recipe: recipe)
        _ = try (cache.statistics(), cache.measuredCommits(), cache.states(of: target, recipe: recipe))
        _ = try cache.forEachRecord(machine: "here") { _ in }
        _ = try cache.problems()
        try cache.store(Samples.measurement(4), at: Samples.commit(3), recipe: recipe, state: Samples.state("1"))
        #expect(
            try cache.entry(at: Samples.commit(3), of: target, recipe: recipe)?.measurement == Samples.measurement(4))
    }

    @Test("stand for choices that are made again", arguments: ["short", "long"], oddValues)
    func choices(column: String, value: String) throws {
        let cache = try cache("pair", column, value)
        let recipe = try cache.id(of: Samples.recipe)
        let isSound = try cache.pair(of: target, recipe: recipe) != nil
        #expect(try cache.problems().isEmpty == isSound)
        let first = IterationPair(short: 2, long: 20)
        let chosen = try cache.choose(first, for: target, recipe: recipe)
        #expect(try (chosen == first) == !isSound && cache.pair(of: target, recipe: recipe) == chosen)
        #expect(try cache.problems().isEmpty)
    }
}

/// Writes what SQLite would refuse to write.
enum Damage {
    static func set(_ column: String, of table: String, to value: String, where condition: String, in file: String)
        throws
    {
        var schema = ""
        try change(file) { database in
            schema =
                try String.fetchOne(database, sql: "SELECT sql FROM sqlite_schema WHERE name = ?", arguments: [table])
                ?? ""
            let loose = schema.replacing("IS NOT NULL", with: "NOTNULL").replacing(" NOT NULL", with: "")
                .replacing("STRICT, ", with: "").replacing("STRICT", with: "")
            try write(loose, of: table, database)
        }
        try change(file) { database in
            try database.execute(sql: "UPDATE OR IGNORE \(table) SET \"\(column)\" = \(value) WHERE \(condition)")
        }
        try change(file) { try write(schema, of: table, $0) }
    }

    private static func write(_ schema: String, of table: String, _ database: Database) throws {
        try database.execute(sql: "UPDATE sqlite_schema SET sql = ? WHERE name = ?", arguments: [schema, table])
    }

    private static func change(_ file: String, _ work: (Database) throws -> Void) throws {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        let queue = try DatabaseQueue(path: file, configuration: configuration)
        try queue.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA writable_schema = ON; PRAGMA ignore_check_constraints = ON")
            try work(database)
        }
        try queue.close()
    }
}
