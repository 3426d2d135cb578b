import Foundation
import Git
import TestSupport
import Testing

@Suite("A change is taken back as `git revert` does it, and the repository stays as it was")
struct ReversalTests {
    /// Everything of a repository's directory: modes, dates and contents.
    private func snapshot(_ fixture: Fixture) throws -> [String: Data] {
        let root = fixture.path + "/.git"
        var found: [String: Data] = [:]
        for case let name as String in try #require(FileManager.default.enumerator(atPath: root)) {
            if name == "allocbisect" || name.hasPrefix("allocbisect/") || name.hasPrefix("worktrees") { continue }
            var status = stat()
            #expect(lstat(root + "/" + name, &status) == 0)
            let isFile = status.st_mode & S_IFMT == S_IFREG
            let content = isFile ? try Data(contentsOf: URL(fileURLWithPath: root + "/" + name)) : Data()
            found[name] = Data("\(status.st_mode) \(status.st_mtim.tv_sec) \(status.st_mtim.tv_nsec) ".utf8) + content
        }
        return found
    }

    /// What git makes of the same: the tree, with the repository that has it; `nil` if there are conflicts.
    private func gitRevert(
        _ fixture: Fixture, _ commit: ObjectID, on base: ObjectID, _ options: String...
    ) throws -> (clone: Fixture, tree: ObjectID)? {
        let path = "\(fixture.directory.path)/clone-\(UUID().uuidString)"
        try GitCommand.run(["clone", "-q", fixture.path, path], in: "/")
        let clone = Fixture(fixture.directory, path: path)
        try clone.git("checkout", "-q", "--detach", "\(base)")
        do {
            try GitCommand.run(["revert", "--no-commit"] + options + ["\(commit)"], in: path)
        } catch is GitCommand.Failure {
            return nil
        }
        return (clone, try #require(ObjectID(clone.git("write-tree")[0])))
    }

    /// Expects what git makes of it, and that nothing was written.
    private func expectSameAsGit(
        _ fixture: Fixture, _ commit: ObjectID, to parent: ObjectID, on base: ObjectID,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> Reversal {
        // An object that is merely used again gets a new date: the old one has to be another.
        try GitCommand.run("find", [".git", "-exec", "touch", "-h", "-d", "2020-01-01", "{}", "+"], in: fixture.path)
        let repository = try fixture.open()
        let before = try snapshot(fixture)
        let reversal = try repository.reverting(commit, to: parent, on: base)
        #expect(try snapshot(fixture) == before, sourceLocation: sourceLocation)
        let isMerge = try repository.commit(commit).parents.count > 1
        let expected =
            try isMerge ? gitRevert(fixture, commit, on: base, "-m", "1") : gitRevert(fixture, commit, on: base)
        switch (reversal, expected) {
        case (.clean(let replacements), let (clone, tree)?):
            var worktree = try repository.worktree(slot: 0)
            try worktree.checkout(base)
            try worktree.replace(replacements)
            try SlotContents(worktree.path).expect(tree, in: clone, sourceLocation: sourceLocation)
            // Nothing but what differs.
            for replacement in replacements {
                let old = try repository.replacements(of: [replacement.path], from: base)
                #expect(old != [replacement], sourceLocation: sourceLocation)
            }
        case (.conflicts(let paths), nil):
            #expect(!paths.isEmpty, sourceLocation: sourceLocation)
        default:
            Issue.record("\(reversal) \(String(describing: expected))", sourceLocation: sourceLocation)
        }
        return reversal
    }

    private let text = (0..<40).map { "line \($0)\n" }

    private func text(_ changes: [Int: String]) -> String {
        text.enumerated().map { changes[$0].map { $0 + "\n" } ?? $1 }.joined()
    }

    private func file(_ text: String) -> Replacement.Content { .file(Array(text.utf8), isExecutable: false) }

    @Test func takesACommitInTheMiddleBack() throws {
        let fixture = try Fixture()
        let root = try fixture.commit(["a.go": text([:]), "gone": "x", "d/same": "1"])
        // The result of the merge is an object that the repository has already.
        try fixture.commit(["a.go": text([30: "B"])])
        try fixture.git("reset", "-q", "--hard", "\(root)")
        try FileManager.default.removeItem(atPath: fixture.path + "/gone")
        let change = try fixture.commit(["a.go": text([5: "A"]), "new/file": "y"])
        let base = try fixture.commit(["a.go": text([5: "A", 30: "B"]), "other": "z"])
        let reversal = try expectSameAsGit(fixture, change, to: root, on: base)
        #expect(
            reversal
                == .clean([
                    Replacement(path: "a.go", content: file(text([30: "B"]))),
                    Replacement(path: "gone", content: file("x")), Replacement(path: "new/file", content: .absent),
                ]))
        #expect(try fixture.open().reverting(change, to: change, on: base) == .clean([]))
        #expect(try fixture.git("fsck", "--no-dangling").isEmpty)
    }

    @Test func namesConflicts() throws {
        let fixture = try Fixture()
        let root = try fixture.commit(["a.go": text([:]), "b": "1\n", "fine": "1"])
        let change = try fixture.commit(["a.go": text([5: "A"]), "b": "2\n", "fine": "2"])
        try FileManager.default.removeItem(atPath: fixture.path + "/b")
        let base = try fixture.commit(["a.go": text([5: "C"])])
        #expect(try expectSameAsGit(fixture, change, to: root, on: base) == .conflicts(["a.go", "b"]))
    }

    @Test func followsRenames() throws {
        let fixture = try Fixture()
        let root = try fixture.commit(["a.go": text([:]), "d/b.go": text([1: "b"])])
        try fixture.git("mv", "d/b.go", "b2.go")
        let change = try fixture.commit(["a.go": text([5: "A"])])
        try fixture.git("mv", "a.go", "a2.go")
        let base = try fixture.commit(["a2.go": text([5: "A", 30: "B"]), "b2.go": text([1: "b", 20: "c"])])
        #expect(
            try expectSameAsGit(fixture, change, to: root, on: base)
                == .clean([
                    Replacement(path: "a2.go", content: file(text([30: "B"]))),
                    Replacement(path: "b2.go", content: .absent),
                    Replacement(path: "d/b.go", content: file(text([1: "b", 20: "c"]))),
                ]))
    }

    @Test func takesAMergeBack() throws {
        let fixture = try Fixture()
        let root = try fixture.commit(["a.go": text([:]), "f": "1"])
        try fixture.commit(["a.go": text([5: "A"]), "g": "1"])
        try fixture.git("checkout", "-q", "-b", "main2", "\(root)")
        let main = try fixture.commit(["a.go": text([30: "B"])])
        try fixture.git("merge", "-q", "--no-edit", "main")
        let merge = try fixture.id("HEAD")
        let base = try fixture.commit(["f": "2"])
        #expect(
            try expectSameAsGit(fixture, merge, to: main, on: base)
                == .clean([
                    Replacement(path: "a.go", content: file(text([30: "B"]))),
                    Replacement(path: "g", content: .absent),
                ]))
    }

    @Test func exchangesKindsOfFiles() throws {
        let fixture = try Fixture()
        let root = try fixture.commit(["kind": "a", "place/x": "1", "seat": "1", "mode": "m"])
        for name in ["kind", "place", "seat"] {
            try FileManager.default.removeItem(atPath: "\(fixture.path)/\(name)")
        }
        try FileManager.default.createSymbolicLink(atPath: fixture.path + "/kind", withDestinationPath: "a")
        _ = chmod(fixture.path + "/mode", 0o755)
        let change = try fixture.commit(["place": "2", "seat/y/z": "2"])
        let base = try fixture.commit(["other": "1"])
        guard case .clean(let replacements) = try expectSameAsGit(fixture, change, to: root, on: base) else {
            return #expect(Bool(false))
        }
        #expect(replacements.map(\.path) == ["kind", "mode", "place", "place/x", "seat", "seat/y/z"])
    }

    @Test func ignoresSettingsAndAttributes() throws {
        let fixture = try Fixture()
        let root = try fixture.commit(["a.go": text([:]), ".gitattributes": "*.go merge=evil\n"])
        let change = try fixture.commit(["a.go": text([5: "A"])])
        let base = try fixture.commit(["a.go": text([5: "A", 30: "B"])])
        let evil = fixture.directory.path + "/evil"
        try TemporaryDirectory.write("*.go -merge\n", to: fixture.path + "/.git/info/attributes")
        for (name, value) in [
            ("merge.evil.driver", "touch \(evil); false"), ("merge.default", "binary"), ("merge.renames", "false"),
            ("merge.renormalize", "true"), ("core.autocrlf", "true"),
        ] {
            try fixture.git("config", name, value)
        }
        let reversal = try fixture.open().reverting(change, to: root, on: base)
        #expect(reversal == .clean([Replacement(path: "a.go", content: file(text([30: "B"])))]))
        #expect(!FileManager.default.fileExists(atPath: evil))
    }

    @Test func explainsMissingObjects() throws {
        let origin = try Fixture()
        try origin.git("config", "uploadpack.allowFilter", "true")
        let root = try origin.commit(["a.go": text([:])])
        let change = try origin.commit(["a.go": text([5: "A"])])
        let base = try origin.commit(["a.go": text([5: "A", 30: "B"])])
        for (filter, name) in [("blob:none", "b"), ("tree:0", "t")] {
            try GitCommand.run(
                ["clone", "-q", "--filter=\(filter)", "file://\(origin.path)", name], in: origin.directory.path)
            let repository = try Repository(discovering: origin.directory.path + "/" + name)
            let error = #expect(throws: GitError.self) { try repository.reverting(change, to: root, on: base) }
            #expect(error?.code == .partialClone && error?.message.contains("git fetch --refetch") == true)
        }
    }

    @Test(arguments: 0..<4)
    func equalsGitOnRandomEdits(seed: Int) throws {
        let history = try RandomEdits(seed: seed, count: 20)
        var random = SeededGenerator(seed: seed)
        for _ in 0..<5 {
            let position = Int.random(in: 1..<16, using: &random)
            let base = Int.random(in: position...(position + 3), using: &random)
            _ = try expectSameAsGit(
                history.fixture, history.commits[position], to: history.commits[position - 1],
                on: history.commits[base])
        }
    }
}
