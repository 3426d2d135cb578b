import AllocBisectCore
import Foundation
import Git
import Measuring
import TestSupport
import Testing

@Suite("The user's repository", .tags(.go), .serialized)
struct RepositorySafetyTests {
    private func history() throws -> GoHistory {
        let history = try GoHistory()
        try history.commit("0", ["m.go": GoSource.work(allocations: 1), "m_test.go": GoSource.benchmark])
        try history.commit("1", ["m.go": GoSource.work(allocations: 2)])
        try history.commit("2", ["a.go": "package m\n"])
        try history.checkout()
        return history
    }

    @Test("stays byte for byte what it was, with its changes, its untracked files and its index")
    func untouched() async throws {
        let history = try history()
        try "changed\n".write(toFile: history.path + "/a.go", atomically: true, encoding: .utf8)
        try "mine\n".write(toFile: history.path + "/untracked.txt", atomically: true, encoding: .utf8)
        let before = try snapshot(history.path)
        let verdict = try await Searching.find(history, "0", "2") { $0.measuring.jobs = 2 }
        #expect(verdict.culprits(history) == ["1"])
        #expect(try snapshot(history.path) == before)
    }

    @Test("may be bare, or be looked at from a folder or a linked worktree of it")
    func places() async throws {
        let history = try history()
        let bare = history.folder.appending(path: "bare.git").path
        try git(["clone", "-q", "--bare", history.path, bare], in: history.path)
        #expect(try await Searching.find(history, "0", "2", directory: bare).culprits(history) == ["1"])

        let linked = history.folder.appending(path: "linked").path
        try git(["worktree", "add", "-q", "--detach", linked], in: history.path)
        // The user's own files there say how people are called.
        try "Ada <author@example.com>\n".write(toFile: linked + "/.mailmap", atomically: true, encoding: .utf8)
        let verdict = try await Searching.find(history, "0", "2", directory: linked)
        #expect(verdict.culprits(history) == ["1"])
        #expect(verdict.series.first?.culprits.first?.commit.author.name == "Ada")
        let common = try Repository(discovering: linked).commonDirectory
        #expect(FileManager.default.fileExists(atPath: common + "/allocbisect/measurements.sqlite"))

        try FileManager.default.createDirectory(atPath: history.path + "/sub", withIntermediateDirectories: true)
        let inside = try await Searching.find(history, "0", "2", directory: history.path + "/sub") {
            $0.selection.packages = [".."]
        }
        #expect(inside.culprits(history) == ["1"])
    }

    /// Every file of the work tree and of the git directory, but for what belongs to allocbisect.
    private func snapshot(_ path: String) throws -> [String: Data] {
        var files: [String: Data] = [:]
        let paths = FileManager.default.enumerator(atPath: path)
        while let name = paths?.nextObject() as? String {
            if name.hasPrefix(".git/allocbisect") || name.hasPrefix(".git/worktrees") { continue }
            files[name] = FileManager.default.contents(atPath: path + "/" + name) ?? Data()
        }
        return files
    }

    private func git(_ arguments: [String], in directory: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["git"] + arguments
        process.currentDirectoryURL = URL(filePath: directory)
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }
}
