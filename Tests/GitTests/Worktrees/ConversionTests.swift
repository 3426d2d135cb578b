import Foundation
import Git
import TestSupport
import Testing

@Suite("The files in a slot, against those that `git worktree add` makes of the same commit")
struct ConversionTests {
    private static let names = [
        "x.txt", "b.txt", "a/b.txt", "a/c.txt", "a/d/c.txt", "a/d/e/b.txt", "a.go", "a/a.go", "a b.txt", "sub/x.txt",
        "sub/y",
        "noext", "c/x.txt", "A.TXT", "c/a/b.txt",
    ]
    private static let attributes = [
        "text", "-text", "!text", "text=auto", "text=input", "text=foo", "crlf", "-crlf", "crlf=input", "crlf=auto",
        "eol=lf",
        "eol=crlf", "-eol", "eol=native", "ident", "-ident", "!ident", "binary", "-binary", "!binary", "own", "-own",
        "other",
        "diff", "merge=union", "filter=none", "-filter", "working-tree-encoding=UTF-8", "-", "a-b", "Text", "text=",
        "eol=CRLF", "=x", "own2",
    ]
    private static let patterns = [
        "*", "*.txt", "*.go", "a/*", "a/**", "**/b.txt", "/x.txt", "a/b.txt", "b.txt", "a", "a/", "[ab].txt", "?.txt",
        "*.[a-z]o", "!*.txt", #"\!x"#, "\"a b.txt\"", #""\141.txt""#, "**", "a/**/c.txt", "*b*", "[[:alpha:]].txt",
        "[!x].txt",
        "x*", "**/a/*", "sub/*.txt", "a b.txt", "*.t?t", "/a/*", "/*", "[]a].txt", #"b\.txt"#, "[attr]own",
        "[attr]own2",
        "[attr]text", "#x", #"a\"#,
    ]
    private static let pieces = [
        "a", "line", " ", "\n", "\r\n", "\n", "$Id$", "$Id: foo $", "$Id: a b c $", "$Id:$", "$Id: x\n$", "$$Id$",
        "$I$Id$",
        "$Id", "$", "\r", "\0", "\u{1a}", "\u{1}", "\u{7f}", "\t", "ä", "$Id:  $", "$Id: 012 $x", "$Id:x$", "$Id\0$Id$",
    ]

    private func content(_ random: inout SeededGenerator) -> String {
        let pieces =
            random.once(in: 2)
            ? Self.pieces : Self.pieces.filter { !["\r", "\0", "\r\n", "\u{1}", "$Id\0$Id$"].contains($0) }
        let count = Int.random(in: 0..<40, using: &random)
        let text = (0..<count).map { _ in pieces.randomElement(using: &random)! }.joined()
        return text + (random.once(in: 3) ? String(repeating: "y", count: 300) : "")
    }

    private func attributes(_ random: inout SeededGenerator) -> String {
        let lines = (0..<Int.random(in: 0..<7, using: &random)).map { _ in
            let settings = (0..<Int.random(in: 1..<4, using: &random)).map { _ in
                Self.attributes.randomElement(using: &random)!
            }
            return Self.patterns.randomElement(using: &random)! + (random.once(in: 3) ? "\t" : " ")
                + settings.joined(separator: " ")
        }
        return lines.joined(separator: random.once(in: 4) ? "\r\n" : "\n") + (random.once(in: 2) ? "\n" : "")
    }

    /// Commits whose contents are stored as they are, whatever the attributes say.
    private func commits(_ fixture: Fixture, _ random: inout SeededGenerator) throws -> [ObjectID] {
        var files: [String: String] = [:]
        return try (0..<4).map { _ in
            for name in Self.names where random.once(in: 2) { files[name] = content(&random) }
            for folder in ["", "a/", "a/d/", "sub/", "c/"] where random.once(in: 2) {
                files[folder + ".gitattributes"] = random.once(in: 4) ? nil : attributes(&random)
            }
            let author = Signature(name: "A", email: "a@b", time: 0)
            return try fixture.open().writeCommit(files: files, parents: [], message: "", author: author)
        }
    }

    private func files(below root: String) throws -> [String: Data] {
        var files: [String: Data] = [:]
        for case let name as String in try #require(FileManager.default.enumerator(atPath: root)) where name != ".git" {
            files[name] = FileManager.default.contents(atPath: root + "/" + name)
        }
        return files
    }

    /// Expects a slot to be what git makes of a commit.
    private func expectWhatGitMakes(
        _ commit: ObjectID, _ path: String, of fixture: Fixture, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let other = "\(fixture.directory.path)/\(UUID().uuidString)"
        try fixture.git("worktree", "add", "-q", "--detach", other, commit.description)
        let (ours, gits) = (try files(below: path), try files(below: other))
        #expect(Set(ours.keys) == Set(gits.keys), sourceLocation: sourceLocation)
        for (name, content) in gits {
            let (content, own) = (
                String(decoding: content, as: UTF8.self), String(decoding: ours[name] ?? Data(), as: UTF8.self)
            )
            #expect(own == content, "\(name)", sourceLocation: sourceLocation)
        }
    }

    /// Settings that decide what files are, and attributes outside of the commits.
    private func settings(_ fixture: Fixture, _ random: inout SeededGenerator) throws {
        for (setting, values) in [
            ("core.autocrlf", ["true", "false", "input"]), ("core.eol", ["lf", "crlf", "native"]),
            ("core.ignorecase", ["true"]),
        ] where random.once(in: 2) {
            try fixture.git("config", setting, values.randomElement(using: &random)!)
        }
        if random.once(in: 3) {
            try TemporaryDirectory.write(attributes(&random), to: fixture.path + "/.git/info/attributes")
        }
        if random.once(in: 3) {
            try fixture.directory.write(attributes(&random), to: "attributes")
            try fixture.git("config", "core.attributesFile", fixture.directory.path + "/attributes")
        }
    }

    @Test(arguments: 0..<8)
    func filesAreThoseOfGit(seed: Int) throws {
        var random = SeededGenerator(seed: seed)
        let fixture = try Fixture()
        let commits = try commits(fixture, &random)
        try settings(fixture, &random)
        var worktree = try fixture.open().worktree(slot: 0)
        for _ in 0..<6 {
            let commit = commits.randomElement(using: &random)!
            try worktree.checkout(commit)
            try expectWhatGitMakes(commit, worktree.path, of: fixture)
            #expect(worktree.unfaithful.isEmpty)
        }
    }

    @Test(arguments: 0..<16)
    func snapshotsHaveWhatGitWouldStore(seed: Int) throws {
        var random = SeededGenerator(seed: 100 + seed)
        let fixture = try Fixture()
        let head = try #require(commits(fixture, &random).last)
        try fixture.git("reset", "-q", "--hard", head.description)
        // Long ago: what was checked out just now is compared by content, and would be another one by other settings.
        for name in try files(below: fixture.path).keys {
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: 1_700_000_000)], ofItemAtPath: "\(fixture.path)/\(name)"
            )
        }
        try fixture.git("update-index", "-q", "--refresh")
        try settings(fixture, &random)
        let written = Self.names.filter { _ in random.once(in: 2) }
        for name in written {
            try TemporaryDirectory.write(content(&random) + "\(seed)", to: "\(fixture.path)/\(name)")
        }
        let repository = try fixture.open()
        let snapshot = try #require(try repository.snapshot(onto: head))
        var worktree = try repository.worktree(slot: 0)
        try worktree.checkout(snapshot.commit)
        let measured = try files(below: worktree.path)
        // What the commits had was never stored by git, which would store some of it in another way by now.
        try GitCommand.run(["add"] + Set(written).union(snapshot.changed), in: fixture.path)
        try fixture.git("commit", "-q", "-m", "later")
        let later = try fixture.id("HEAD")
        for name in Self.names {
            let stored = try repository.file(name, at: snapshot.commit).map { String(decoding: $0, as: UTF8.self) }
            let gits = try fixture.open().file(name, at: later).map { String(decoding: $0, as: UTF8.self) }
            #expect(stored == gits, "\(name)")
        }
        #expect(try repository.commit(snapshot.commit).tree == fixture.open().commit(later).tree)
        try worktree.checkout(later)
        #expect(try files(below: worktree.path) == measured)
    }

    @Test func otherSettingsFillTheSlotAnew() throws {
        let fixture = try Fixture()
        let commit = try fixture.commit(["a.txt": "1\n2\n"])
        var worktree = try fixture.open().worktree(slot: 0)
        try worktree.checkout(commit)
        #expect(try fixture.open().checkoutRules().text == "")
        try fixture.git("config", "core.autocrlf", "true")
        worktree = try fixture.open().worktree(slot: 0)
        try worktree.checkout(commit)
        #expect(try String(contentsOfFile: worktree.path + "/a.txt", encoding: .utf8) == "1\r\n2\r\n")
        #expect(try fixture.open().checkoutRules().text != "")
    }

    @Test func settingsThatDecideNoContentAreNoRules() throws {
        let fixture = try Fixture()
        // What they say holds for storing. Git LFS has its contents without its program.
        for (name, value) in [
            ("core.autocrlf", "input"), ("core.eol", "crlf"), ("filter.lfs.smudge", "git-lfs smudge"),
            ("filter.lfs.required", "true"), ("filter.none.required", "true"),
        ] { try fixture.git("config", name, value) }
        #expect(try fixture.open().checkoutRules().text == "")
        try fixture.git("config", "core.autocrlf", "false")
        #expect(try fixture.open().checkoutRules().text == "core.eol crlf")
        for name in ["core.autocrlf", "core.eol"] { try fixture.git("config", "--unset", name) }
        try fixture.git("config", "filter.other.smudge", "cat")
        #expect(try fixture.open().checkoutRules().text != "")
    }

    @Test func attributesThatDecideNoContentAreNoRules() throws {
        let fixture = try Fixture()
        try TemporaryDirectory.write(
            "*.go diff=golang\n*.c linguist-vendored\n", to: fixture.path + "/.git/info/attributes")
        #expect(try fixture.open().checkoutRules().text == "")
        try TemporaryDirectory.write("*.go -text\n", to: fixture.path + "/.git/info/attributes")
        #expect(try fixture.open().checkoutRules().text != "")
    }

    @Test func attributesArePartOfADigestWhereSomethingIsSelected() throws {
        let fixture = try Fixture()
        let ids = try [
            fixture.commit(["a/x": "1", "b/y.go": "1"]), fixture.commit(["a/.gitattributes": "x eol=crlf\n"]),
            fixture.commit([".gitattributes": "* text=auto\n"]),
        ]
        let repository = try fixture.open()
        let inside = try repository.digests(of: ids, over: TreeSelection(paths: ["a/x"]))
        #expect(Set(inside).count == 3)
        let beside = try repository.digests(of: ids, over: TreeSelection(directories: ["b"]))
        #expect(beside[0] == beside[1])
        #expect(beside[1] != beside[2])
    }
}
