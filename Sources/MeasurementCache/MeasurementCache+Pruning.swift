import GRDB

extension MeasurementCache {
    /// The commits that have a measurement, with how many they have.
    public func measuredCommits() throws -> [String: Int] {
        try read { database in
            let rows = try Row.fetchAll(
                database, sql: #"SELECT "commit" AS name, count(*) AS number FROM measurement GROUP BY "commit""#)
            return Dictionary(
                try rows.sensible { (try $0.commit(0), Int(try $0.integer(1))) }, uniquingKeysWith: +)
        }
    }

    /// How many measurements are older than some days.
    public func count(olderThanDays days: Int) throws -> Int {
        try read { database in
            try Int.fetchOne(
                database, sql: "SELECT count(*) FROM measurement WHERE \(MeasurementCache.isOlder)",
                arguments: ["-\(days) days"]) ?? 0
        }
    }

    /// How many measurements make no sense.
    public func countOfSenseless() throws -> Int { try read { try $0.senselessMeasurements().count } }

    /// Removes everything that is known of some commits, the measurements that are older than some days, and those that
    /// make no sense.
    public func remove(commits: some Sequence<String>, olderThanDays days: Int?) throws {
        try write { database in
            for commit in commits {
                for table in ["measurement", "listing", "explanation"] {
                    try database.execute(sql: #"DELETE FROM \#(table) WHERE "commit" = ?"#, arguments: [commit])
                }
                try database.execute(sql: "DELETE FROM explanation WHERE base = ?", arguments: [commit])
            }
            for (id, _) in try database.senselessMeasurements() {
                try database.execute(sql: "DELETE FROM measurement WHERE id = ?", arguments: [id])
            }
            if let days {
                try database.execute(
                    sql: "DELETE FROM measurement WHERE \(MeasurementCache.isOlder)", arguments: ["-\(days) days"])
            }
            try database.removeUnused()
        }
        do {
            try database.vacuum()
            // Until then the smaller file is in the log beside it.
            try database.writeWithoutTransaction { _ = try $0.checkpoint(.passive) }
        } catch { throw CacheError("made smaller", path: path, error) }
    }

    /// Removes failures, of some commits or of all.
    public func removeFailures(of commits: [String]?) throws {
        try write { database in
            for commit in commits ?? [] {
                try database.execute(
                    sql: #"DELETE FROM measurement WHERE rounds = 0 AND "commit" = ?"#, arguments: [commit])
            }
            if commits == nil { try database.execute(sql: "DELETE FROM measurement WHERE rounds = 0") }
            try database.removeUnused()
        }
    }

    private static let isOlder = "measured < strftime('%Y-%m-%dT%H:%M:%SZ', 'now', ?)"
}

extension Database {
    /// Removes the texts that no measurement needs any more.
    fileprivate func removeUnused() throws {
        try execute(
            sql: """
                DELETE FROM inputs WHERE id NOT IN (SELECT inputs FROM measurement WHERE inputs IS NOT NULL);
                DELETE FROM name WHERE id NOT IN (SELECT benchmark FROM value UNION SELECT unit FROM value);
                """)
    }
}
