import Foundation
import TestSupport
import Testing

@testable import Git

@Suite("Mirrors")
struct MirrorTests {
    private func history() throws -> GoHistory {
        let history = try GoHistory()
        try history.commit("1", ["a/x.go": "package a\n", "same.txt": "same\n"])
        try history.commit("2", ["a/x.go": "package a // 2\n"])
        try history.commit("3", ["b.txt": "b\n", "a/x.go": nil])
        return history
    }

    @Test("hold what a checkout takes, each object once, without the history")
    func transfer() throws {
        let history = try history()
        let source = try Repository(discovering: history.path)
        let mirror = try Mirror(at: history.folder.appending(path: "some/mirror").path, source: nil)
        var known: Set<ObjectID> = []
        var counts: [Int] = []
        for name in ["3", "2", "2"] {
            let commit = try history.id(name)
            var objects: [GitObject] = []
            try source.transfer(commit, known: &known) { objects.append($0) }
            try mirror.add(objects)
            try mirror.complete([commit])
            counts.append(objects.count)
        }
        // 3: commit, tree, go.mod, same.txt, b.txt; of 2 only the commit, two trees and a file are new.
        #expect(counts == [5, 4, 0])
        let copy = try Repository(discovering: mirror.path)
        for name in ["2", "3"] {
            #expect(try copy.commit(try history.id(name)).tree == source.commit(try history.id(name)).tree)
        }
        #expect(throws: GitError.self) { try copy.commit(try history.id("1")) }
        var slot = try copy.worktree(slot: 0)
        try slot.checkout(try history.id("2"))
        #expect(try String(contentsOfFile: slot.path + "/a/x.go", encoding: .utf8) == "package a // 2\n")
        // Who comes again learns what is here.
        #expect(try Mirror(at: mirror.path, source: nil).commits == ["3", "2", "2"].map { try history.id($0) })
        var again: Set<ObjectID> = []
        try source.transfer(try history.id("3"), known: &again, nil)
        var left: [GitObject] = []
        try source.transfer(try history.id("2"), known: &again) { left.append($0) }
        #expect(left.count == 4)
    }

    @Test("A commit's new folders are listed, and what is known is not looked into")
    func newFolders() throws {
        let fixture = try Fixture()
        let commits = try [
            ["a/b/x": "1", "a/y": "1", "c/z": "1"], ["a/b/x": "1", "a/y": "2", "c/z": "1"],
            ["a/b/x": "1", "a/y": "2", "c/z": "1", "d/b/x": "1"],
        ].map { try fixture.commit($0) }
        let repository = try fixture.open()
        var known: Set<ObjectID> = []
        var counts: [Int] = []
        for commit in commits + commits {
            let new = try repository.folders(of: commit, beyond: known)
            counts.append(new.count)
            known.formUnion(new)
        }
        // The root, a, b and c; the root and a; the root and d, whose b is that of a.
        #expect(counts == [4, 2, 2, 0, 0, 0])
    }

    @Test("can be made by several at once")
    func atOnce() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "allocbisect-mirrors-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.path
        for number in 0..<50 {
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for _ in 0..<8 {
                    tasks.addTask {
                        let mirror = try Mirror(at: "\(path)/\(number)", source: path)
                        try mirror.complete([])
                    }
                }
                try await tasks.waitForAll()
            }
            let made = "\(path)/\(number)"
            let source = try String(contentsOfFile: made + "/objects/info/alternates", encoding: .utf8)
            #expect(source == path + "/objects\n")
            let names = try FileManager.default.subpathsOfDirectory(atPath: made)
            #expect(!names.contains { $0.hasSuffix(".lock") }, "\(names)")
        }
    }

    @Test("borrow the objects of a repository on the same disks, which stays as it is")
    func alternates() throws {
        let history = try history()
        let before = RepositoryState(around: history.path)
        let mirror = try Mirror(at: history.folder.appending(path: "mirror").path, source: history.path + "/.git")
        let copy = try Repository(discovering: mirror.path)
        var slot = try copy.worktree(slot: 0)
        try slot.checkout(try history.id("1"))
        #expect(try String(contentsOfFile: slot.path + "/a/x.go", encoding: .utf8) == "package a\n")
        if let before, let after = RepositoryState(around: history.path) { #expect(after.changes(since: before) == []) }
    }

    @Test("check out by the settings of where they come from, and not by those of the machine")
    func settings() throws {
        let fixture = try Fixture()
        let commit = try fixture.commit(["a.txt": "1\n", "b.bin": "1\n", "c.odd": "1\n", "d.lf": "1\n"])
        let plain = try fixture.open()
        #expect(try plain.checkoutSettings().filters.filter { $0.name != "lfs" } == [])
        let attributes = fixture.path + "/own \"attributes\""
        try TemporaryDirectory.write("*.lf eol=lf\n", to: attributes)
        try TemporaryDirectory.write("*.bin -text\n*.odd filter=odd\n", to: fixture.path + "/.git/info/attributes")
        for (name, value) in [
            ("core.autocrlf", "true"), ("core.ignorecase", "yes"), ("core.attributesFile", attributes),
            ("filter.odd.smudge", "tr a b"), ("filter.a \"b\" \\c.clean", "tr b a"), ("filter.odd.required", "true"),
        ] { try fixture.git("config", name, value) }
        let repository = try fixture.open()
        let text = try repository.checkoutRules().text
        #expect(text.contains("a \"b\" \\c") && text.contains("autocrlf"))
        // As it comes to the other machine.
        let sent = try JSONDecoder().decode(
            CheckoutSettings.self, from: JSONEncoder().encode(repository.checkoutSettings()))
        let mirror = try Mirror(
            at: fixture.path + "/../mirror-\(UUID().uuidString)", source: fixture.path + "/.git", settings: sent)
        defer { try? FileManager.default.removeItem(atPath: mirror.path) }
        let copy = try Repository(discovering: mirror.path)
        #expect(try copy.checkoutRules().text == text)
        var slot = try copy.worktree(slot: 0)
        try slot.checkout(commit)
        let written = try ["a.txt", "b.bin", "d.lf"].map {
            try String(contentsOfFile: "\(slot.path)/\($0)", encoding: .utf8)
        }
        #expect(written == ["1\r\n", "1\n", "1\n"])
        #expect(slot.unfaithful.map(\.path) == ["c.odd"], "\(slot.unfaithful)")
    }
}
