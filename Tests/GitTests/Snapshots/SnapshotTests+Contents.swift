import Foundation
import Git
import Testing

extension SnapshotTests {
    @Test("Line ends and ids are stored as git stores them, also where the index has carriage returns")
    func storedContents() throws {
        let fixture = try Fixture()
        try fixture.commit(["kept.go": "1\r\n", "a.go": "1\n", "touched.go": "1\n"])
        try fixture.git("config", "core.autocrlf", "true")
        let write = { (text: String, name: String) in
            try TemporaryDirectory.write(text, to: fixture.path + "/" + name)
        }
        try write("1\r\n2\r\n", "kept.go")
        try write("1\r\n2\r\n", "a.go")
        // Only its line ends are other ones, which git does not store.
        try write("1\r\n", "touched.go")
        try write("1\r\n\0", "binary")
        try write("1\r\n", "d/new.go")
        try write("*.id ident\n*.go !text\n", "d/.gitattributes")
        try write("$Id: 0123 $\r\n", "d/x.id")
        let snapshot = try snapshot(fixture)
        #expect(snapshot.changed == ["a.go", "binary", "d/.gitattributes", "d/new.go", "d/x.id", "kept.go"])
        var worktree = try fixture.open().worktree(slot: 0)
        try worktree.checkout(snapshot.commit)
        for (name, text) in [
            ("a.go", "1\r\n2\r\n"), ("kept.go", "1\r\n2\r\n"), ("binary", "1\r\n\0"), ("d/new.go", "1\r\n"),
        ] {
            #expect(FileManager.default.contents(atPath: "\(worktree.path)/\(name)") == Data(text.utf8), "\(name)")
        }
        #expect(worktree.unfaithful.isEmpty)
    }

    @Test("What a program would convert has the bytes of the work tree")
    func conversions() throws {
        let fixture = try Fixture()
        try fixture.commit([
            ".gitattributes":
                "*.txt text eol=crlf\n*.bin filter=odd text eol=crlf\n",
            "a.txt": "1\n2\n", "c.bin": "1\n",
        ])
        try fixture.git("config", "filter.odd.smudge", "false")
        try fixture.git("config", "filter.odd.clean", "false")
        try TemporaryDirectory.write("1\r\n3\r\n", to: fixture.path + "/a.txt")
        try TemporaryDirectory.write("2\n", to: fixture.path + "/c.bin")
        let repository = try fixture.open()
        let snapshot = try #require(try repository.snapshot(onto: fixture.id("HEAD")))
        var worktree = try repository.worktree(slot: 0)
        try worktree.checkout(snapshot.commit)
        for name in ["a.txt", "c.bin"] {
            let paths = [fixture.path, worktree.path].map { $0 + "/" + name }
            #expect(FileManager.default.contentsEqual(atPath: paths[0], andPath: paths[1]), "\(name)")
        }
        // What the filter was to make of the commit's own content is replaced.
        #expect(worktree.unfaithful.isEmpty)
    }

    @Test("What is too large to be copied, or is a repository of its own, is reported")
    func leftOut() throws {
        let fixture = try repository()
        try TemporaryDirectory.write("changed\n", to: fixture.path + "/a.go")
        try TemporaryDirectory.write("", to: fixture.path + "/large")
        #expect(truncate(fixture.path + "/large", 101 << 20) == 0)
        try GitCommand.run(["init", "-q", "own"], in: fixture.path)
        try TemporaryDirectory.write("x", to: fixture.path + "/own/x")
        let snapshot = try #require(try fixture.open().snapshot(onto: fixture.id("HEAD")))
        #expect(snapshot.changed == ["a.go"])
        #expect(snapshot.leftOut.count == 2)
        for word in ["large has 101 MB", "is a repository of its own"] {
            #expect(snapshot.leftOut.contains { $0.contains(word) }, "\(snapshot.leftOut)")
        }
    }

    @Test("Without a work tree there is no snapshot; before the first commit it follows another one")
    func refusals() throws {
        let bare = try Fixture("--bare")
        let some = try #require(ObjectID(String(repeating: "1", count: 40)))
        #expect(#expect(throws: GitError.self) { try bare.open().snapshot(onto: some) }?.code == .bare)
        let fixture = try repository()
        let main = try fixture.id("main")
        try fixture.git("switch", "-q", "--orphan", "fresh")
        try TemporaryDirectory.write("1\n", to: fixture.path + "/a.go")
        let snapshot = try #require(try fixture.open().snapshot(onto: main))
        #expect(snapshot.changed.contains("b.go") && !snapshot.changed.contains("a.go"))
    }

    @Test("An old snapshot goes away with the next one")
    func prune() throws {
        let fixture = try repository()
        try TemporaryDirectory.write("changed\n", to: fixture.path + "/a.go")
        let old = try snapshot(fixture)
        let digits = old.commit.description
        let file = "\(fixture.path)/.git/allocbisect/objects/\(digits.prefix(2))/\(digits.dropFirst(2))"
        let eightDaysAgo = Date(timeIntervalSinceNow: -8 * 24 * 3_600)
        try FileManager.default.setAttributes([.modificationDate: eightDaysAgo], ofItemAtPath: file)
        try TemporaryDirectory.write("changed again\n", to: fixture.path + "/a.go")
        let new = try snapshot(fixture)
        let repository = try fixture.open()
        #expect(!repository.isSnapshot(old.commit) && repository.isSnapshot(new.commit))
    }

    @Test("The changed sources are Go's own files")
    func sources() throws {
        let fixture = try repository()
        try change(fixture)
        let sources = try fixture.open().changedSources(since: fixture.id("HEAD"))
        #expect(
            sources == ["a.go", "b.go", "c.go", "d/e.go", "d/f.go", "d/moved.go", "intended.go", "new/deep/n.go"])
    }
}
