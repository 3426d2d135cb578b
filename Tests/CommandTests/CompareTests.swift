import Foundation
import Git
import TestSupport
import Testing

@Suite("allocbisect compare", .tags(.go), .serialized)
struct CompareTests {
    private func history() throws -> GoHistory {
        let history = try GoHistory()
        try history.commit("0", ["m.go": GoSource.work(allocations: 1), "m_test.go": GoSource.benchmark])
        try history.commit("1", ["sub/readme.txt": "1"])
        try history.checkout()
        return history
    }

    private func change(_ history: GoHistory, allocations: Int) throws {
        try GoSource.work(allocations: allocations)
            .write(toFile: history.path + "/m.go", atomically: true, encoding: .utf8)
    }

    @Test("says what the work tree changes, with the words and statuses that are promised")
    func workTree() async throws {
        let history = try history()
        let nothing = try await Program.run(["compare"], in: history.path)
        #expect(nothing.status == 64 && nothing.errors.contains("no changes"), "\(nothing.errors)")
        try change(history, allocations: 3)
        let worse = try await Program.run(["compare"], in: history.path)
        #expect(worse.status == 0, "\(worse.errors)")
        let lines = worse.output.split(separator: "\n")
        #expect(lines.first?.hasSuffix("→ the work tree (1 file changed)") == true)
        #expect(worse.output.contains("+2 (+200 %)  worse") && worse.output.contains("m.go:9"), "\(worse.output)")
        #expect(lines.last == "of 3 series: 1 got worse, 2 are the same")
        #expect(worse.errors.contains("measuring the work tree"))
        let document = try await Program.run(["compare", "--format", "json"], in: history.path).json()
        #expect(document["command"] as? String == "compare")
        let markdown = try await Program.run(["compare", "HEAD~1", "--format", "markdown"], in: history.path)
        #expect(markdown.status == 0 && markdown.output.hasPrefix("### "))
        try change(history, allocations: 0)
        let better = try await Program.run(["compare", "--everything"], in: history.path)
        #expect(better.status == 3 && better.output.contains("-1 (-100 %)  better"), "\(better.output)")
        let commits = try await Program.run(["compare", "HEAD~1", "HEAD"], in: history.path)
        #expect(commits.status == 3 && commits.output.contains("none got worse"), "\(commits.output)")
        let range = try await Program.run(["compare", "HEAD~1..HEAD"], in: history.path)
        #expect(range.status == 64 && range.errors.contains("Name two commits"))
    }

    @Test("is mentioned by whatever measures HEAD while Go files are changed")
    func note() async throws {
        let history = try history()
        func errors(_ arguments: String...) async throws -> String { try await errors(arguments) }
        func errors(_ arguments: [String]) async throws -> String {
            try await Program.run(arguments, in: history.path).errors
        }
        let note = "note: HEAD is measured without"
        #expect(try await !errors("record").contains(note))
        try "not Go".write(toFile: history.path + "/notes.txt", atomically: true, encoding: .utf8)
        #expect(try await !errors("record").contains(note))
        try change(history, allocations: 3)
        for command in [["record"], ["HEAD~1..HEAD"], ["history"], ["explain", "main"], ["record", "main"]] {
            let outcome = try await Program.run(command, in: history.path)
            let lines = outcome.errors.split(separator: "\n").filter { $0.hasPrefix(note) }
            #expect(
                lines == [
                    "\(note) the 1 changed Go file of the work tree. To include them: allocbisect compare"
                ], "\(command): \(outcome.errors)")
        }
        #expect(try await errors("check", "HEAD~1..HEAD").contains("allocbisect check --work-tree HEAD~1..HEAD"))
        let commands = [
            (["compare", "HEAD", "HEAD~1", "-m", "B/op"], "compare HEAD~1 -m B/op"),
            (["check", "--self-test", "HEAD~1..HEAD"], "check --work-tree HEAD~1..HEAD"),
            (["pprof", "HEAD", "-m", "B/op", "-o", "top"], "compare -m B/op"),
            (["HEAD~1", "-m", "B/op", "-t", "+10%", "--short"], "compare -m B/op -t '+10%' --short"),
        ]
        for (arguments, command) in commands {
            let lines = try await errors(arguments).split(separator: "\n").filter { $0.hasPrefix(note) }
            #expect(lines.count == 1 && lines[0].hasSuffix(": allocbisect \(command)"), "\(arguments): \(lines)")
        }
        let module = try String(contentsOfFile: history.path + "/go.mod", encoding: .utf8)
        try change(history, allocations: 1)
        #expect(try await !errors("record").contains(note))
        try (module + "\n// changed\n").write(toFile: history.path + "/go.mod", atomically: true, encoding: .utf8)
        #expect(try await errors("record").contains("\(note) the 1 changed Go file"))
        for arguments in [["record", "HEAD~1"], ["compare"], ["check", "--work-tree", "HEAD~1..HEAD"], ["doctor"]] {
            #expect(try await !Program.run(arguments, in: history.path).errors.contains(note), "\(arguments)")
        }
    }

    @Test("and a check of the work tree find a base where there is no other branch, or no commit yet")
    func bases() async throws {
        let history = try history()
        try change(history, allocations: 3)
        let heading = "\(try history.id("1").short)..work tree: 3 series"
        for arguments in [[], ["HEAD"], ["@"]] {
            let checked = try await Program.run(["check", "--work-tree"] + arguments, in: history.path)
            #expect(checked.status == 1 && checked.output.contains(heading), "\(arguments): \(checked.errors)")
        }
        try change(history, allocations: 1)
        let unchanged = try await Program.run(["check", "--work-tree"], in: history.path)
        #expect(unchanged.status == 64 && unchanged.errors.contains("no changes since"), "\(unchanged.errors)")
        _ = try await Program.shell("git checkout -q --orphan fresh", in: history.path)
        let same = try await Program.run(["compare", "main"], in: history.path)
        #expect(same.status == 64 && same.errors.contains("no changes since"), "\(same.errors)")
        try change(history, allocations: 3)
        #expect(try await Program.run(["compare", "main"], in: history.path).status == 0)
    }

    @Test("has its like in a check of the work tree, which nothing else sees")
    func check() async throws {
        let history = try history()
        try change(history, allocations: 3)
        let failed = try await Program.run(["check", "--work-tree", "HEAD~1.."], in: history.path)
        #expect(failed.status == 1 && failed.output.contains("..work tree: 3 series"), "\(failed.output)")
        let document = try await Program.run(
            ["check", "--work-tree", "HEAD~1..", "--format", "json"], in: history.path
        ).json()
        #expect((document["range"] as? [String: Any])?["workTree"] as? Bool == true)
        #expect(try await Program.run(["check", "HEAD~1.."], in: history.path).status == 0)
        let found = try await Program.run(["check", "--work-tree", "--find", "HEAD~1.."], in: history.path)
        #expect(
            found.status == 1 && found.output.contains("culprit: the work tree (not committed)\n"), "\(found.output)")
        #expect(found.output.contains("next: git diff HEAD\n") && found.output.contains("1 → 3 allocs/op"))
        let both = try await Program.run(["check", "--work-tree", "--self-test"], in: history.path)
        #expect(both.status == 64)
        let history2 = try await Program.run(["history"], in: history.path)
        #expect(!history2.output.contains("The work tree"))
        // What was measured of it goes when the cache is looked after.
        let pruned = try await Program.run(["cache", "prune"], in: history.path)
        #expect(pruned.output.contains("the commit is gone, 1 measurement"), "\(pruned.output)")
    }
}
