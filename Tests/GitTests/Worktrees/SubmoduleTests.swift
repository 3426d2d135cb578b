import Foundation
import Git
import Testing

@Suite("Submodules in a slot, against a clone that git has filled")
struct SubmoduleTests {
    /// A repository with a submodule in `d/sub`, which has one in `inner`, at two commits each.
    private func repository() throws -> (fixture: Fixture, commits: [ObjectID]) {
        let fixture = try Fixture()
        func make(_ name: String) throws -> Fixture {
            try GitCommand.run(["init", "-q", "-b", "main", name], in: fixture.directory.path)
            return Fixture(fixture.directory, path: fixture.directory.path + "/" + name)
        }
        func git(_ fixture: Fixture, _ arguments: String...) throws {
            try GitCommand.run(["-c", "protocol.file.allow=always"] + arguments, in: fixture.path)
        }
        let (inner, sub) = (try make("inner"), try make("sub"))
        try inner.commit(["i": "1"])
        try git(sub, "submodule", "--quiet", "add", inner.path, "inner")
        try sub.commit(["a": "1", "deep/b": "1", ".gitattributes": "deep/* eol=crlf\n"])
        try git(fixture, "submodule", "--quiet", "add", "--name", "some/name", sub.path, "d/sub")
        try git(fixture, "submodule", "--quiet", "update", "--init", "--recursive")
        var commits = [try fixture.commit(["x": "1"])]
        try inner.commit(["i": "2", "j": "2"])
        try git(Fixture(fixture.directory, path: sub.path + "/inner"), "pull", "-q", "origin", "main")
        try sub.commit(["a": "2", "c": "2\n", "deep/e": "2\n"])
        try git(Fixture(fixture.directory, path: fixture.path + "/d/sub"), "pull", "-q", "origin", "main")
        try git(fixture, "add", "d/sub")
        try git(fixture, "submodule", "--quiet", "update", "--init", "--recursive")
        commits.append(try fixture.commit(["x": "2"]))
        try git(Fixture(fixture.directory, path: fixture.path + "/d/sub"), "submodule", "--quiet", "update", "--init")
        commits.append(try fixture.commit(["x": "3"]))
        try git(fixture, "rm", "-q", "-f", "d/sub")
        commits.append(try fixture.commit(["d/sub": "a file now"]))
        return (fixture, commits)
    }

    private func files(below root: String) throws -> [String: String] {
        var files: [String: String] = [:]
        for case let name as String in try #require(FileManager.default.enumerator(atPath: root)) {
            if name == ".git" || name.hasSuffix("/.git") || name.contains(".git/") { continue }
            files[name] = FileManager.default.contents(atPath: root + "/" + name).map {
                String(decoding: $0, as: UTF8.self)
            }
        }
        return files
    }

    @Test func areFilledFromTheRepositorysOwn() throws {
        let (fixture, commits) = try repository()
        let clone = fixture.directory.path + "/clone"
        try GitCommand.run(["clone", "-q", fixture.path, clone], in: fixture.directory.path)
        let modules = try files(below: fixture.path + "/.git/modules")
        var worktree = try fixture.open().worktree(slot: 0)
        for commit in commits + commits.reversed() + [commits[0], commits[3], commits[1], commits[1]] {
            try worktree.checkout(commit)
            #expect(worktree.unfaithful.isEmpty)
            try GitCommand.run(["checkout", "-q", "-f", commit.description], in: clone)
            try GitCommand.run(
                ["-c", "protocol.file.allow=always", "submodule", "--quiet", "update", "--init", "--recursive", "-f"],
                in: clone)
            try GitCommand.run(["clean", "-q", "-ffdx"], in: clone)
            #expect(try files(below: worktree.path) == files(below: clone))
            // What a benchmark leaves behind or breaks inside of a submodule is mended.
            if FileManager.default.fileExists(atPath: worktree.path + "/d/sub/deep") {
                try TemporaryDirectory.write("left", to: worktree.path + "/d/sub/deep/left")
                try TemporaryDirectory.write("broken", to: worktree.path + "/d/sub/inner/i")
                try FileManager.default.removeItem(atPath: worktree.path + "/d/sub/a")
            }
        }
        #expect(try files(below: fixture.path + "/.git/modules") == modules)
    }

    @Test func areNamedWhereTheyAreNotHere() throws {
        let (fixture, commits) = try repository()
        try FileManager.default.removeItem(atPath: fixture.path + "/.git/modules")
        var worktree = try fixture.open().worktree(slot: 0)
        try worktree.checkout(commits[0])
        #expect(worktree.unfaithful.map(\.path) == ["d/sub"])
        #expect(worktree.unfaithful.first?.reason.contains("git submodule update --init") == true)
        #expect(try FileManager.default.contentsOfDirectory(atPath: worktree.path + "/d/sub").isEmpty)
    }

    @Test func takePartInDigests() throws {
        let (fixture, commits) = try repository()
        let digests = try fixture.open().digests(of: commits, over: TreeSelection(paths: ["d/sub/deep/b"]))
        #expect(digests[0] != digests[1])
        #expect(digests[1] == digests[2])
        #expect(digests[2] != digests[3])
    }

    @Test func namesThatLeadOutAreNotFollowed() throws {
        let fixture = try Fixture()
        let inside = try fixture.commit(["a": "1"])
        try FileManager.default.createDirectory(
            atPath: fixture.path + "/.git/modules", withIntermediateDirectories: true)
        try fixture.commit([".gitmodules": "[submodule \"../..\"]\n\tpath = s\n\turl = x\n"])
        try fixture.git("update-index", "--add", "--cacheinfo", "160000,\(inside),s")
        try fixture.git("commit", "-q", "-m", "Lead out")
        var worktree = try fixture.open().worktree(slot: 0)
        try worktree.checkout(fixture.id("HEAD"))
        #expect(worktree.unfaithful.map(\.path) == ["s"])
    }
}
