import Foundation
import TestSupport
import Testing

/// What a user gets wrong, and what is said to it: each mistake's exit status and sentences, as a file shows them.
@Suite("Mistakes of users", .tags(.go))
struct MistakesTests {
    /// Words of a command line, by what is wrong with them.
    private static let mistakes: [[String]] = [
        [], ["chekc"], ["chekc", "v1..main"], ["explian", "v1"], ["nowhere..main"], ["v1..nowhere"], ["HEAD"],
        ["main..v1"],
        ["v1..main..v2"], ["v1...main"], ["..", "-p", "./book"], ["v1", "main", "v2"], ["v1..main", "v2"], ["-x..main"],
        ["v1", "-bnech", "Work"], ["v1", "-run", "Test"], ["v1", "-race"], ["v1", "--frmat", "json"],
        ["v1", "--format", "xml"], ["v1", "-j0"], ["v1", "-count", "none"], ["v1", "-benchtime", "1s"],
        ["v1", "-cpu", "1,2"], ["v1", "-timeout", "soon"], ["v1", "--memory-limit", "lots"], ["v1", "-t", "much"],
        ["v1", "-t", "allocs=+2"], ["v1", "-m", "goroutines"], ["v1", "-m", "widgets"], ["v1", "-b", "Wrok"],
        ["v1", "-b", "(("], ["v1", "--only", "BenchmarkDept"], ["v1", "-p", "book"], ["v1", "-p", "./bok"],
        ["v1", "-p", "./book,./feed"], ["v1", "-p", "github.com/x/y"], ["v1", "-p", "./docs"],
        ["v1", "--patch", "none.patch"],
        ["v1", "--all", "--first"], ["v1", "--budget", "some"], ["v1", "--alpha", "2"], ["v1", "--go", "/nowhere/go"],
        ["v1", "--sandbox", "cage"], ["v1", "-C", "/nowhere"], ["check", "v1", "--policy", "bad.yml"],
        ["check", "v1", "--policy", "misspelt.yml"], ["check", "v1", "--policy", "none.yml"], ["explain", "v1"],
        ["explain", "v1..main", "v2"], ["history", "-n0"], ["report", "v1"], ["record", "nowhere"],
        ["cache", "export", "--cache", "none.db"], ["share", "pull"], ["hook", "instal"],
    ]

    @Test("Each has its exit status, and a sentence that says what to do", .timeLimit(.minutes(15)))
    func all() async throws {
        let history = try GoHistory()
        try history.commit(
            "first",
            [
                "book/book.go": GoSource.work(allocations: 1).replacing("package m", with: "package book"),
                "book/book_test.go": GoSource.benchmark.replacing("package m", with: "package book"),
                "docs/docs.go": "package docs\n",
                "bad.yml": "thresholds:\n  - threshold: much\n",
                "misspelt.yml": "metrics: [allocs]\n",
            ])
        try history.commit(
            "second", ["book/book.go": GoSource.work(allocations: 2).replacing("package m", with: "package book")])
        try history.checkout()
        let tag = try await Program.shell("git tag v1 HEAD~1", in: history.path)
        #expect(tag.status == 0)
        var text = ""
        for mistake in MistakesTests.mistakes {
            let outcome = try await Program.run(mistake, in: history.path)
            #expect(outcome.status != 0, "\(mistake) passed")
            #expect(outcome.output.isEmpty, "\(mistake) printed data")
            let lines = outcome.errors.split(separator: "\n").filter { !$0.hasPrefix("measuring ") }
            let shown = mistake.map { $0.contains(where: { " (".contains($0) }) ? "'\($0)'" : $0 }
            let command = (["$ allocbisect"] + shown).joined(separator: " ")
            text += ([command] + lines.prefix(4).map(String.init) + ["[\(outcome.status)]", "\n"]).joined(
                separator: "\n")
        }
        text = text.replacing(history.folder.path, with: "…").replacing(/go1\.\d+(\.\d+)?/, with: "go1.x")
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/mistakes.txt")
        if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] != nil { return try Data(text.utf8).write(to: file) }
        let known = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        for (old, new) in zip(known.split(separator: "\n\n"), text.split(separator: "\n\n")) { #expect(old == new) }
        #expect(known == text)
    }
}
