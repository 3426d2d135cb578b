import Foundation
import Git
import TestSupport
import Testing

@Suite("Files of one commit over those of another one, and what the next checkout makes of that")
struct ReplacementTests {
    /// All paths at which two commits differ.
    private func paths(_ repository: borrowing Repository, _ old: ObjectID, _ new: ObjectID) throws -> [String] {
        let files = try repository.changes(from: old, to: new)
        return Set(files.flatMap { [$0.oldPath, $0.newPath].compactMap(\.self) }).sorted()
    }

    @Test(arguments: 0..<4)
    func turnsOneCommitIntoAnotherAndBack(seed: Int) throws {
        let history = try RandomHistory(seed: seed, count: 40)
        let repository = try history.fixture.open()
        var worktree = try repository.worktree(slot: 0)
        var random = SeededGenerator(seed: seed)
        // Submodules have no files, and so they are not replaced.
        let commits = try history.commits.filter { commit in
            try history.fixture.git("ls-tree", "-r", "\(commit)").allSatisfy { !$0.hasPrefix("160000") }
        }
        for _ in 0..<15 {
            let old = try #require(commits.randomElement(using: &random))
            let new = try #require(commits.randomElement(using: &random))
            try worktree.checkout(old)
            let replacements = try repository.replacements(of: paths(repository, old, new), from: new)
            try worktree.replace(replacements.shuffled(using: &random))
            try SlotContents(worktree.path).expect(new, in: history.fixture)
            try worktree.checkout(random.once(in: 2) ? old : new)
            try SlotContents(worktree.path).expect(head(worktree.path), in: history.fixture)
        }
    }

    private func head(_ path: String) throws -> ObjectID {
        try #require(ObjectID(GitCommand.line("rev-parse", "HEAD", in: path)))
    }

    @Test(arguments: 0..<4)
    func isTakenBackByTheNextCheckout(seed: Int) throws {
        let history = try RandomHistory(seed: seed, count: 40)
        let repository = try history.fixture.open()
        var worktree = try repository.worktree(slot: 0)
        var random = SeededGenerator(seed: seed)
        try worktree.checkout(history.commits[0])
        for _ in 0..<15 {
            let other = try #require(history.commits.randomElement(using: &random))
            for _ in 0..<Int.random(in: 1...2, using: &random) {
                let all = try paths(repository, head(worktree.path), other) + ["new/file", "a", "b.go/d"]
                let some = Array(all.shuffled(using: &random).prefix(3))
                // What the slot then holds need not make sense.
                try worktree.replace(repository.replacements(of: some, from: other))
                if random.once(in: 3) { Vandal(root: worktree.path).strike(&random) }
            }
            let next = try random.once(in: 2) ? head(worktree.path) : other
            try worktree.checkout(next)
            try SlotContents(worktree.path).expect(next, in: history.fixture)
            #expect(try head(worktree.path) == next)
        }
    }

    /// Which file it is, and when it was written.
    private func identity(_ path: String) throws -> [Int] {
        var status = stat()
        try #require(lstat(path, &status) == 0)
        return [Int(status.st_ino), status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_ctim.tv_nsec]
    }

    @Test func restoresOnlyWhatWasReplaced() throws {
        let fixture = try Fixture()
        let names = (0..<50).map { "d\($0 % 5)/f\($0).go" }
        let id = try fixture.commit(Dictionary(uniqueKeysWithValues: names.map { ($0, "1") }))
        var worktree = try fixture.open().worktree(slot: 0)
        try worktree.checkout(id)
        let root = worktree.path
        let before = try names.map { try identity(root + "/" + $0) }
        for _ in 0..<20 {
            // As long as what was there, and within the same tick of the clock.
            try worktree.replace([
                Replacement(path: names[7], content: .file([UInt8(ascii: "2")], isExecutable: false)),
                Replacement(path: names[8], content: .absent),
                Replacement(path: "d0/new.go", content: .file([], isExecutable: true)),
            ])
            #expect(try String(contentsOfFile: root + "/" + names[7], encoding: .utf8) == "2")
            // Whether two writes can be told by their times is a matter of luck: the index must not describe the file.
            let debug = try GitCommand.lines(["ls-files", "--debug", names[7]], in: root).joined()
            #expect(debug.contains("ctime: 0:0") && debug.contains("ino: 0"))
            try worktree.checkout(id)
            try SlotContents(root).expect(id, in: fixture)
        }
        for (number, name) in names.enumerated() where number != 7 && number != 8 {
            #expect(try identity(root + "/" + name) == before[number], "\(name)")
        }
        #expect(try GitCommand.lines(["status", "--porcelain"], in: root).isEmpty)
    }

    @Test func showsWhatWasReplacedToGit() throws {
        let fixture = try Fixture()
        let old = try fixture.commit(["a.go": "1", "d/b.go": "1", "e": "1"])
        try FileManager.default.removeItem(atPath: fixture.path + "/d/b.go")
        try FileManager.default.createSymbolicLink(atPath: fixture.path + "/link", withDestinationPath: "a.go")
        _ = chmod(fixture.path + "/e", 0o755)
        let new = try fixture.commit(["a.go": "2"])
        let repository = try fixture.open()
        let replacements = try repository.replacements(of: ["a.go", "d/b.go", "e", "link", "d", "no/file"], from: new)
        #expect(
            replacements.map(\.content) == [
                .file(Array("2".utf8), isExecutable: false), .absent, .file(Array("1".utf8), isExecutable: true),
                .link(Array("a.go".utf8)), .absent, .absent,
            ])
        var worktree = try repository.worktree(slot: 0)
        try worktree.checkout(old)
        try worktree.replace(replacements)
        try SlotContents(worktree.path).expect(new, in: fixture)
        #expect(
            try GitCommand.lines(["status", "--porcelain"], in: worktree.path)
                == [" M a.go", " D d/b.go", " M e", "?? link"])
    }

    @Test func doesNotFollowLinks() throws {
        let fixture = try Fixture()
        let outside = fixture.directory.path + "/outside"
        try TemporaryDirectory.write("precious", to: outside + "/x.go")
        try FileManager.default.createSymbolicLink(atPath: fixture.path + "/d", withDestinationPath: outside)
        try FileManager.default.createSymbolicLink(atPath: fixture.path + "/f", withDestinationPath: outside + "/x.go")
        let id = try fixture.commit(["a/b": "1"])
        var worktree = try fixture.open().worktree(slot: 0)
        try worktree.checkout(id)
        try worktree.replace([Replacement(path: "d/x.go", content: .absent)])
        try SlotContents(worktree.path).expect(id, in: fixture)
        let file = Replacement.Content.file(Array("2".utf8), isExecutable: false)
        // A benchmark may have left a link in the place of a directory of the commit's.
        try FileManager.default.removeItem(atPath: worktree.path + "/a")
        try FileManager.default.createSymbolicLink(atPath: worktree.path + "/a", withDestinationPath: outside)
        for path in ["d/x.go", "d/new.go", "f", "a/b"] {
            try worktree.replace([Replacement(path: path, content: file)])
            #expect(try String(contentsOfFile: worktree.path + "/" + path, encoding: .utf8) == "2")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: outside) == ["x.go"])
        #expect(try String(contentsOfFile: outside + "/x.go", encoding: .utf8) == "precious")
        try worktree.checkout(id)
        try SlotContents(worktree.path).expect(id, in: fixture)
    }

    @Test func refusesWhatCannotBeReplaced() throws {
        let fixture = try Fixture()
        let id = try fixture.commit(["a": "1"])
        let repository = try fixture.open()
        var worktree = try repository.worktree(slot: 0)
        let file = Replacement.Content.file([], isExecutable: false)
        let valid = Replacement(path: "a", content: file)
        #expect(#expect(throws: GitError.self) { try worktree.replace([valid]) }?.code == .worktree)
        try worktree.checkout(id)
        for path in ["../x", "b/../../x", ".git", ".git/x", "b/.GIT/x", "/x", "", "b//x", "./x", "b/", "b\0", "a/x"] {
            let evil = Replacement(path: path, content: path == "../x" ? .absent : file)
            let error = #expect(throws: GitError.self, "\(path)") { try worktree.replace([valid, evil]) }
            #expect(error?.code == .invalidName)
            guard path != "a/x" else { continue }
            let other = #expect(throws: GitError.self) { try repository.replacements(of: [path], from: id) }
            #expect(other?.code == .invalidName)
        }
        try SlotContents(worktree.path).expect(id, in: fixture)
        #expect(try GitCommand.lines(["status", "--porcelain"], in: worktree.path).isEmpty)
    }
}
