import GRDB

/// The cache's tables, and how each version became the next.
enum Schema {
    /// Brings a cache to this version; a cache that has it is only read.
    ///
    /// - Throws: `Refusal`, or what SQLite says.
    static func migrate(_ pool: DatabasePool) throws {
        let migrator = migrator
        if try isCurrent(pool, migrator) { return }
        while true {
            let done = try pool.read(migrator.completedMigrations).count
            do { return try migrator.migrate(pool) } catch {
                // Another program that opened the new file at the same moment may have done the step that failed; what is
                // left is still to be done by whoever comes to it first.
                guard try pool.read(migrator.completedMigrations).count > done else { throw error }
            }
        }
    }

    /// Makes sure that a cache that cannot be written has this version.
    ///
    /// - Throws: `Refusal`, or what SQLite says.
    static func check(_ reader: some DatabaseReader) throws {
        guard try isCurrent(reader, migrator) else { throw Refusal.older }
    }

    private static func isCurrent(_ reader: some DatabaseReader, _ migrator: DatabaseMigrator) throws -> Bool {
        try reader.read { database in
            if try migrator.hasBeenSuperseded(database) { throw Refusal.superseded }
            let isForeign =
                try !database.tableExists("grdb_migrations") && Table("sqlite_schema").fetchCount(database) > 0
            if isForeign { throw Refusal.foreign }
            return try migrator.hasCompletedMigrations(database)
        }
    }

    /// Why a sound database is not used.
    enum Refusal: Error {
        /// A later version wrote it, whose tables are not known here.
        case superseded
        /// An earlier version wrote it, and it cannot be brought to this one where nothing may be written.
        case older
        /// It holds something else.
        case foreign
        /// It is a device, a pipe or the like.
        case noFile
    }

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1: measurements") { database in
            try database.execute(sql: first)
        }
        migrator.registerMigration("2: explanations") { database in
            try database.execute(sql: second)
        }
        migrator.registerMigration("3: origins of imported measurements") { database in
            try database.execute(sql: origins)
        }
        migrator.registerMigration("4: packages whose inputs do not tell all") { database in
            try database.execute(sql: distrusted)
        }
        return migrator
    }

    /// A recipe of imported measurements is a row of its own, so that no search meets them by accident: `base` is the
    /// recipe that they were made with, and `machine` says where.
    private static let origins = """
        CREATE TABLE origin (
            recipe INTEGER PRIMARY KEY REFERENCES recipe (id),
            base INTEGER NOT NULL REFERENCES recipe (id),
            machine TEXT NOT NULL CHECK (machine != ''),
            UNIQUE (base, machine)
        ) STRICT;
        """

    /// The packages of which commits with equal inputs were seen to differ: none takes a measurement over from another.
    private static let distrusted = """
        CREATE TABLE distrusted (
            recipe INTEGER NOT NULL REFERENCES recipe (id),
            package TEXT NOT NULL,
            PRIMARY KEY (recipe, package)
        ) STRICT, WITHOUT ROWID;
        """

    private static let second = """
        CREATE TABLE explanation (
            recipe INTEGER NOT NULL REFERENCES recipe (id),
            "commit" TEXT NOT NULL CHECK (length("commit") = 40),
            base TEXT NOT NULL CHECK (length(base) = 40),
            package TEXT NOT NULL,
            pattern TEXT NOT NULL,
            benchmark TEXT NOT NULL,
            unit TEXT NOT NULL,
            version INTEGER NOT NULL,
            text TEXT NOT NULL,
            PRIMARY KEY (recipe, "commit", base, package, pattern, benchmark, unit)
        ) STRICT;
        """

    /// `pattern` is empty for a failure that concerns the whole package. `inputs` and `digest` are null when no other
    /// commit may take the measurement over.
    private static let first = """
        CREATE TABLE recipe (
            id INTEGER PRIMARY KEY,
            text TEXT NOT NULL UNIQUE
        ) STRICT;
        CREATE TABLE inputs (
            id INTEGER PRIMARY KEY,
            text TEXT NOT NULL UNIQUE
        ) STRICT;
        CREATE TABLE name (
            id INTEGER PRIMARY KEY,
            text TEXT NOT NULL UNIQUE
        ) STRICT;
        CREATE TABLE measurement (
            id INTEGER PRIMARY KEY,
            recipe INTEGER NOT NULL REFERENCES recipe (id),
            "commit" TEXT NOT NULL CHECK (length("commit") = 40),
            package TEXT NOT NULL,
            pattern TEXT NOT NULL,
            short INTEGER CHECK (short > 0),
            long INTEGER CHECK (long >= short),
            rounds INTEGER NOT NULL CHECK (rounds >= 0),
            reason TEXT,
            message TEXT NOT NULL DEFAULT '',
            "limit" REAL,
            inputs INTEGER REFERENCES inputs (id),
            digest TEXT,
            measured TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
            UNIQUE (recipe, "commit", package, pattern),
            CHECK ((inputs IS NULL) = (digest IS NULL)),
            CHECK (rounds > 0 OR reason IS NOT NULL)
        ) STRICT;
        CREATE INDEX measurement_class ON measurement (recipe, package, pattern, inputs, digest);
        CREATE TABLE value (
            measurement INTEGER NOT NULL REFERENCES measurement (id) ON DELETE CASCADE,
            benchmark INTEGER NOT NULL REFERENCES name (id),
            unit INTEGER NOT NULL REFERENCES name (id),
            round INTEGER NOT NULL CHECK (round >= 0),
            iterations INTEGER NOT NULL CHECK (iterations > 0),
            value REAL NOT NULL CHECK (abs(value) <= 1.7976931348623157e308),
            PRIMARY KEY (measurement, benchmark, unit, round, iterations)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE pair (
            recipe INTEGER NOT NULL REFERENCES recipe (id),
            package TEXT NOT NULL,
            pattern TEXT NOT NULL,
            short INTEGER NOT NULL CHECK (short > 0),
            long INTEGER NOT NULL CHECK (long >= short),
            PRIMARY KEY (recipe, package, pattern)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE listing (
            recipe INTEGER NOT NULL REFERENCES recipe (id),
            "commit" TEXT NOT NULL,
            question TEXT NOT NULL,
            answer TEXT NOT NULL,
            PRIMARY KEY (recipe, "commit", question)
        ) STRICT, WITHOUT ROWID;
        """
}
