import Foundation
import GRDB
import MeasurementCache
import Testing

@Suite("Caches that cannot be read or written")
struct CacheErrorTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func error(at path: String) -> String {
        let error = #expect(throws: CacheError.self) {
            let cache = try MeasurementCache(path: path)
            let recipe = try cache.id(of: Samples.recipe)
            try cache.store(Samples.measurement(1), at: Samples.commit(1), recipe: recipe, state: nil)
            _ = try cache.entry(at: Samples.commit(1), of: Samples.target, recipe: recipe)
        }
        let text = error?.description ?? ""
        #expect(text.hasPrefix("The results cache at \(path) could not be "))
        #expect(text.hasSuffix(", or use another one with --cache PATH or --no-cache."))
        return text
    }

    @Test func aFileThatIsNoDatabase() throws {
        let path = scratch.path + "/text"
        try String(repeating: "no database\n", count: 1000).write(toFile: path, atomically: true, encoding: .utf8)
        #expect(
            error(at: path).contains(
                "opened: the file is damaged or is not a cache (file is not a database). Move it away"))
    }

    @Test func aDamagedCache() throws {
        let path = scratch.cache
        do {
            let cache = try MeasurementCache(path: path)
            let recipe = try cache.id(of: Samples.recipe)
            for number in 0..<200 {
                try cache.store(Samples.measurement(1), at: Samples.commit(number), recipe: recipe, state: nil)
            }
        }
        var bytes = try Data(contentsOf: URL(filePath: path))
        for index in 4096..<bytes.count { bytes[index] = UInt8(index % 251) }
        try bytes.write(to: URL(filePath: path))
        #expect(error(at: path).contains("the file is damaged"))
    }

    @Test func aFolderInTheFilesPlace() throws {
        #expect(error(at: scratch.path).contains("opened: the file or its folder cannot be written ("))
    }

    @Test func aPipeOrADevice() {
        let path = scratch.path + "/pipe"
        #expect(mkfifo(path, 0o600) == 0)
        for path in [path, "/dev/null"] {
            #expect(error(at: path).contains("opened: it is a device or a pipe, not a file. Name a file"))
        }
    }

    @Test func aFileInTheFoldersPlace() throws {
        let file = scratch.path + "/file"
        try "".write(toFile: file, atomically: true, encoding: .utf8)
        #expect(error(at: file + "/measurements.sqlite").contains("opened: "))
    }

    @Test func aCacheOfANewerVersion() throws {
        _ = try MeasurementCache(path: scratch.cache)
        try DatabaseQueue(path: scratch.cache).write { database in
            try database.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES ('2: later')")
        }
        #expect(error(at: scratch.cache).contains("opened: a newer version of allocbisect wrote it. Use that version"))
    }

    @Test func anotherProgramsDatabase() throws {
        let path = scratch.path + "/other"
        try DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE bookmark (url TEXT)") }
        #expect(error(at: path).contains("opened: the file is some other program's database. Check the path"))
        let tables = try DatabaseQueue(path: path).read {
            try String.fetchAll($0, sql: "SELECT name FROM sqlite_schema")
        }
        #expect(tables == ["bookmark"])
    }

    @Test(.enabled(if: geteuid() != 0, "root may write anywhere")) func aFolderThatIsReadOnly() throws {
        try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: scratch.path)
        defer { try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: scratch.path) }
        #expect(error(at: scratch.path + "/measurements.sqlite").contains("the file or its folder cannot be written"))
    }

    @Test(.enabled(if: geteuid() != 0, "root may write anywhere")) func aCacheThatIsReadOnlyIsRead() throws {
        do {
            let cache = try MeasurementCache(path: scratch.cache)
            try cache.store(
                Samples.measurement(1), at: Samples.commit(1), recipe: cache.id(of: Samples.recipe), state: nil)
        }
        let files = FileManager.default
        try files.setAttributes([.posixPermissions: 0o400], ofItemAtPath: scratch.cache)
        try files.setAttributes([.posixPermissions: 0o500], ofItemAtPath: scratch.path)
        defer { try? files.setAttributes([.posixPermissions: 0o700], ofItemAtPath: scratch.path) }
        let cache = try MeasurementCache(path: scratch.cache)
        let recipe = try cache.id(of: Samples.recipe)
        let entry = try cache.entry(at: Samples.commit(1), of: Samples.target, recipe: recipe)
        #expect(entry?.measurement == Samples.measurement(1))
        #expect(try cache.problems().isEmpty)
        #expect(throws: CacheError.self) {
            try cache.store(Samples.measurement(2), at: Samples.commit(1), recipe: recipe, state: nil)
        }
    }
}
