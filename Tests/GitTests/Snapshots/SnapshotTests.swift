import Foundation
import Git
import Testing

@Suite("Snapshots of the work tree, against what git would commit")
struct SnapshotTests {
    /// The tree that `git add -A` would make a commit of, by way of an index and a database of its own.
    func committed(_ fixture: Fixture, in folder: String? = nil) throws -> String {
        let folder = folder ?? fixture.path
        let scratch = try TemporaryDirectory()
        let index = try GitCommand.line("rev-parse", "--path-format=absolute", "--git-path", "index", in: folder)
        if FileManager.default.fileExists(atPath: index) {
            try FileManager.default.copyItem(atPath: index, toPath: scratch.path + "/index")
        }
        try FileManager.default.createDirectory(
            atPath: scratch.path + "/objects", withIntermediateDirectories: false)
        let environment = [
            "GIT_INDEX_FILE": scratch.path + "/index", "GIT_OBJECT_DIRECTORY": scratch.path + "/objects",
            "GIT_ALTERNATE_OBJECT_DIRECTORIES": fixture.path + "/.git/objects",
        ]
        try GitCommand.run(["add", "-A"], in: folder, environment: environment)
        return try #require(GitCommand.lines(["write-tree"], in: folder, environment: environment).first)
    }

    /// The snapshot of a work tree, which must be what git would commit, and leave everything as it was.
    func snapshot(_ fixture: Fixture, in folder: String? = nil) throws -> Snapshot {
        let tree = try committed(fixture, in: folder)
        let before = try fixture.everything()
        let repository = try Repository(discovering: folder ?? fixture.path)
        let snapshot = try #require(try repository.snapshot(onto: repository.resolve("HEAD")))
        #expect(try repository.commit(snapshot.commit).tree.description == tree)
        #expect(repository.isSnapshot(snapshot.commit) && !repository.isSnapshot(snapshot.parent))
        #expect(try fixture.everything() == before)
        return snapshot
    }

    /// Expects a slot to have the very files of the work tree that are tracked or not ignored.
    func expectSlot(of snapshot: Snapshot, like fixture: Fixture, in folder: String? = nil) throws {
        let root = folder ?? fixture.path
        let repository = try fixture.open()
        var worktree = try repository.worktree(slot: 0)
        try worktree.checkout(snapshot.commit)
        #expect(worktree.unfaithful.isEmpty)
        let output = try GitCommand.run(["ls-files", "-z", "-c", "-o", "--exclude-standard"], in: root)
        let names = Set(String(decoding: output, as: UTF8.self).split(separator: "\0").map(String.init))
        for name in names {
            let (own, slot) = (root + "/" + name, worktree.path + "/" + name)
            var (mine, theirs) = (stat(), stat())
            let isThere = lstat(own, &mine) == 0
            #expect((lstat(slot, &theirs) == 0) == isThere, "\(name)")
            guard isThere, mine.st_mode & S_IFMT != S_IFDIR else { continue }
            #expect(mine.st_mode & (S_IFMT | 0o100) == theirs.st_mode & (S_IFMT | 0o100), "\(name)")
            if mine.st_mode & S_IFMT == S_IFLNK {
                let files = FileManager.default
                #expect(
                    try files.destinationOfSymbolicLink(atPath: own) == files.destinationOfSymbolicLink(atPath: slot))
            } else {
                #expect(FileManager.default.contentsEqual(atPath: own, andPath: slot), "\(name)")
            }
        }
        // What is in the slot besides would have been removed.
        var files: Set<String> = []
        for case let name as String in try #require(FileManager.default.enumerator(atPath: worktree.path)) {
            var status = stat()
            #expect(lstat(worktree.path + "/" + name, &status) == 0)
            if name != ".git", status.st_mode & S_IFMT != S_IFDIR { files.insert(name) }
        }
        #expect(files.subtracting(names) == [])
        // A commit of the user's comes back whole after it, and git finds nothing that it lacks.
        let head = try fixture.id("HEAD")
        try fixture.git("gc", "-q", "--prune=now")
        #expect(try fixture.git("fsck", "--no-dangling").isEmpty)
        try worktree.checkout(head)
        try SlotContents(worktree.path).expect(head, in: fixture)
        try worktree.checkout(snapshot.commit)
    }

    func repository() throws -> Fixture {
        let fixture = try Fixture()
        try fixture.commit([
            ".gitignore": "*.log\n/out/\n", "d/.gitignore": "!kept.log\nsecret\n", "run.sh": "#!/bin/sh\n",
            "a.go": "1\n", "b.go": "1\n", "c.go": "1\n", "d/e.go": "1\n", "d/f.go": "1\n", "dir/x": "1\n",
            "file": "1\n", "link": "1\n",
        ])
        return fixture
    }

    /// Changes of every kind.
    func change(_ fixture: Fixture) throws {
        let root = fixture.path
        func write(_ text: String, _ name: String) throws { try TemporaryDirectory.write(text, to: root + "/" + name) }
        try write("staged\n", "a.go")
        try fixture.git("add", "a.go")
        try write("and changed again\n", "a.go")
        try write("unstaged\n", "b.go")
        try fixture.git("rm", "-q", "c.go")
        try fixture.git("mv", "d/e.go", "d/moved.go")
        try FileManager.default.removeItem(atPath: root + "/d/f.go")
        #expect(chmod(root + "/run.sh", 0o755) == 0)
        try write("new\n", "new/deep/n.go")
        for name in ["x.log", "out/o", "d/secret"] { try write("ignored", name) }
        try write("not ignored", "d/kept.log")
        // A directory becomes a file, a file a directory, and another one a link.
        try FileManager.default.removeItem(atPath: root + "/dir")
        try write("a file now", "dir")
        try FileManager.default.removeItem(atPath: root + "/file")
        try write("1\n", "file/inside")
        try FileManager.default.removeItem(atPath: root + "/link")
        try FileManager.default.createSymbolicLink(atPath: root + "/link", withDestinationPath: "../nowhere")
        // Two spellings of one text, and a name that is known but empty.
        try write("1", "n\u{e9}")
        try write("2", "ne\u{301}")
        try write("intended", "intended.go")
        try fixture.git("add", "-N", "intended.go")
        // In the index no longer, and ignored now.
        try write("was tracked", "was.log")
        try fixture.git("add", "-f", "was.log")
        try fixture.git("commit", "-q", "-m", "log", "was.log")
        try fixture.git("rm", "-q", "--cached", "was.log")
        try write("elsewhere", "excluded")
        try write("excluded\n", ".git/info/exclude")
    }

    @Test("A snapshot is what git would commit, and a slot of it has the files of the work tree")
    func everyKind() throws {
        let fixture = try repository()
        try change(fixture)
        let first = try snapshot(fixture)
        #expect(first.leftOut.isEmpty)
        #expect(first.parent == (try fixture.id("HEAD")))
        #expect(first.changed.contains("d/moved.go") && !first.changed.contains("d/secret"))
        try expectSlot(of: first, like: fixture)
        // The same files are the same commit, and anything else is another one.
        #expect(try snapshot(fixture).commit == first.commit)
        try TemporaryDirectory.write("more\n", to: fixture.path + "/b.go")
        let second = try snapshot(fixture)
        #expect(second.commit != first.commit)
        try expectSlot(of: second, like: fixture)
    }

    @Test("An unchanged work tree has no snapshot")
    func unchanged() throws {
        let fixture = try repository()
        let repository = try fixture.open()
        let head = try fixture.id("HEAD")
        #expect(try repository.snapshot(onto: head) == nil)
        try TemporaryDirectory.write("1\n", to: fixture.path + "/a.go")
        #expect(try repository.snapshot(onto: head) == nil)
        try TemporaryDirectory.write("ignored", to: fixture.path + "/x.log")
        #expect(try repository.snapshot(onto: head) == nil)
    }

    @Test("A commit made of the work tree has the snapshot's tree")
    func committedLater() throws {
        let fixture = try repository()
        try change(fixture)
        let snapshot = try snapshot(fixture)
        let tree = try fixture.open().commit(snapshot.commit).tree
        try fixture.git("add", "-A")
        try fixture.git("commit", "-q", "-m", "all")
        #expect(try fixture.open().commit(fixture.id("HEAD")).tree == tree)
    }

    @Test("A linked worktree has its own index, HEAD and files")
    func linked() throws {
        let fixture = try repository()
        let other = fixture.directory.path + "/other"
        try fixture.git("worktree", "add", "-q", "-b", "other", other)
        try TemporaryDirectory.write("of the main one\n", to: fixture.path + "/a.go")
        try TemporaryDirectory.write("of the other\n", to: other + "/b.go")
        try GitCommand.run(["add", "b.go"], in: other)
        try GitCommand.run(["commit", "-q", "-m", "b"], in: other)
        try TemporaryDirectory.write("changed\n", to: other + "/d/new.go")
        let snapshot = try snapshot(fixture, in: other + "/d")
        #expect(snapshot.changed == ["d/new.go"])
        #expect(snapshot.parent == (try fixture.id("other")))
        try expectSlot(of: snapshot, like: fixture, in: other)
    }

    @Test("Files that a sparse checkout leaves out are not gone")
    func sparse() throws {
        let fixture = try repository()
        try fixture.git("sparse-checkout", "set", "--no-cone", "/*", "!/d/")
        #expect(!FileManager.default.fileExists(atPath: fixture.path + "/d/e.go"))
        try TemporaryDirectory.write("changed\n", to: fixture.path + "/a.go")
        #expect(try snapshot(fixture).changed == ["a.go"])
    }

    @Test("Files in conflict are as they lie there")
    func conflict() throws {
        let fixture = try repository()
        try fixture.git("checkout", "-q", "-b", "side")
        try fixture.commit(["a.go": "side\n"])
        try fixture.git("checkout", "-q", "main")
        try fixture.commit(["a.go": "main\n"])
        #expect(throws: GitCommand.Failure.self) { try fixture.git("merge", "-q", "side") }
        #expect(try snapshot(fixture).changed == ["a.go"])
    }

    @Test("A submodule is at the commit that is checked out in it, and what is changed inside is reported")
    func submodule() throws {
        let fixture = try repository()
        try GitCommand.run(["init", "-q", "-b", "main", "inner"], in: fixture.directory.path)
        let inner = Fixture(fixture.directory, path: fixture.directory.path + "/inner")
        try inner.commit(["i": "1"])
        try fixture.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inner.path, "sub")
        try fixture.commit([:], "sub")
        let sub = Fixture(fixture.directory, path: fixture.path + "/sub")
        try TemporaryDirectory.write("dirty", to: sub.path + "/i")
        try TemporaryDirectory.write("changed\n", to: fixture.path + "/a.go")
        let dirty = try fixture.open().snapshot(onto: fixture.id("HEAD"))
        #expect(dirty?.changed == ["a.go"])
        #expect(dirty?.leftOut.contains { $0.contains("submodule sub") } == true)
        try sub.commit(["i": "2"])
        let moved = try snapshot(fixture)
        #expect(moved.changed == ["a.go", "sub"] && moved.leftOut.isEmpty)
        var worktree = try fixture.open().worktree(slot: 0)
        try worktree.checkout(moved.commit)
        #expect(FileManager.default.contents(atPath: worktree.path + "/sub/i") == Data("2".utf8))
        try worktree.checkout(fixture.id("HEAD"))
        #expect(FileManager.default.contents(atPath: worktree.path + "/sub/i") == Data("1".utf8))
    }
}
