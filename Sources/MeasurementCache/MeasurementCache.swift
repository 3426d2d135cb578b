public import Benchmarks
import GRDB

import struct Foundation.FileAttributeType
import class Foundation.FileManager
import struct Foundation.ObjCBool
import class Foundation.Thread
import struct Foundation.URL

/// Measurements that were made before, keyed by commit and recipe; failures are kept as well.
///
/// Several programs may use one cache at once. A measurement is written as soon as it is made, in one transaction.
public struct MeasurementCache: Sendable {
    /// Where the file lies; `:memory:` for a cache that is not kept.
    public let path: String
    let database: any DatabaseWriter

    /// A recipe's key in this cache.
    public struct RecipeID: Hashable, Sendable { let row: Int64 }

    /// The files a measurement depends on, and what they held at its commit.
    public struct InputState: Hashable, Sendable {
        /// Which files the measurement depends on.
        public let inputs: Inputs
        /// A digest of their content at the commit.
        public let digest: String

        /// The state of some inputs.
        public init(inputs: Inputs, digest: String) {
            self.inputs = inputs
            self.digest = digest
        }
    }

    /// The version of the tables. A cache of an older one is brought to it; a newer one is refused.
    public static var version: Int { Schema.migrator.migrations.count }

    /// Opens or makes a cache.
    ///
    /// - Parameter path: The file; nil keeps everything in memory until the program ends.
    /// - Throws: `CacheError` when the file cannot be made, is damaged, or was written by a newer version.
    public init(path: String?) throws {
        self.path = path ?? ":memory:"
        do {
            guard let path else {
                database = try DatabaseQueue()
                try Schema.migrator.migrate(database)
                return
            }
            try FileManager.default.createDirectory(
                at: URL(filePath: path).deletingLastPathComponent(), withIntermediateDirectories: true)
            guard try MeasurementCache.mayBeFile(path) else { throw Schema.Refusal.noFile }
            do {
                let pool = try MeasurementCache.pool(at: path)
                try Schema.migrate(pool)
                database = pool
            } catch DatabaseError.SQLITE_CANTOPEN where MeasurementCache.isReadableFile(path) {
                database = try MeasurementCache.readOnly(path)
            } catch DatabaseError.SQLITE_READONLY {
                database = try MeasurementCache.readOnly(path)
            }
        } catch {
            throw CacheError("opened", path: self.path, error)
        }
    }

    /// Whether a path leads to a file or a folder, or to nothing yet.
    private static func mayBeFile(_ path: String) throws -> Bool {
        let target = URL(filePath: path).resolvingSymlinksInPath().path
        guard FileManager.default.fileExists(atPath: target) else { return true }
        let type = try FileManager.default.attributesOfItem(atPath: target)[.type] as? FileAttributeType
        return type == .typeRegular || type == .typeDirectory
    }

    private static func isReadableFile(_ path: String) -> Bool {
        var isDirectory: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && !isDirectory.boolValue
            && FileManager.default.isReadableFile(atPath: path)
    }

    /// Opens a cache that may be read and not written: what is known can be shown all the same.
    private static func readOnly(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.readonly = true
        func open(_ path: String) throws -> DatabaseQueue {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try Schema.check(queue)
            return queue
        }
        do { return try open(path) } catch DatabaseError.SQLITE_CANTOPEN {
            // SQLite wants to make a file beside it for whoever writes at the same time. Nobody can.
            return try open(URL(filePath: path).absoluteString + "?immutable=1")
        }
    }

    /// Opens the file, for longer than SQLite tries by itself: it gives up at once while another program makes the new
    /// file one with a write-ahead log.
    private static func pool(at path: String) throws -> DatabasePool {
        var configuration = Configuration()
        configuration.busyMode = .timeout(30)
        configuration.maximumReaderCount = 2
        let deadline = ContinuousClock.now + .seconds(30)
        while true {
            do {
                return try DatabasePool(path: path, configuration: configuration)
            } catch DatabaseError.SQLITE_BUSY where ContinuousClock.now < deadline {
                Thread.sleep(forTimeInterval: 0.01)
            }
        }
    }

    /// The key of a recipe, made when there is none.
    public func id(of recipe: Recipe) throws -> RecipeID {
        guard database.configuration.readonly else {
            return try write { RecipeID(row: try $0.id(in: "recipe", of: recipe.text)) }
        }
        let known = try read {
            try Int64.fetchOne($0, sql: "SELECT id FROM recipe WHERE text = ?", arguments: [recipe.text])
        }
        // Nothing was measured with it, and nothing can be kept.
        return RecipeID(row: known ?? -1)
    }

    /// The commits that have a measurement of a target, with the state of its inputs, oldest measurement first.
    public func states(
        of target: Measurement.Target, recipe: RecipeID
    ) throws -> [(commit: String, state: InputState)] {
        try read { database in
            var inputs: [Int64: Inputs] = [:]
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT "commit", digest, inputs, text, max(pattern)
                    FROM measurement JOIN inputs ON inputs.id = inputs
                    WHERE recipe = ? AND package = ? AND pattern IN (?, '')
                    GROUP BY "commit" ORDER BY measurement.id
                    """,
                arguments: [recipe.row, target.package, target.pattern])
            return try rows.sensible { row in
                let id = try row.integer(2)
                let known = try inputs[id] ?? Inputs(text: row.text(3))
                inputs[id] = known
                return (try row.commit(0), InputState(inputs: known, digest: try row.text(1)))
            }
        }
    }

    /// Keeps a measurement; one of the same commit, recipe and target is replaced.
    ///
    /// A failure of the whole package answers for every target of it, except for those that have a measurement of their
    /// own: numbers stay true when a later build fails. Any other measurement shows that the package can be built, and
    /// removes such a failure. Values that are not finite are left out.
    ///
    /// Failures that are in the surroundings are not kept, so that the next try starts afresh.
    public func store(
        _ measurement: Measurement, at commit: String, recipe: RecipeID, state: InputState?
    ) throws {
        if let failure = measurement.failure, failure.isTransient { return }
        try write { try $0.store(measurement, at: commit, recipe: recipe, state: state) }
    }

    /// The iteration counts that were chosen for a target; nil when none were, or none that make sense.
    public func pair(of target: Measurement.Target, recipe: RecipeID) throws -> IterationPair? {
        try read { try $0.pair(of: target, recipe: recipe) }
    }

    /// Chooses the iteration counts for a target; whoever comes first decides, and everybody gets that choice.
    public func choose(
        _ pair: IterationPair, for target: Measurement.Target, recipe: RecipeID
    ) throws -> IterationPair {
        if let chosen = try self.pair(of: target, recipe: recipe) { return chosen }
        return try write { database in
            if let chosen = try database.pair(of: target, recipe: recipe) { return chosen }
            try database.execute(
                sql: "INSERT OR REPLACE INTO pair (recipe, package, pattern, short, long) VALUES (?, ?, ?, ?, ?)",
                arguments: [recipe.row, target.package, target.pattern, pair.short, pair.long])
            return pair
        }
    }

    /// Sets the iteration counts of a target, and forgets what was measured of it with others.
    public func replace(_ pair: IterationPair, for target: Measurement.Target, recipe: RecipeID) throws {
        try write { database in
            try database.execute(
                sql: """
                    DELETE FROM measurement
                    WHERE recipe = ? AND package = ? AND pattern = ? AND (short <> ? OR long <> ?)
                    """,
                arguments: [recipe.row, target.package, target.pattern, pair.short, pair.long])
            try database.execute(
                sql: "INSERT OR REPLACE INTO pair (recipe, package, pattern, short, long) VALUES (?, ?, ?, ?, ?)",
                arguments: [recipe.row, target.package, target.pattern, pair.short, pair.long])
        }
    }

    /// What a commit answered to a question such as which packages match a pattern.
    public func answer(to question: String, at commit: String, recipe: RecipeID) throws -> String? {
        try read { database in
            try String.fetchOne(
                database, sql: #"SELECT answer FROM listing WHERE recipe = ? AND "commit" = ? AND question = ?"#,
                arguments: [recipe.row, commit, question])
        }
    }

    /// Keeps what a commit answered to a question, replacing an earlier answer.
    ///
    /// - Throws: `CacheError` when the file cannot be written.
    public func store(answer: String, to question: String, at commit: String, recipe: RecipeID) throws {
        try write { database in
            try database.execute(
                sql: #"INSERT OR REPLACE INTO listing (recipe, "commit", question, answer) VALUES (?, ?, ?, ?)"#,
                arguments: [recipe.row, commit, question, answer])
        }
    }

    /// How many measurements there are, and how many of them are failures.
    public func counts() throws -> (measurements: Int, failures: Int) {
        try read { database in
            (
                try Int.fetchOne(database, sql: "SELECT count(*) FROM measurement") ?? 0,
                try Int.fetchOne(database, sql: "SELECT count(*) FROM measurement WHERE reason IS NOT NULL") ?? 0
            )
        }
    }

    func read<Value>(_ work: (Database) throws -> Value) throws -> Value {
        do { return try database.read(work) } catch { throw CacheError("read", path: path, error) }
    }

    func write<Value>(_ work: (Database) throws -> Value) throws -> Value {
        do { return try database.write(work) } catch { throw CacheError("written", path: path, error) }
    }
}
