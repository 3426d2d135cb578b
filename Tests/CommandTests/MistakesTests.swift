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
        ["plan", "v1", "-m", "goroutines"], ["plan", "v1", "-t", "allocs=+2"],
        ["history", "--dry-run", "-m", "goroutines"],
        ["v1", "-t", "allocs=+2"], ["v1", "-m", "goroutines"], ["v1", "-m", "widgets"],
        ["v1", "-m", "allocs/op,B/op"], ["v1", "-b", "Wrok"],
        ["v1", "-b", "(("], ["v1", "--only", "BenchmarkDept"], ["v1", "-p", "book"], ["v1", "-p", "./bok"],
        ["v1", "-p", "./book,./feed"], ["v1", "-p", "github.com/x/y"], ["v1", "-p", "./docs"],
        ["v1", "--patch", "none.patch"],
        ["v1", "--all", "--first"], ["v1", "--budget", "some"], ["v1", "--alpha", "2"], ["v1", "--go", "/nowhere/go"],
        ["v1", "--sandbox", "cage"], ["v1", "-C", "/nowhere"], ["check", "v1", "--policy", "bad.yml"],
        ["check", "v1", "--policy", "torn.yml"], ["check", "v1", "--policy", "misspelt.yml"],
        ["check", "v1", "--policy", "none.yml"], ["explain", "v1"],
        ["explain", "v1..main", "v2"], ["history", "-n0"], ["report", "v1"], ["record", "nowhere"],
        ["cache", "export", "--cache", "none.db"], ["share", "pull"], ["hook", "instal"],
        ["hook"], ["cache"], ["help", "chek"], ["help", "cache", "statss"], ["--verison"], ["--check"], ["--frob"],
        ["v1..main", "--formt", "json"], ["schema", "--formt", "json"], ["schema", "chek"], ["demo", "--dir", "x"],
        ["v1", "--benchmark", "X"], ["v1", "-test.bench", "X"], ["v1", "-timeout", "0"], ["v1", "-msan"],
        ["v1", "-shuffle", "on"], ["pprof", "v1", "HEAD"], ["pprof", "-o", "lst=Work"],
        ["cache", "export", "--format", "json"],
    ]

    /// Places where something is not as it should be: a clone's name, how it is made so, and a command there.
    ///
    /// `WALLS` lets the command only read the repository.
    private static let places: [(name: String, preparation: String, command: String)] = [
        ("no-module", "git rm -q go.mod && git commit -qm third", "allocbisect HEAD~1"),
        ("no-commit", "git checkout -q --orphan new && git rm -qrf .", "allocbisect check HEAD~1"),
        ("no-benchmark", "git rm -q book/book_test.go && git commit -qm third", "allocbisect history HEAD~1..HEAD"),
        ("newer-go", "sed -i 's/^go .*/go 1.99/' go.mod && git commit -qam third", "allocbisect HEAD~2 --go \(go)"),
        (
            "old-go",
            "sed -i 's/^go .*/go 1.22/' go.mod && sed -i '1a import _ \"slices\"' book/book.go && git commit -qam third",
            "allocbisect check HEAD~1 --go \(oldGo ?? "")"
        ),
        (
            "sub-benchmark",
            "echo 'func BenchmarkFeed(b *testing.B) { b.Run(\"small\", BenchmarkWork) }' >> book/book_test.go "
                + "&& git commit -qam third", "allocbisect HEAD~1 -b Feed/samll"
        ),
        ("broken", "echo 'func' >> book/book.go && git commit -qam third", "allocbisect HEAD~1"),
        ("changed", "echo '// A change.' >> book/book.go", "allocbisect HEAD~1 -b NoSuch"),
        ("unchanged", "true", "allocbisect compare"),
        ("read-only", "true", "WALLS allocbisect HEAD~1"),
        ("read-only-doctor", "true", "WALLS allocbisect doctor"),
        ("shallow", "git fetch -q --depth 1 && git reset -q --hard FETCH_HEAD", "allocbisect HEAD~1"),
        ("bare", "git config core.bare true", "allocbisect compare"),
        ("taken-hook", "echo '#!/bin/sh' > .git/hooks/post-merge", "allocbisect hook install"),
        ("not-a-cache", "echo text > notes.db", "allocbisect history --cached --cache notes.db"),
    ]

    /// A Go that refuses modules which ask for a newer one.
    private static let go = GoCommands.all.first { GoCommands.minorVersion(of: $0) >= 21 } ?? "go"

    /// A Go that builds such modules as far as that goes; nil when none is at hand.
    private static let oldGo = GoCommands.all.first { GoCommands.minorVersion(of: $0) < 21 }

    /// Who commits, and when, so that commits have the same names each time.
    private static let identity: [String: String] = ["AUTHOR", "COMMITTER"].reduce(into: [:]) {
        $0["GIT_\($1)_NAME"] = "A U Thor"
        $0["GIT_\($1)_EMAIL"] = "author@example.com"
        $0["GIT_\($1)_DATE"] = "2024-01-01T00:00:00Z"
    }

    /// What a command came to: its first lines, without those about progress, and its status.
    private static func shown(_ command: String, _ outcome: Program.Outcome) -> String {
        // What doctor finds well is this machine's.
        let lines = (outcome.errors + outcome.output).split(separator: "\n").filter { line in
            !["measuring ", "ok  ", "warn  "].contains(where: line.hasPrefix)
        }
        return ([command] + lines.prefix(5).map(String.init) + ["[\(outcome.status)]", "\n"]).joined(separator: "\n")
    }

    @Test(
        "Each has its exit status, and a sentence that says what to do", .timeLimit(.minutes(15)),
        .enabled(if: Tool.isAsked("bwrap")))
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
                "torn.yml": "thresholds: [\n",
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
            let words = mistake.map { $0.contains(where: { " (".contains($0) }) ? "'\($0)'" : $0 }
            text += MistakesTests.shown((["$ allocbisect"] + words).joined(separator: " "), outcome)
        }
        for (name, preparation, command) in MistakesTests.places {
            if name == "old-go", MistakesTests.oldGo == nil { continue }
            let prepared = try await Program.shell(
                "git clone -q repo \(name) 2>&1 && cd \(name) && \(preparation)", in: history.folder.path,
                environment: Program.environment.merging(MistakesTests.identity) { $1 })
            #expect(prepared.status == 0, "\(name): \(prepared.output)\(prepared.errors)")
            let place = "\(history.folder.path)/\(name)"
            let outcome = try await Program.shell(
                command.replacing("WALLS", with: "bwrap --dev-bind / / --ro-bind '\(place)' '\(place)'"), in: place)
            text += MistakesTests.shown("\(name)$ \(command.replacing("WALLS ", with: ""))", outcome)
        }
        for go in [MistakesTests.go, MistakesTests.oldGo].compactMap(\.self) { text = text.replacing(go, with: "…/go") }
        text = text.replacing(history.folder.path, with: "…").replacing(/go1\.\d+(\.\d+)?/, with: "go1.x")
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/mistakes.txt")
        if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] != nil { return try Data(text.utf8).write(to: file) }
        var known = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        if MistakesTests.oldGo == nil { known.replace(/old-go\$ (?s:.*?)\n\n/, with: "") }
        for (old, new) in zip(known.split(separator: "\n\n"), text.split(separator: "\n\n")) { #expect(old == new) }
        #expect(known == text)
    }
}
