import Foundation
import Git
import Testing

@Suite("Whatever happens in a slot, the user's repository stays as it was")
struct WorktreeSafetyTests {
    private func busyRepository() throws -> Fixture {
        let fixture = try Fixture()
        try fixture.commit([".gitignore": "*.log\n", "a.go": "1", "d/b.go": "1"])
        try fixture.commit(["a.go": "2", "e": "x"])
        try fixture.commit(["d/b.go": "3"])
        try fixture.git("tag", "v1", "HEAD~1")
        try TemporaryDirectory.write("stashed", to: fixture.path + "/a.go")
        try fixture.git("stash", "-q")
        try TemporaryDirectory.write("staged", to: fixture.path + "/a.go")
        try fixture.git("add", "a.go")
        try TemporaryDirectory.write("changed", to: fixture.path + "/a.go")
        try TemporaryDirectory.write("untracked", to: fixture.path + "/new.go")
        try TemporaryDirectory.write("ignored", to: fixture.path + "/x.log")
        return fixture
    }

    @Test func leavesTheUsersRepositoryAlone() throws {
        let fixture = try busyRepository()
        let before = try fixture.everything()
        let commands = [
            ["for-each-ref"], ["--no-optional-locks", "status", "--porcelain", "--ignored"], ["stash", "list"],
            ["reflog", "--all"],
            ["config", "--local", "--list"], ["symbolic-ref", "HEAD"],
        ]
        let answers = try commands.map { try GitCommand.lines($0, in: fixture.path) }
        let ids = try fixture.git("rev-list", "--all").map { try #require(ObjectID($0)) }
        let repository = try fixture.open()
        for number in [0, 7] {
            var worktree = try repository.worktree(slot: number)
            for id in ids + ids.reversed() { try worktree.checkout(id) }
        }
        #expect(repository.existingWorktrees() == [0, 7])
        #expect(try fixture.everything() == before)
        #expect(try commands.map { try GitCommand.lines($0, in: fixture.path) } == answers)
        #expect(try fixture.git("worktree", "list").filter { $0.hasSuffix("(detached HEAD)") }.count == 2)
        #expect(try fixture.git("fsck", "--no-dangling").isEmpty)

        try repository.removeWorktree(slot: 0)
        try repository.removeWorktree(slot: 7)
        try repository.removeWorktree(slot: 8)
        #expect(repository.existingWorktrees().isEmpty)
        #expect(try fixture.everything() == before)
        #expect(!FileManager.default.fileExists(atPath: fixture.path + "/.git/allocbisect"))
        #expect(!FileManager.default.fileExists(atPath: fixture.path + "/.git/worktrees"))
        #expect(try fixture.git("worktree", "list").count == 1)
    }

    @Test func survivesMaintenance() throws {
        let fixture = try busyRepository()
        let id = try fixture.id("v1")
        var worktree = try fixture.open().worktree(slot: 0)
        try worktree.checkout(id)
        try fixture.git("worktree", "prune", "--expire=now")
        try fixture.git("gc", "-q", "--prune=now")
        #expect(try fixture.git("fsck").isEmpty)
        try SlotContents(worktree.path).expect(id, in: fixture)
        try worktree.checkout(fixture.id("main"))
        try SlotContents(worktree.path).expect(fixture.id("main"), in: fixture)
        // The user may take the slot away with git's own means.
        try fixture.git("worktree", "remove", "--force", worktree.path)
        try worktree.checkout(id)
        try SlotContents(worktree.path).expect(id, in: fixture)
    }

    @Test func refusesTheNameOfAWorktreeOfTheUsers() throws {
        let fixture = try busyRepository()
        let own = fixture.directory.path + "/allocbisect-0"
        try fixture.git("worktree", "add", "-q", "--detach", own)
        let repository = try fixture.open()
        var worktree = try repository.worktree(slot: 0)
        let id = try fixture.id("v1")
        let error = #expect(throws: GitError.self) { try worktree.checkout(id) }
        #expect(error?.code == .worktree)
        #expect(#expect(throws: GitError.self) { try repository.removeWorktree(slot: 0) }?.code == .worktree)
        #expect(try GitCommand.lines(["status", "--short"], in: own).isEmpty)
    }

    @Test(arguments: [".git/hooks/x", "../x", "a/../../x", ".GIT/x"])
    func refusesTreesThatReachOutside(path: String) throws {
        let fixture = try Fixture()
        // git itself does not make such trees: they are written by hand, from the innermost name outwards.
        let blob = try fixture.commit(["f": "1"])
        var id = try fixture.id("\(blob):f").description
        var mode = "100644"
        for name in path.split(separator: "/").reversed() {
            let bytes = stride(from: 0, to: 40, by: 2).map { UInt8(id.dropFirst($0).prefix(2), radix: 16)! }
            let tree = Data("\(mode) \(name)\0".utf8) + Data(bytes)
            let output = try GitCommand.run(
                ["hash-object", "-t", "tree", "-w", "--stdin", "--literally"], in: fixture.path, input: tree)
            (id, mode) = (String(decoding: output.prefix(40), as: UTF8.self), "40000")
        }
        let commit = try #require(ObjectID(fixture.git("commit-tree", "-m", "evil", id)[0]))
        var worktree = try fixture.open().worktree(slot: 0)
        #expect(#expect(throws: GitError.self) { try worktree.checkout(commit) }?.code == .impossibleTree)
        #expect(try fixture.git("worktree", "list").count == 2)
        try worktree.checkout(blob)
        try SlotContents(worktree.path).expect(blob, in: fixture)
    }
}
