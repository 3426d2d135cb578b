import Foundation
import Git
import Testing

@Suite("Everything that is refused, tried with a real repository of that kind")
struct RefusalTests {
    private func expect(
        _ code: GitError.Code, _ sentence: String, _ body: () throws -> Void,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let error = #expect(throws: GitError.self, sourceLocation: sourceLocation) { try body() }
        #expect(error?.code == code, "\(error?.description ?? "")", sourceLocation: sourceLocation)
        #expect(
            error?.message.contains(sentence) == true, "\(error?.description ?? "")", sourceLocation: sourceLocation)
    }

    @Test func noRepository() throws {
        let directory = try TemporaryDirectory()
        expect(.notARepository, "git init") { _ = try Repository(discovering: directory.path) }
        expect(.notARepository, "git init") { _ = try Repository(discovering: directory.path + "/none") }
    }

    @Test func namesThatResolveToNothing() throws {
        let fixture = try Fixture()
        try fixture.commit(["a": "1"])
        try fixture.git("tag", "tree", "HEAD^{tree}")
        let repository = try fixture.open()
        expect(.unknownRevision, "“nonsense” is unknown") { _ = try repository.resolve("nonsense") }
        expect(.unknownRevision, "unknown") { _ = try repository.resolve("HEAD~7") }
        expect(.unknownRevision, "unknown") { _ = try repository.resolve(String(repeating: "1", count: 40)) }
        expect(.notACommit, "file or a directory") { _ = try repository.resolve("tree") }
        expect(.notACommit, "file or a directory") { _ = try repository.resolve("HEAD:a") }
        let tree = try fixture.id("tree")
        expect(.notACommit, "not a commit") { _ = try repository.commit(tree) }
        for text in ["", "-x", "HEAD^{", "a\0b", "a..b"] {
            expect(.invalidRevision, "not a revision") { _ = try repository.resolve(text) }
        }
    }

    @Test func ambiguousRevision() throws {
        let directory = try TemporaryDirectory()
        let repository = try Repository.create(at: directory.path)
        var prefixes: Set<String> = []
        for number in 0... {
            let author = Signature(name: "A", email: "a@b", time: Int64(number))
            let id = try repository.writeCommit(files: [:], parents: [], message: "", author: author)
            let prefix = String(id.description.prefix(4))
            guard !prefixes.insert(prefix).inserted else { continue }
            expect(.ambiguousRevision, "more digits") { _ = try repository.resolve(prefix) }
            return
        }
    }

    @Test func unbornHead() throws {
        let fixture = try Fixture()
        let repository = try fixture.open()
        expect(.unbornHead, "none yet") { _ = try repository.resolve("HEAD") }
        expect(.unbornHead, "none yet") { _ = try repository.resolve("@~1") }
    }

    @Test func foreignOwner() throws {
        // Only root can give a repository away.
        guard getuid() == 0 else { return }
        let fixture = try Fixture()
        try GitCommand.run("chown", ["-R", "12345", fixture.path], in: fixture.directory.path)
        expect(.notOwned, "safe.directory \(fixture.path)") { _ = try fixture.open() }
    }

    @Test func otherObjectFormat() throws {
        let fixture = try Fixture("--object-format=sha256")
        expect(.objectFormat, "sha256") { _ = try fixture.open() }
    }

    @Test func unknownExtension() throws {
        let fixture = try Fixture()
        try fixture.git("config", "core.repositoryformatversion", "1")
        try fixture.git("config", "extensions.refStorage", "reftable")
        expect(.unknownExtension, "refstorage") { _ = try fixture.open() }
    }

    @Test func unknownVersion() throws {
        let fixture = try Fixture()
        try fixture.git("config", "core.repositoryformatversion", "9")
        expect(.unknownExtension, "version 9") { _ = try fixture.open() }
    }

    @Test func shallowClone() throws {
        let origin = try Fixture()
        for number in 0..<6 { try origin.commit(["a": "\(number)"]) }
        try GitCommand.run(["clone", "-q", "--depth", "3", "file://\(origin.path)", "s"], in: origin.directory.path)
        let clone = Fixture(origin.directory, path: origin.directory.path + "/s")
        let repository = try clone.open()
        let head = try repository.resolve("HEAD")
        // What the clone holds can be searched.
        #expect(try repository.resolve(RevisionRange("HEAD~2..HEAD")).commits.count == 2)
        expect(.shallow, "git fetch --unshallow") { _ = try repository.resolve("HEAD~3") }
        expect(.shallow, "git fetch --unshallow") { _ = try repository.walk(from: head) }
        expect(.shallow, "git fetch --unshallow") { _ = try repository.resolve(RevisionRange("HEAD~4..")) }
        expect(.shallow, "git fetch --unshallow") { _ = try repository.resolve(RevisionRange("..HEAD~1")) }
        try clone.git("fetch", "-q", "--unshallow")
        #expect(try clone.open().walk(from: head).count == 6)
    }

    @Test func partialClone() throws {
        let origin = try Fixture()
        try origin.git("config", "uploadpack.allowFilter", "true")
        let id = try origin.commit(["a": "1", "d/b.go": "x"])
        try origin.commit(["a": "2", "d/b.go": "y"])
        for filter in ["blob:none", "tree:0"] {
            let name = filter == "tree:0" ? "t" : "b"
            try GitCommand.run(
                ["clone", "-q", "--filter=\(filter)", "file://\(origin.path)", name], in: origin.directory.path)
            let clone = Fixture(origin.directory, path: origin.directory.path + "/" + name)
            let repository = try clone.open()
            #expect(try repository.resolve(RevisionRange("HEAD~1..")).commits.count == 1)
            expect(.partialClone, "git fetch --refetch") { _ = try repository.file("a", at: id) }
            let selection = TreeSelection(directories: ["d"])
            if filter == "tree:0" {
                expect(.partialClone, "git fetch --refetch") { _ = try repository.digests(of: [id], over: selection) }
            } else {
                #expect(try repository.digests(of: [id], over: selection).count == 1)
            }
            var worktree = try repository.worktree(slot: 0)
            try worktree.checkout(repository.resolve("HEAD"))
            expect(.partialClone, "git fetch --refetch") { try worktree.checkout(id) }
            try worktree.checkout(repository.resolve("HEAD"))
            try SlotContents(worktree.path).expect(repository.resolve("HEAD"), in: clone)
            try clone.git("fetch", "-q", "--refetch", "--no-filter")
            try worktree.checkout(id)
            try SlotContents(worktree.path).expect(id, in: clone)
        }
    }

    @Test("What a partial clone lacks is absent where it is not Go's, and told")
    func partialCloneWithoutAFile() throws {
        let origin = try Fixture()
        try origin.git("config", "uploadpack.allowFilter", "true")
        let id = try origin.commit(["doc/logo": "1", "m.go": "x"])
        try origin.commit(["doc/logo": "2"])
        let path = origin.directory.path + "/b"
        try GitCommand.run(["clone", "-q", "--filter=blob:none", "file://\(origin.path)", path], in: origin.path)
        let clone = Fixture(origin.directory, path: path)
        let head = try clone.id("HEAD")
        var worktree = try clone.open().worktree(slot: 0)
        for _ in 0..<2 {
            try worktree.checkout(head)
            #expect(worktree.unfaithful.isEmpty)
            try SlotContents(worktree.path).expect(head, in: clone)
            for _ in 0..<2 {
                try worktree.checkout(id)
                #expect(worktree.unfaithful.map(\.path) == ["doc/logo"])
                #expect(worktree.unfaithful[0].reason.contains("git fetch --refetch --no-filter"))
                let files = try FileManager.default.subpathsOfDirectory(atPath: worktree.path)
                #expect(files.sorted() == [".git", "m.go"])
            }
        }
        try clone.git("fetch", "-q", "--refetch", "--no-filter")
        try worktree.checkout(id)
        #expect(worktree.unfaithful.isEmpty)
        try SlotContents(worktree.path).expect(id, in: clone)
    }

    private func objectPath(_ id: ObjectID, _ fixture: Fixture) -> String {
        "\(fixture.path)/.git/objects/\(id.description.prefix(2))/\(id.description.dropFirst(2))"
    }

    @Test func missingAndDamagedObjects() throws {
        let fixture = try Fixture()
        let first = try fixture.commit(["a.go": "1"])
        let second = try fixture.commit(["a.go": "2"])
        let tree = try fixture.id("HEAD^{tree}")
        let blob = try fixture.id("HEAD~1:a.go")
        let files = FileManager.default
        try files.removeItem(atPath: objectPath(tree, fixture))
        try files.removeItem(atPath: objectPath(blob, fixture))
        try files.removeItem(atPath: objectPath(first, fixture))
        try Data("no zlib stream".utf8).write(to: URL(fileURLWithPath: objectPath(blob, fixture)))
        try Data(repeating: 7, count: 40).write(to: URL(fileURLWithPath: objectPath(first, fixture)))
        let repository = try fixture.open()
        let selection = TreeSelection(paths: ["a.go"])
        expect(.missingObject, "git fsck") { _ = try repository.digests(of: [second], over: selection) }
        expect(.damagedObject, "git fsck") { _ = try repository.walk(from: second) }
        expect(.damagedObject, "git fsck") { _ = try repository.commit(first) }
        try files.removeItem(atPath: objectPath(first, fixture))
        expect(.missingObject, "git fsck") { _ = try repository.walk(from: second) }
        expect(.missingObject, "git fsck") { _ = try repository.commit(first) }
    }
}
