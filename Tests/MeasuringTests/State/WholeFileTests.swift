import Foundation
import Testing

@testable import Measuring

@Suite("Files that are written whole")
struct WholeFileTests {
    private let folder: String
    private var path: String { folder + "/page" }
    private var temporaries: String { folder + "/state/temporary" }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "whole-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    private func write(_ text: String, to path: String) throws {
        defer { #expect((try? names(temporaries)) ?? [] == [], "something is left") }
        try WholeFile(path, by: temporaries).write(text.utf8)
    }

    private func names(_ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder)
    }
    private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }
    private func identity(_ path: String) throws -> stat {
        var status = stat()
        try #require(lstat(path, &status) == 0)
        return status
    }

    @Test("A regular file is another one afterwards, with the mode that it had")
    func replaced() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try write("old", to: path)
        for mode in [0o600, 0o444, 0o755] as [mode_t] {
            chmod(path, mode)
            let old = try identity(path)
            try write("new \(mode)", to: path)
            let new = try identity(path)
            #expect(new.st_mode & 0o7777 == mode && new.st_ino != old.st_ino)
            #expect(try text(path) == "new \(mode)")
        }
        #expect(try names(folder).sorted() == ["page", "state"])
    }

    @Test("Links lead where they did, and a file with two names keeps both")
    func links() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try write("target", to: folder + "/target")
        for (target, link) in [("target", "link"), ("nowhere", "dangling")] {
            symlink(target, "\(folder)/\(link)")
            try write("by \(link)", to: "\(folder)/\(link)")
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\(link)") == target)
            #expect(try text("\(folder)/\(target)") == "by \(link)")
        }
        #expect(link(folder + "/target", path) == 0)
        try write("both", to: path)
        #expect(try text(folder + "/target") == "both")
    }

    @Test("A pipe is written to, and a device stays one")
    func pipes() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        #expect(mkfifo(path, 0o600) == 0)
        let reader = open(path, O_RDONLY | O_NONBLOCK)
        defer { close(reader) }
        try write("through", to: path)
        var bytes = [UInt8](repeating: 0, count: 100)
        #expect(read(reader, &bytes, bytes.count) == 7)
        #expect(try identity(path).st_mode & S_IFMT == S_IFIFO)
        try write("away", to: "/dev/null")
        #expect(try identity("/dev/null").st_mode & S_IFMT == S_IFCHR)
    }

    @Test("What a program that has ended left behind is removed, but not what a running one has")
    func leftovers() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: temporaries, withIntermediateDirectories: true)
        // No process has a number as large.
        for name in [".allocbisect-2147483646-1", ".allocbisect-\(getppid())-1"] {
            try Data().write(to: URL(filePath: "\(temporaries)/\(name)"))
        }
        try WholeFile(path, by: temporaries).write("text".utf8)
        #expect(try names(temporaries) == [".allocbisect-\(getppid())-1"])
    }

    @Test("A folder that is gone is reported, and the old content stays where there is no room")
    func refusals() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        #expect(throws: WholeFile.Refusal.self) { try write("x", to: folder + "/missing/page") }
        #expect(throws: WholeFile.Refusal.self) { try WholeFile("/dev/full", by: temporaries).write("x".utf8) }
    }
}
