import Foundation
import Git
import TestSupport
import Testing

@Suite("A checkout leaves exactly the commit's files, whatever was in the slot before")
struct WorktreeTests {
    @Test(arguments: 0..<6)
    func equalsTheCommitAfterEachCheckout(seed: Int) throws {
        let history = try RandomHistory(seed: seed, count: 40)
        let fixture = history.fixture
        // None of these may have any effect.
        for (name, value) in [
            ("core.autocrlf", "true"), ("core.symlinks", "false"), ("core.fileMode", "false"),
            ("core.ignoreCase", "true"), ("filter.evil.smudge", "touch \(fixture.directory.path)/evil; cat"),
            ("filter.evil.required", "true"), ("core.hooksPath", fixture.directory.path + "/hooks"),
        ] where seed % 2 == 1 {
            try fixture.git("config", name, value)
        }
        try TemporaryDirectory.write("* filter=evil -text\n", to: fixture.path + "/.git/info/attributes")
        let repository = try fixture.open()
        var worktree = try repository.worktree(slot: 3)
        var random = SeededGenerator(seed: seed)
        for _ in 0..<40 {
            let commit = try #require(history.commits.randomElement(using: &random))
            try worktree.checkout(commit)
            try SlotContents(worktree.path).expect(commit, in: fixture)
            #expect(try GitCommand.line("rev-parse", "HEAD", in: worktree.path) == commit.description)
            for _ in 0..<Int.random(in: 0...4, using: &random) {
                Vandal(root: worktree.path).strike(&random)
            }
        }
        #expect(!FileManager.default.fileExists(atPath: fixture.directory.path + "/evil"))
    }

    @Test func isCleanForGit() throws {
        let fixture = try Fixture()
        try fixture.commit([".gitignore": "*.out\n", "a/b.go": "1", "c": "2"])
        try fixture.commit(["a/b.go": "3", "d/e": "4"])
        var worktree = try fixture.open().worktree(slot: 0)
        for revision in ["HEAD", "HEAD~1", "HEAD"] {
            let id = try fixture.id(revision)
            try worktree.checkout(id)
            try TemporaryDirectory.write("x", to: worktree.path + "/a/junk.out")
            try worktree.checkout(id)
            #expect(try GitCommand.lines(["status", "--porcelain", "--ignored"], in: worktree.path).isEmpty)
            let list = try fixture.git("worktree", "list", "--porcelain")
            #expect(list.suffix(3) == ["worktree \(worktree.path)", "HEAD \(id)", "detached"])
        }
    }

    @Test func worksInBareRepositoriesAndFromLinkedWorktrees() throws {
        let origin = try Fixture()
        let id = try origin.commit(["a/b.go": "1"])
        let paths = origin.directory.path
        try GitCommand.run(["clone", "-q", "--bare", origin.path, "bare.git"], in: paths)
        try origin.git("worktree", "add", "-q", "--detach", paths + "/linked")
        try GitCommand.run(["init", "-q", "super"], in: paths)
        try GitCommand.run(
            ["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", origin.path, "sub"],
            in: paths + "/super")
        for (start, common, root) in [
            ("bare.git", "bare.git", nil), ("linked/a", "repository/.git", "linked"),
            ("super/sub", "super/.git/modules/sub", "super/sub"),
            ("repository/.git", "repository/.git", "repository"), ("repository/a", "repository/.git", "repository"),
        ] {
            let repository = try Repository(discovering: "\(paths)/\(start)")
            let directory = repository.commonDirectory
            #expect(directory == "\(paths)/\(common)")
            let workDirectory = repository.workDirectory
            #expect(workDirectory == root.map { "\(paths)/\($0)" })
            var worktree = try repository.worktree(slot: 0)
            let path = worktree.path
            #expect(path == "\(directory)/allocbisect/worktrees/0")
            try worktree.checkout(id)
            try SlotContents(path).expect(id, in: origin)
            let slots = repository.existingWorktrees()
            #expect(slots == [0])
            if let workDirectory { #expect(FileManager.default.fileExists(atPath: workDirectory + "/a/b.go")) }
        }
        // From within a slot, the repository is found and not the slot.
        let inside = try Repository(discovering: "\(paths)/bare.git/allocbisect/worktrees/0/a")
        let common = inside.commonDirectory
        #expect(common == "\(paths)/bare.git")
    }

    @Test func refusesNegativeSlots() throws {
        let fixture = try Fixture()
        let repository = try fixture.open()
        #expect(#expect(throws: GitError.self) { _ = try repository.worktree(slot: -1) }?.code == .worktree)
        #expect(#expect(throws: GitError.self) { try repository.removeWorktree(slot: -1) }?.code == .worktree)
    }
}
