import Foundation
import Git
import Testing

@Suite("Commits and references that are written")
struct WritingTests {
    private let author = Signature(name: "Ada", email: "ada@example.com", time: 1_600_000_000, offsetMinutes: -90)

    @Test func writesAHistoryThatGitAccepts() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/new/repository"
        let repository = try Repository.create(at: path)
        let first = try repository.writeCommit(
            files: ["a/b.go": "1", "a.go": "2", "a-b": "3"], parents: [], message: "First\n", author: author)
        let second = try repository.writeCommit(
            files: ["a/b.go": "4", "ä": ""], parents: [first], message: "Second ä", author: author)
        try repository.setBranch("main", to: second)
        try repository.setTag("v1.0.0", to: first)
        try repository.checkoutHead()
        #expect(try GitCommand.lines(["fsck", "--strict", "--no-dangling"], in: path).isEmpty)
        #expect(try GitCommand.lines(["status", "--short"], in: path).isEmpty)
        #expect(try GitCommand.line("symbolic-ref", "HEAD", in: path) == "refs/heads/main")
        #expect(try GitCommand.line("rev-parse", "v1.0.0", "main", in: path) == first.description)
        #expect(
            try GitCommand.lines(["ls-tree", "-r", "--name-only", "v1.0.0"], in: path) == ["a-b", "a.go", "a/b.go"])
        let format = try GitCommand.line("log", "-1", "--format=%an|%ce|%ad|%s", "--date=raw", in: path)
        #expect(format == "Ada|ada@example.com|1600000000 -0130|Second ä")
        #expect(try String(contentsOfFile: path + "/a/b.go", encoding: .utf8) == "4")
        #expect(try repository.commit(second).author == author)
        #expect(try repository.resolve("main~1") == first)
    }

    @Test func givesEqualCommitsEqualIds() throws {
        let ids = try (0..<2).map { _ in
            let directory = try TemporaryDirectory()
            let repository = try Repository.create(at: directory.path, bare: true)
            let isBare = repository.isBare
            #expect(isBare)
            return try repository.writeCommit(files: ["a": "1"], parents: [], message: "m", author: author)
        }
        #expect(ids[0] == ids[1])
    }

    @Test(arguments: ["../x", ".git/hooks/x", "a//b", "/etc/x", "a/../b", "", "a\0b", "f/x"])
    func refusesPathsThatGitDoesNotAllow(path: String) throws {
        let directory = try TemporaryDirectory()
        let repository = try Repository.create(at: directory.path)
        let error = #expect(throws: GitError.self) {
            try repository.writeCommit(files: [path: "", "f": ""], parents: [], message: "m", author: author)
        }
        #expect(error?.code == .invalidName)
    }

    @Test func refusesWhatWouldDamageTheHistory() throws {
        let directory = try TemporaryDirectory()
        let repository = try Repository.create(at: directory.path)
        let id = try repository.writeCommit(files: [:], parents: [], message: "", author: author)
        let missing = try #require(ObjectID(String(repeating: "1", count: 40)))
        let orphan = #expect(throws: GitError.self) {
            try repository.writeCommit(files: [:], parents: [missing], message: "", author: author)
        }
        #expect(orphan?.code == .missingObject)
        let evil = Signature(name: "A <b>\nparent x", email: "", time: 0)
        let name = #expect(throws: GitError.self) {
            try repository.writeCommit(files: [:], parents: [], message: "", author: evil)
        }
        #expect(name?.code == .invalidName)
        #expect(#expect(throws: GitError.self) { try repository.setBranch("a..b", to: id) }?.code == .invalidName)
        #expect(#expect(throws: GitError.self) { try repository.setTag("v1", to: missing) }?.code == .library)
        #expect(throws: GitError.self) { _ = try Repository.create(at: directory.path) }
    }
}
