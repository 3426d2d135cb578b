import Foundation
import Git
import Testing

@Suite("Snapshots of a work tree with files of Git LFS, whose program need not be installed for them")
struct LargeFileSnapshotTests {
    private static let digits = "53175bcc0524f37b47062fafdda28e3f8eb91d519ca0a184ca71bbebe72f969a"
    private static let content = "large\n"
    private static let pointer =
        "version https://git-lfs.github.com/spec/v1\noid sha256:\(digits)\nsize \(content.utf8.count)\n"

    /// A repository whose `x.bin` is in Git LFS, and has its content in the work tree.
    private func repository() throws -> Fixture {
        let fixture = try Fixture()
        try fixture.commit([".gitattributes": "*.bin filter=lfs -text\n", "x.bin": LargeFileSnapshotTests.pointer])
        let digits = LargeFileSnapshotTests.digits
        for path in ["x.bin", ".git/lfs/objects/\(digits.prefix(2))/\(digits.dropFirst(2).prefix(2))/\(digits)"] {
            try TemporaryDirectory.write(LargeFileSnapshotTests.content, to: "\(fixture.path)/\(path)")
        }
        for (name, value) in [
            ("clean", "git-lfs clean -- %f"), ("smudge", "git-lfs smudge -- %f"), ("required", "true"),
        ] {
            try fixture.git("config", "filter.lfs.\(name)", value)
        }
        return fixture
    }

    @Test("A content that is the commit's changes nothing, whatever its dates are")
    func untouched() throws {
        let fixture = try repository()
        let repository = try fixture.open()
        #expect(try repository.snapshot(onto: repository.resolve("HEAD")) == nil)
    }

    @Test("Other content is distinguished from it, and comes to the slot as it is")
    func changed() throws {
        let fixture = try repository()
        // As long as the other.
        try TemporaryDirectory.write("other\n", to: fixture.path + "/x.bin")
        let repository = try fixture.open()
        let snapshot = try #require(try repository.snapshot(onto: repository.resolve("HEAD")))
        #expect(snapshot.changed == ["x.bin"] && snapshot.leftOut.isEmpty)
        var worktree = try repository.worktree(slot: 0)
        try worktree.checkout(snapshot.commit)
        #expect(FileManager.default.contents(atPath: worktree.path + "/x.bin") == Data("other\n".utf8))
        #expect(worktree.unfaithful.isEmpty)
    }

    @Test("What is staged is what a commit of it will have")
    func staged() throws {
        let fixture = try repository()
        try fixture.git("mv", "x.bin", "y.bin")
        let repository = try fixture.open()
        let snapshot = try #require(try repository.snapshot(onto: repository.resolve("HEAD")))
        let tree = try #require(GitCommand.lines(["write-tree"], in: fixture.path).first)
        #expect(try repository.commit(snapshot.commit).tree.description == tree)
    }
}
