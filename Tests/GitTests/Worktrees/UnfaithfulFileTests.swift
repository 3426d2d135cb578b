import Foundation
import Git
import Testing

@Suite("What a checkout cannot make as git would with the user's programs, and says so")
struct UnfaithfulFileTests {
    private func reasons(_ fixture: Fixture, at commit: ObjectID, sourceLocation: SourceLocation = #_sourceLocation)
        throws
        -> [String: String]
    {
        var worktree = try fixture.open().worktree(slot: 0)
        try worktree.checkout(commit)
        let first = worktree.unfaithful
        // The second time, nothing has changed, and it holds all the same.
        try worktree.checkout(commit)
        #expect(Set(worktree.unfaithful) == Set(first), sourceLocation: sourceLocation)
        return Dictionary(uniqueKeysWithValues: first.map { ($0.path, $0.reason) })
    }

    @Test func filtersAreToldAndNotRun() throws {
        let fixture = try Fixture()
        try fixture.commit(["data/x.dat": "stored", "data/y.txt": "y", "z.dat": "stored"])
        let commit = try fixture.commit([".gitattributes": "*.dat filter=pack\n"])
        #expect(try reasons(fixture, at: commit).isEmpty, "git does nothing for a filter that is not set up")
        try fixture.git("config", "filter.pack.smudge", "touch \(fixture.directory.path)/ran; cat")
        let reasons = try reasons(fixture, at: commit)
        #expect(Set(reasons.keys) == ["data/x.dat", "z.dat"])
        #expect(reasons["data/x.dat"] == "data/x.dat goes through the filter “pack”, which is not run")
        #expect(!FileManager.default.fileExists(atPath: fixture.directory.path + "/ran"))
    }

    @Test func encodingsAreTold() throws {
        let fixture = try Fixture()
        let commit = try fixture.commit([".gitattributes": "*.u working-tree-encoding=UTF-16\n", "a.t": "a"])
        let author = Signature(name: "A", email: "a@b", time: 0)
        let encoded = try fixture.open().writeCommit(
            files: [".gitattributes": "*.u working-tree-encoding=UTF-16\n", "a.u": "a"], parents: [commit], message: "",
            author: author)
        #expect(try reasons(fixture, at: commit).isEmpty)
        #expect(try reasons(fixture, at: encoded)["a.u"]?.contains("UTF-16") == true)
    }

    @Test func largeFilesAreFilledFromWhatIsHere() throws {
        let fixture = try Fixture()
        let content = "large\n"
        let digits = "a9ae1ff5b9c0f0a1d1d1a8a0ba3f4f6c7d1e8c8e2a4c1b6d0e7d3f1b5a2c9e04"
        let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:\(digits)\nsize \(content.utf8.count)\n"
        let commit = try fixture.commit([
            ".gitattributes": "*.bin filter=lfs -text\n", "d/x.bin": pointer, "e.bin": "no pointer",
        ])
        let other = try fixture.commit(["f": "1"])
        let reasons = try reasons(fixture, at: commit)
        #expect(Set(reasons.keys) == ["d/x.bin"])
        #expect(reasons["d/x.bin"]?.contains("git lfs fetch --all") == true)
        try TemporaryDirectory.write(
            content,
            to: "\(fixture.path)/.git/lfs/objects/\(digits.prefix(2))/\(digits.dropFirst(2).prefix(2))/\(digits)")
        for commit in [other, commit] {
            #expect(try self.reasons(fixture, at: commit).isEmpty)
            let path = try fixture.open().worktree(slot: 0).path
            #expect(try String(contentsOfFile: path + "/d/x.bin", encoding: .utf8) == content)
            #expect(try String(contentsOfFile: path + "/e.bin", encoding: .utf8) == "no pointer")
        }
        // One that was cut off is none.
        try TemporaryDirectory.write(
            "lar", to: "\(fixture.path)/.git/lfs/objects/\(digits.prefix(2))/\(digits.dropFirst(2).prefix(2))/\(digits)"
        )
        try fixture.open().removeWorktree(slot: 0)
        #expect(try self.reasons(fixture, at: commit)["d/x.bin"] != nil)
    }

    @Test func aSelectionConcernsWhatItMayRead() {
        let file = UnfaithfulFile(path: "a/b", reason: "")
        for selection in [
            TreeSelection(paths: ["a"]), TreeSelection(paths: ["a/b"]), TreeSelection(paths: ["a/b/c"]),
            TreeSelection(directories: ["a/b/c"]), TreeSelection(directories: ["a/b"]), TreeSelection(paths: [""]),
        ] { #expect(selection.concerns(file)) }
        for selection in [
            TreeSelection(paths: ["a/bc"]), TreeSelection(paths: ["b"]), TreeSelection(directories: ["a"]),
            TreeSelection(),
        ] { #expect(!selection.concerns(file)) }
    }
}
