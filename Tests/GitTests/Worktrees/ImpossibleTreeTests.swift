import Foundation
import Git
import Testing

@Suite("Trees that no checkout can make: somebody has crafted them, or another system's git has")
struct ImpossibleTreeTests {
    /// Writes a tree object with these entries, each of them one blob, and a commit of it.
    private func commit(_ names: [(mode: String, name: String)], in fixture: Fixture) throws -> ObjectID {
        let blob = try GitCommand.run(["hash-object", "-w", "--stdin"], in: fixture.path, input: Data("x".utf8))
        let tree = try GitCommand.run(["mktree", "--missing"], in: fixture.path, input: Data())
        func raw(_ id: Data) -> Data {
            let digits = Array(String(decoding: id, as: UTF8.self).prefix(40))
            return Data(stride(from: 0, to: 40, by: 2).map { UInt8(String(digits[$0...($0 + 1)]), radix: 16) ?? 0 })
        }
        var content = Data()
        for (mode, name) in names {
            content += Data("\(mode) ".utf8) + Data(name.utf8) + [0] + raw(mode == "40000" ? tree : blob)
        }
        let id = try GitCommand.run(
            ["hash-object", "-t", "tree", "-w", "--literally", "--stdin"], in: fixture.path, input: content)
        let text = String(decoding: id, as: UTF8.self).prefix(40)
        return try #require(ObjectID(GitCommand.line("commit-tree", "-m", "x", String(text), in: fixture.path)))
    }

    @Test(arguments: [
        [".git"], [".GIT"], ["git~1"], ["GIT~1"], [".git "], [".git."], [".git . "], [".git::$INDEX_ALLOCATION"], ["."],
        [".."],
        ["a/b"], ["../a"], [String(repeating: "n", count: 256)], ["a", "a"],
    ])
    func isTheCommitsFault(names: [String]) throws {
        let fixture = try Fixture()
        let sound = try fixture.commit(["a": "1"])
        let commit = try commit(names.map { ("100644", $0) }, in: fixture)
        var worktree = try fixture.open().worktree(slot: 0)
        let error = #expect(throws: GitError.self) { try worktree.checkout(commit) }
        #expect(error?.code == .impossibleTree)
        #expect(error?.message.contains("The files of this commit cannot be checked out") == true)
        try worktree.checkout(sound)
        try SlotContents(worktree.path).expect(sound, in: fixture)
    }

    @Test func aLinkAndAFolderOfOneName() throws {
        let fixture = try Fixture()
        let commit = try commit([("120000", "a"), ("40000", "a")], in: fixture)
        var worktree = try fixture.open().worktree(slot: 0)
        let error = #expect(throws: GitError.self) { try worktree.checkout(commit) }
        #expect(error?.code == .impossibleTree)
    }

    @Test func aTreeThatEndsWithinAnEntryIsDamaged() throws {
        let fixture = try Fixture()
        let id = try GitCommand.run(
            ["hash-object", "-t", "tree", "-w", "--literally", "--stdin"], in: fixture.path,
            input: Data("100644 a".utf8))
        let tree = String(decoding: id, as: UTF8.self).prefix(40)
        let commit = try #require(ObjectID(GitCommand.line("commit-tree", "-m", "x", String(tree), in: fixture.path)))
        var worktree = try fixture.open().worktree(slot: 0)
        let error = #expect(throws: GitError.self) { try worktree.checkout(commit) }
        #expect(error?.code == .damagedObject)
        let other = #expect(throws: GitError.self) {
            try fixture.open().digests(of: [commit], over: TreeSelection(paths: ["a"]))
        }
        #expect(other?.code == .damagedObject)
    }

    @Test func unusualNamesAreMade() throws {
        let fixture = try Fixture()
        let names = [
            "a\tb", "a\nb", "a\"b", "a'b", "a%b", " ", "git~2", ".gitx", "-", String(repeating: "n", count: 255), "ä",
            "*",
        ]
        let commit = try fixture.commit(Dictionary(uniqueKeysWithValues: names.map { ("d \t\n%/" + $0, $0) }))
        var worktree = try fixture.open().worktree(slot: 0)
        try worktree.checkout(commit)
        for name in names {
            #expect(try String(contentsOfFile: worktree.path + "/d \t\n%/" + name, encoding: .utf8) == name)
        }
        #expect(worktree.unfaithful.isEmpty)
    }
}
