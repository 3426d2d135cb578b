import Foundation
import Git
import Testing

@Suite("A slot that is damaged in any way is made anew by the next checkout")
struct WorktreeRepairTests {
    /// Does something to the two directories of a slot: its files and its administrative directory.
    private typealias Damage = @Sendable (_ slot: String, _ admin: String) throws -> Void

    private static let damages: [(name: String, inflict: Damage)] = [
        ("no link", { slot, _ in try remove(slot + "/.git") }),
        ("empty link", { slot, _ in try TemporaryDirectory.write("", to: slot + "/.git") }),
        ("link elsewhere", { slot, _ in try TemporaryDirectory.write("gitdir: /tmp\n", to: slot + "/.git") }),
        (
            "repository for a link",
            { slot, _ in
                try remove(slot + "/.git")
                try GitCommand.run(["init", "-q", slot], in: "/")
            }
        ),
        ("no slot", { slot, _ in try remove(slot) }),
        (
            "empty slot",
            { slot, _ in
                try remove(slot)
                try FileManager.default.createDirectory(atPath: slot, withIntermediateDirectories: true)
            }
        ),
        (
            "file for a slot",
            { slot, _ in
                try remove(slot)
                try TemporaryDirectory.write("x", to: slot)
            }
        ),
        ("slot without permissions", { slot, _ in _ = chmod(slot, 0o000) }),
        ("no administrative directory", { _, admin in try remove(admin) }),
        (
            "empty administrative directory",
            { _, admin in
                try remove(admin)
                try FileManager.default.createDirectory(atPath: admin, withIntermediateDirectories: true)
            }
        ),
        ("no HEAD", { _, admin in try remove(admin + "/HEAD") }),
        ("empty HEAD", { _, admin in try TemporaryDirectory.write("", to: admin + "/HEAD") }),
        ("HEAD on a branch", { _, admin in try TemporaryDirectory.write("ref: refs/heads/x\n", to: admin + "/HEAD") }),
        (
            "HEAD of no commit",
            { _, admin in
                try TemporaryDirectory.write(String(repeating: "1", count: 40), to: admin + "/HEAD")
            }
        ),
        ("no commondir", { _, admin in try remove(admin + "/commondir") }),
        ("no gitdir", { _, admin in try remove(admin + "/gitdir") }),
        ("no index", { _, admin in try remove(admin + "/index") }),
        ("empty index", { _, admin in try TemporaryDirectory.write("", to: admin + "/index") }),
        (
            "damaged index",
            { _, admin in
                var bytes = try Data(contentsOf: URL(fileURLWithPath: admin + "/index"))
                bytes[bytes.count / 2] ^= 0xFF
                try bytes.write(to: URL(fileURLWithPath: admin + "/index"))
            }
        ),
        ("index of another tree", { slot, _ in try GitCommand.run(["read-tree", "HEAD~2"], in: slot) }),
        (
            "locks left over",
            { _, admin in
                for name in ["index.lock", "HEAD.lock", "allocbisect-complete.lock"] {
                    try TemporaryDirectory.write("x", to: admin + "/" + name)
                }
            }
        ),
        (
            "no mark",
            { slot, admin in
                try remove(admin + "/allocbisect-complete")
                try TemporaryDirectory.write("x", to: slot + "/half-made.go")
            }
        ),
        (
            "wrong mark",
            { _, admin in
                let mark = try String(contentsOfFile: admin + "/allocbisect-complete", encoding: .utf8)
                let wrong = String(repeating: "1", count: 40) + mark.dropFirst(40)
                try TemporaryDirectory.write(wrong, to: admin + "/allocbisect-complete")
                try TemporaryDirectory.write(wrong.prefix(40) + "\n", to: admin + "/HEAD")
            }
        ),
        (
            "staging left over",
            { slot, admin in
                try remove(admin)
                try TemporaryDirectory.write("x", to: slot + ".new/HEAD/x")
            }
        ),
        (
            "work of git in the slot",
            { slot, _ in
                try GitCommand.run(["checkout", "-q", "HEAD~1"], in: slot)
                try TemporaryDirectory.write("x", to: slot + "/d/new.go")
                try GitCommand.run(["add", "-A"], in: slot)
            }
        ),
    ]

    private static func remove(_ path: String) throws {
        try FileManager.default.removeItem(atPath: path)
    }

    @Test(arguments: damages.indices)
    func repairs(damage: Int) throws {
        let fixture = try Fixture()
        let ids = try (0..<4).map { try fixture.commit(["a.go": "\($0)", "d/b\($0).go": "x", "d/c": "\($0 % 2)"]) }
        var worktree = try fixture.open().worktree(slot: 0)
        for next in [3, 1] {
            try worktree.checkout(ids[3])
            let name = Self.damages[damage].name
            try Self.damages[damage].inflict(worktree.path, fixture.path + "/.git/worktrees/allocbisect-0")
            try worktree.checkout(ids[next])
            try SlotContents(worktree.path).expect(ids[next], in: fixture)
            #expect(try GitCommand.lines(["status", "--porcelain"], in: worktree.path).isEmpty, "\(name)")
            #expect(try fixture.git("worktree", "list").last?.hasSuffix("(detached HEAD)") == true, "\(name)")
            #expect(try fixture.git("for-each-ref").count == 1, "\(name)")
        }
    }

    @Test func doesNotFollowALinkInPlaceOfTheSlot() throws {
        let fixture = try Fixture()
        let id = try fixture.commit(["a.go": "1"])
        let precious = fixture.directory.path + "/precious"
        try TemporaryDirectory.write("x", to: precious + "/file")
        let repository = try fixture.open()
        var worktree = try repository.worktree(slot: 0)
        try worktree.checkout(id)
        try FileManager.default.removeItem(atPath: worktree.path)
        try FileManager.default.createSymbolicLink(atPath: worktree.path, withDestinationPath: precious)
        try worktree.checkout(id)
        try SlotContents(worktree.path).expect(id, in: fixture)
        #expect(FileManager.default.fileExists(atPath: precious + "/file"))
        #expect(!FileManager.default.fileExists(atPath: precious + "/a.go"))
    }

    @Test func worksInARepositoryThatWasMovedOrCopied() throws {
        let fixture = try Fixture()
        let id = try fixture.commit(["a.go": "1"])
        let other = try fixture.commit(["a.go": "2"])
        var original = try fixture.open().worktree(slot: 0)
        try original.checkout(id)
        let paths = fixture.directory.path
        try FileManager.default.copyItem(atPath: fixture.path, toPath: paths + "/copy")
        var copied = try Repository(discovering: paths + "/copy").worktree(slot: 0)
        try copied.checkout(other)
        try SlotContents(copied.path).expect(other, in: fixture)
        try SlotContents(original.path).expect(id, in: fixture)
        #expect(try GitCommand.line("rev-parse", "HEAD", in: original.path) == id.description)
        try FileManager.default.moveItem(atPath: fixture.path, toPath: paths + "/moved")
        var moved = try Repository(discovering: paths + "/moved").worktree(slot: 0)
        try moved.checkout(other)
        #expect(try GitCommand.line("rev-parse", "HEAD", in: moved.path) == other.description)
    }
}
