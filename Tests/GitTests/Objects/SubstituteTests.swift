import Foundation
import Git
import Testing

@Suite("`git replace` and `info/grafts`, as git itself reads objects by them")
struct SubstituteTests {
    private func content(_ commit: ObjectID, _ fixture: Fixture, _ name: String = "a") throws -> String? {
        var worktree = try fixture.open().worktree(slot: 0)
        try worktree.checkout(commit)
        return FileManager.default.contents(atPath: worktree.path + "/" + name).map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    private func expectGitsHistory(_ fixture: Fixture, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let repository = try fixture.open()
        let walk = try repository.walk(from: repository.resolve("HEAD"))
        let lines = walk.map { node in ([node.id] + node.parents).map(\.description).joined(separator: " ") }
        #expect(Set(lines) == Set(try fixture.git("rev-list", "--parents", "HEAD")), sourceLocation: sourceLocation)
    }

    @Test func commits() throws {
        let fixture = try Fixture()
        let ids = try (1...4).map { try fixture.commit(["a": "\($0)", "d/b": "\($0)"], "commit \($0)") }
        #expect(try content(ids[1], fixture) == "2")
        let plain = try fixture.open().checkoutRules().text
        // Another tree and another message, after the slot has held the first one.
        try fixture.git("checkout", "-q", ids[1].description)
        try TemporaryDirectory.write("fixed", to: fixture.path + "/a")
        try fixture.git("commit", "-qa", "--amend", "-m", "fixed")
        let fixed = try fixture.id("HEAD")
        try fixture.git("checkout", "-q", "main")
        try fixture.git("replace", ids[1].description, fixed.description)
        let repository = try fixture.open()
        #expect(try content(ids[1], fixture) == "fixed")
        #expect(try repository.commit(ids[1]).subject == "fixed")
        #expect(try repository.commit(ids[1]).id == ids[1])
        #expect(try repository.resolve("main~2") == ids[1])
        #expect(try repository.checkoutRules().text != plain)
        try expectGitsHistory(fixture)
        // What it was pushed as stays.
        try fixture.git("config", "core.useReplaceRefs", "false")
        #expect(try content(ids[1], fixture) == "2")
        #expect(try fixture.open().checkoutRules().text == plain)
    }

    @Test func filesAndFolders() throws {
        let fixture = try Fixture()
        let commit = try fixture.commit(["a": "1", "d/b": "3"])
        let other = try fixture.commit(["a": "2", "d/b": "4", "d/c": "2"])
        let selection = TreeSelection(paths: ["a"], directories: ["d"])
        #expect(try content(commit, fixture) == "1")
        try fixture.git("replace", "\(commit):a", "\(other):a")
        #expect(try content(commit, fixture) == "2")
        #expect(try content(commit, fixture, "d/b") == "3")
        try fixture.git("replace", "\(commit):d", "\(other):d")
        #expect(try content(commit, fixture, "d/c") == "2")
        #expect(try fixture.open().file("a", at: commit) == Array("2".utf8))
        _ = try fixture.open().digests(of: [commit], over: selection)
        // Git's own checkout has the same files.
        try fixture.git("worktree", "add", "-q", "--detach", fixture.directory.path + "/w", commit.description)
        #expect(try String(contentsOfFile: fixture.directory.path + "/w/a", encoding: .utf8) == "2")
    }

    @Test func parents() throws {
        let fixture = try Fixture()
        let ids = try (1...6).map { try fixture.commit(["a": "\($0)"]) }
        try fixture.git("replace", "--graft", ids[4].description, ids[1].description, ids[2].description)
        try expectGitsHistory(fixture)
        #expect(try fixture.open().resolve("HEAD~1^2") == ids[2])
        let resolved = try fixture.open().resolve(RevisionRange("\(ids[3])..HEAD"))
        #expect(resolved.mergeBase == ids[2] || resolved.mergeBase == ids[1])
        #expect(
            resolved.mergeBase?.description
                == (try GitCommand.line("merge-base", "\(ids[3])", "HEAD", in: fixture.path)))
        try fixture.git("replace", "-d", ids[4].description)
        try TemporaryDirectory.write(
            "# comment\n\(ids[5]) \(ids[2])\n\(ids[1])\n", to: fixture.path + "/.git/info/grafts")
        try expectGitsHistory(fixture)
        #expect(try fixture.open().resolve("HEAD~1") == ids[2])
    }

    @Test func circlesAndWhatIsMissingAreTold() throws {
        let fixture = try Fixture()
        let ids = try (1...2).map { try fixture.commit(["a": "\($0)"]) }
        for (id, other) in [(ids[0], ids[1]), (ids[1], ids[0])] {
            try fixture.git("update-ref", "refs/replace/\(id)", other.description)
        }
        let error = #expect(throws: GitError.self) { _ = try fixture.open().commit(ids[0]) }
        #expect(error?.code == .damagedObject)
        #expect(error?.message.contains("replacements") == true)
    }
}
