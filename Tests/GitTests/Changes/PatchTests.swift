import Foundation
import TestSupport
import Testing

@testable import Git

@Suite("Patches made to the files of a commit")
struct PatchTests {
    private static let old = (1...20).map { "line \($0)\n" }.joined()
    private static let new = old.replacing("line 10\n", with: "line ten\nand more\n")

    /// Two commits, and what git says of their difference.
    private static func patched(
        _ before: [String: String?], _ after: [String: String?]
    ) async throws -> (history: GoHistory, patch: Patch) {
        let history = try GoHistory()
        try history.commit("before", before)
        try history.commit("after", after)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["git", "-C", history.path, "diff", "--no-renames", "HEAD~1", "HEAD"]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let text = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (history, try Patch(name: "fix.patch", text: Array(text)))
    }

    @Test("A change of lines, a new file and one that goes away are made where they are missing, and only there")
    func applies() async throws {
        let (history, patch) = try await PatchTests.patched(
            ["a/a.go": PatchTests.old, "gone.go": "package gone\n"],
            ["a/a.go": PatchTests.new, "gone.go": nil, "b/new.go": "package b\n"])
        let repository = try Repository(discovering: history.path)
        let before = RepositoryState(around: history.path)
        let made = try repository.applying(patch, to: history.id("before"))
        #expect(
            made == [
                Replacement(path: "a/a.go", content: .file(Array(PatchTests.new.utf8), isExecutable: false)),
                Replacement(path: "b/new.go", content: .file(Array("package b\n".utf8), isExecutable: false)),
                Replacement(path: "gone.go", content: .absent),
            ])
        #expect(try repository.applying(patch, to: history.id("after")) == [])
        let after = RepositoryState(around: history.path)
        #expect(before.flatMap { old in after.map { $0.changes(since: old) } } == [])
    }

    @Test("Lines that have moved are found; lines that differ are refused with the reason")
    func moves() async throws {
        let (history, patch) = try await PatchTests.patched(["a.go": PatchTests.old], ["a.go": PatchTests.new])
        let repository = try Repository(discovering: history.path)
        try history.commit("moved", on: ["before"], ["a.go": "first\nsecond\n" + PatchTests.old])
        #expect(
            try repository.applying(patch, to: history.id("moved")).first?.content
                == .file(Array(("first\nsecond\n" + PatchTests.new).utf8), isExecutable: false))
        try history.commit("other", on: ["before"], ["a.go": "something else\n"])
        let error = #expect(throws: GitError.self) { try repository.applying(patch, to: history.id("other")) }
        #expect(error?.code == .patch)
        #expect(error?.message.hasPrefix("fix.patch does not fit a.go at ") == true)
    }

    @Test("Where the lines around it differ, what is changed decides, and nothing is changed twice")
    func context() async throws {
        let broken = "func a() {\n\tx := 3\n\tcall(x\n}\n"
        let (history, patch) = try await PatchTests.patched(
            ["a.go": broken, "b.go": "one\ntwo\n"],
            ["a.go": broken.replacing("call(x", with: "call(x)"), "b.go": "one\nadded\ntwo\n"])
        let repository = try Repository(discovering: history.path)
        let fixed = "func a() {\n\tx := 1\n\tcall(x)\n}\n"
        try history.commit("older", on: ["before"], ["a.go": fixed.replacing("call(x)", with: "call(x")])
        let older = try repository.applying(patch, to: history.id("older"))
        #expect(older.first?.content == .file(Array(fixed.utf8), isExecutable: false))
        #expect(older.count == 2)
        // One file has its change already, the other one has it between other lines.
        try history.commit("sound", on: ["before"], ["a.go": fixed, "b.go": "0\nadded\n3\n"])
        #expect(try repository.applying(patch, to: history.id("sound")) == [])
        try history.commit("twice", on: ["before"], ["a.go": "\tcall(x\nother\n\tcall(x\n"])
        let error = #expect(throws: GitError.self) { try repository.applying(patch, to: history.id("twice")) }
        #expect(error?.code == .patch)
    }

    @Test("What diff -u writes is taken as well, with lines in it that look like another file's head")
    func plain() throws {
        let history = try GoHistory()
        try history.commit("0", ["a.go": "one\n-- two\nthree", "gone.go": "gone\n", "sub/my b.go": "b\n"])
        let text = """
            diff -ru old/a.go new/a.go
            --- a.go.orig\t2024-01-01 00:00:00
            +++ a.go\t2024-01-02 00:00:00
            @@ -1,3 +1,3 @@
             one
            --- two
            +++ two
             three
            \\ No newline at end of file
            --- a/gone.go
            +++ /dev/null
            @@ -1 +0,0 @@
            -gone
            Only in new: x
            --- /dev/null
            +++ b/new.go
            @@ -0,0 +1 @@
            +new
            --- a/sub/my b.go
            +++ b/sub/my b.go
            @@ -1 +1 @@
            -b
            +c

            """
        let patch = try Patch(name: "p", text: Array(text.utf8))
        let made = try Repository(discovering: history.path).applying(patch, to: history.id("0"))
        #expect(
            made == [
                Replacement(path: "a.go", content: .file(Array("one\n++ two\nthree".utf8), isExecutable: false)),
                Replacement(path: "gone.go", content: .absent),
                Replacement(path: "new.go", content: .file(Array("new\n".utf8), isExecutable: false)),
                Replacement(path: "sub/my b.go", content: .file(Array("c\n".utf8), isExecutable: false)),
            ])
    }

    @Test("What is not a patch is refused", arguments: ["no patch at all\n", "--- a/x\n+++ b/x\n@@ -1 +1 @@\n"])
    func junk(text: String) {
        let error = #expect(throws: GitError.self) { try Patch(name: "p", text: Array(text.utf8)) }
        #expect(error?.code == .patch)
        #expect(error?.message.hasPrefix("p is not a patch that can be applied: ") == true)
    }
}
