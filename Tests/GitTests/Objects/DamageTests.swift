import Foundation
import Git
import TestSupport
import Testing

@Suite("Objects that are cut off, changed or gone are reported, and end nothing but what needed them")
struct DamageTests {
    private static let codes: Set<GitError.Code> = [.damagedObject, .missingObject]

    /// Reads a commit in every way.
    private func read(_ commit: ObjectID, in fixture: Fixture) -> [GitError.Code?] {
        func code(_ body: () throws(GitError) -> Void) -> GitError.Code? {
            do {
                try body()
                return nil
            } catch {
                return error.code
            }
        }
        let path = fixture.path
        return [
            code { () throws(GitError) in _ = try Repository(discovering: path).resolve("HEAD~1^0") },
            code { () throws(GitError) in _ = try Repository(discovering: path).walk(from: commit) },
            code { () throws(GitError) in
                _ = try Repository(discovering: path).digests(of: [commit], over: TreeSelection(paths: ["d/f"]))
            },
            code { () throws(GitError) in
                let repository = try Repository(discovering: path)
                var worktree = try repository.worktree(slot: 0)
                try worktree.checkout(commit)
            },
            code { () throws(GitError) in
                let repository = try Repository(discovering: path)
                _ = try repository.changes(from: repository.resolve("HEAD"), to: commit)
            },
        ]
    }

    /// The ways to damage a file of a size.
    private func damages(_ size: Int) -> [(String, (FileHandle) throws -> Void)] {
        [0, 1, 2, size / 2, size - 1].map { length in
            ("cut to \(length)", { try $0.truncate(atOffset: UInt64(length)) })
        }
            + [0, size / 3, size / 2, size - 2].map { position in
                (
                    "changed at \(position)",
                    { file in
                        try file.seek(toOffset: UInt64(position))
                        let byte = try file.read(upToCount: 1)?.first ?? 0
                        try file.seek(toOffset: UInt64(position))
                        try file.write(contentsOf: Data([byte ^ 0xff]))
                    }
                )
            } + [
                (
                    "longer",
                    {
                        try $0.seekToEnd()
                        try $0.write(contentsOf: Data([1, 2, 3]))
                    }
                )
            ]
    }

    @Test(arguments: ["HEAD~1", "HEAD~1^{tree}", "HEAD~1:d", "HEAD~1:d/f"])
    func looseObjects(revision: String) throws {
        let fixture = try Fixture()
        for number in 1...3 {
            try fixture.commit(["d/f": (0..<number * 100).map { "\($0)\n" }.joined(), "g": "\(number)"])
        }
        let commit = try fixture.id("HEAD~1")
        let object = try fixture.id(revision).description
        let path = "\(fixture.path)/.git/objects/\(object.prefix(2))/\(object.dropFirst(2))"
        let sound = try Data(contentsOf: URL(fileURLWithPath: path))
        for (name, damage) in damages(sound.count) {
            try FileManager.default.removeItem(atPath: path)
            try sound.write(to: URL(fileURLWithPath: path))
            let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
            try damage(file)
            try file.close()
            let codes = read(commit, in: fixture)
            #expect(codes.contains { $0 != nil }, "\(name)")
            #expect(Self.codes.isSuperset(of: codes.compactMap { $0 }), "\(name): \(codes)")
        }
        try FileManager.default.removeItem(atPath: path)
        #expect(read(commit, in: fixture).contains(.missingObject))
        try sound.write(to: URL(fileURLWithPath: path))
        #expect(read(commit, in: fixture).allSatisfy { $0 == nil })
    }

    @Test(arguments: ["pack", "idx"])
    func packs(kind: String) throws {
        let fixture = try Fixture()
        for number in 1...5 {
            try fixture.commit(["d/f": (0..<number * 200).map { "\($0)\n" }.joined(), "g": "\(number)"])
        }
        try fixture.git("gc", "-q")
        let commit = try fixture.id("HEAD~1")
        let folder = fixture.path + "/.git/objects/pack"
        let name = try #require(
            FileManager.default.contentsOfDirectory(atPath: folder).first { $0.hasSuffix("." + kind) })
        let path = folder + "/" + name
        let sound = try Data(contentsOf: URL(fileURLWithPath: path))
        var random = SeededGenerator(seed: 1)
        var failures = 0
        for _ in 0..<40 {
            var bytes = sound
            let position = Int.random(in: 0..<sound.count, using: &random)
            if random.once(in: 2) {
                bytes = bytes.prefix(position)
            } else {
                bytes[position] ^= UInt8.random(in: 1...255, using: &random)
            }
            try FileManager.default.removeItem(atPath: path)
            try bytes.write(to: URL(fileURLWithPath: path))
            let codes = read(commit, in: fixture).compactMap { $0 }
            failures += codes.isEmpty ? 0 : 1
            #expect(!codes.contains(.notACommit), "\(codes)")
        }
        #expect(failures > 10)
    }
}
