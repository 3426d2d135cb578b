import Foundation
import Git
import Testing

@Suite("Commits, against git log")
struct CommitTests {
    @Test func readsACommitAsGitDoes() throws {
        let fixture = try Fixture()
        let first = try fixture.commit(["a.txt": "a"], "Root")
        let id = try fixture.commit(["a.txt": "b"], "Subject over\ntwo lines\n\nBody\n\nMore")
        let commit = try fixture.open().commit(id)
        #expect(commit.parents == [first])
        #expect(commit.tree == (try fixture.id("HEAD^{tree}")))
        let author = Signature(
            name: "A U Thor", email: "someone@example.com", time: 1_700_000_000, offsetMinutes: 60)
        #expect(commit.author == author)
        #expect(commit.committer.name == "C O Mitter")
        #expect(commit.subject == "Subject over two lines")
        #expect(commit.message == "Subject over\ntwo lines\n\nBody\n\nMore\n")
    }

    /// Writes a raw commit object, as git itself would not.
    private func read(_ bytes: [UInt8]) throws -> Commit {
        let fixture = try Fixture()
        let tree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
        let data = Data("tree \(tree)\n".utf8) + Data(bytes)
        let output = try GitCommand.run(
            ["hash-object", "-t", "commit", "-w", "--stdin", "--literally"], in: fixture.path, input: data)
        let id = try #require(ObjectID(String(decoding: output.prefix(40), as: UTF8.self)))
        return try fixture.open().commit(id)
    }

    @Test func honoursTheDeclaredEncoding() throws {
        let text: [UInt8] = Array("author J".utf8) + [0xF6] + Array("rg <j@x.org> 12 -0130\ncommitter J".utf8) + [0xF6]
        let commit = try read(text + Array("rg <j@x.org> 12 +0000\nencoding ISO-8859-1\n\nGr".utf8) + [0xFC, 0x0A])
        #expect(commit.author == Signature(name: "Jörg", email: "j@x.org", time: 12, offsetMinutes: -90))
        #expect(commit.message == "Grü\n")
    }

    @Test func repairsBytesThatAreNoText() throws {
        let commit = try read(Array("author J".utf8) + [0xF6] + Array("rg <j@x.org> 12 +0000\n\n\n\nGr".utf8) + [0xFC])
        #expect(commit.author.name == "J\u{FFFD}rg")
        #expect(commit.subject == "Gr\u{FFFD}")
        #expect(commit.committer.name == "")
    }

    @Test(arguments: [
        ("author Nobody\n\nm", "Nobody", "", Int64(0)),
        ("author Nobody <a@b>\n\nm", "Nobody", "a@b", 0),
        ("author <a@b> 5\n\nm", "", "a@b", 5),
        ("author A <a@b> x> 7 +0000\n\nm", "A", "a@b", 7),
        ("author A <a@b> -7 +0000\n\nm", "A", "a@b", -7),
        ("author A <a@b> 99999999999999999999 +0000\n\nm", "A", "a@b", 0),
        ("author A <a@b> 5 +999999999999\n\nm", "A", "a@b", 5),
        ("gpgsig x\n author Fake <f@f> 1 +0000\nauthor A <a@b> 5 +0000\n\nm", "A", "a@b", 5),
    ])
    func readsMalformedSignatures(text: String, name: String, email: String, time: Int64) throws {
        let author = try read(Array(text.utf8)).author
        #expect(author.name == name)
        #expect(author.email == email)
        #expect(author.time == time)
    }

    @Test(arguments: ["", "author A <a@b> 5 +0000", "author A <a@b> 5 +0000\n", "\n", "\n\n\n"])
    func readsCommitsWithoutAMessage(text: String) throws {
        #expect(try read(Array(text.utf8)).subject == "")
    }
}
