import Foundation
import TestSupport
import Testing

@Suite("What is done to commits before they are measured", .tags(.go))
struct PreparationTests {
    private static let work =
        "package m\n\nvar sink []byte\n\nfunc Work() {\n\tfor i := 0; i < 1; i++ {\n\t\tsink = make([]byte, 64)\n\t}\n}\n"

    @Test("--before-build makes what is not checked in, at each commit anew, and nothing of it stays behind")
    func generated() async throws {
        let history = try GoHistory()
        try history.commit(
            "0",
            [
                "m.go": PreparationTests.work.replacing("i < 1", with: "i < count"), "m_test.go": GoSource.benchmark,
                "gen.go": "package m\n\nconst count = 0 // Out of date.\n", "n.txt": "1",
            ])
        for number in 1...6 { try history.commit("\(number)", ["n.txt": number < 4 ? "1" : "3", "x": "\(number)"]) }
        let line = "printf 'package m\\n\\nconst count = %s\\n' $(cat n.txt) > gen.go; [ ! -e left ] && echo > left"
        let found = try await Program.run(
            ["main~6..main", "--before-build", line, "--format", "json", "--no-explain"], in: history.path)
        #expect(try found.culprits(of: "BenchmarkWork") == ["\(history.id("4"))"], "\(found.errors)")
        #expect(
            (try found.json()["warnings"] as? [String])?.contains { $0.hasSuffix("runs before each build") } == true)
        let plain = try await Program.run(["record", "main"], in: history.path)
        #expect(plain.output.contains(#/BenchmarkWork +0 /#), "\(plain.output)\(plain.errors)")
        let failed = try await Program.run(
            ["record", "main", "--before-build", "echo no >&2; exit 3"], in: history.path)
        #expect(failed.status == 4 && failed.output.contains("ended with the status 3: no"), "\(failed.output)")
    }

    @Test("--patch repairs the commits that need it, whatever is around, and leaves out those that it does not fit")
    func patched() async throws {
        let history = try GoHistory()
        var work = PreparationTests.work
        try history.commit("0", ["m.go": work, "m_test.go": GoSource.benchmark])
        for number in 1...6 {
            switch number {
            case 1: work = work.replacing("make([]byte, 64)", with: "make([]byte, 64")
            case 3: work = work.replacing("i < 1", with: "i < 3")
            case 5: work = work.replacing("make([]byte, 64", with: "make([]byte, 64)")
            default: break
            }
            try history.commit("\(number)", ["m.go": work, "x": "\(number)"])
        }
        let file = history.folder.appending(path: "fix.patch").path
        let diff = try await Program.shell("git diff main~2 main~1 -- m.go > '\(file)'", in: history.path)
        #expect(diff.status == 0)
        let arguments = ["main~6..main", "--format", "json"]
        let broken = try await Program.run(arguments, in: history.path)
        #expect(broken.status == 4)
        let found = try await Program.run(arguments + ["--patch", file], in: history.path)
        #expect(try found.culprits(of: "BenchmarkWork") == ["\(history.id("3"))"], "\(found.errors)")
        #expect(found.output.contains("fix.patch is applied to every commit that lacks its change"))
        let plan = try await Program.run(["plan"] + arguments + ["--patch", file], in: history.path)
        #expect(plan.output.contains("fix.patch is applied to every commit"), "\(plan.output)\(plan.errors)")
        let table = try await Program.run(
            ["history", "main~6..main", "--cached", "--format", "benchmark", "--patch", file], in: history.path)
        #expect(table.output.contains("\npatch: fix.patch\n"), "\(table.output)\(table.errors)")
        let page = try await Program.run(
            ["report", "main~6..main", "--cached", "-o", "-", "--patch", file], in: history.path)
        #expect(page.output.contains("--patch fix.patch") && !page.output.contains(file), "\(page.errors)")
        try history.commit("7", ["m.go": work.replacing("make([]byte, 64)", with: "make([]byte, 32)")])
        let other = try await Program.run(["record", "main", "--patch", file], in: history.path)
        #expect(
            other.status == 4 && other.output.contains("fix.patch does not fit m.go"), "\(other.output)\(other.errors)")
        try Data("no patch".utf8).write(to: URL(filePath: file))
        let junk = try await Program.run(["record", "main", "--patch", file], in: history.path)
        #expect(junk.status == 64 && junk.errors.contains("fix.patch is not a patch"), "\(junk.errors)")
    }

    @Test("--short and --args reach the benchmarks, and are measured apart; testing's own flags are refused")
    func arguments() async throws {
        let history = try GoHistory()
        let test = """
            package m

            import (
            \t"flag"
            \t"testing"
            )

            var size = flag.Int("size", 1, "")

            func BenchmarkWork(b *testing.B) {
            \tn := *size
            \tif testing.Short() {
            \t\tn *= 10
            \t}
            \tfor i := 0; i < b.N; i++ {
            \t\tfor j := 0; j < n; j++ {
            \t\t\tWork()
            \t\t}
            \t}
            }

            """
        try history.commit("0", ["m.go": PreparationTests.work, "m_test.go": test])
        for (arguments, expected) in [
            (["--", "."], 1), (["-short", "-p", "."], 10), (["--args", "-size=2"], 2),
            (["-benchmem", "-bench=Work", "-count=1", "-short", "-args", "-size", "3"], 30), ([], 1),
        ] {
            let outcome = try await Program.run(["record", "main"] + arguments, in: history.path)
            let line = outcome.output.split(separator: "\n").first { $0.contains("BenchmarkWork") } ?? ""
            #expect(line.split(separator: " ").dropFirst(2).first == "\(expected)", "\(arguments): \(outcome.output)")
        }
        // Another program's arguments do not ask for help, and a gate that prints help would pass.
        for words in [["-size", "4", "-h"], ["-shape=x"], ["--help"], ["--version"], ["--", "-size=4"]] {
            let outcome = try await Program.run(["record", "main", "--args"] + words, in: history.path)
            #expect(!outcome.output.contains("USAGE") && !outcome.output.hasPrefix("0."), "\(words)")
            #expect(
                outcome.output.contains(words[0] == "--" ? "BenchmarkWork          1 " : "exited early"),
                "\(words): \(outcome.output)")
        }
        let own = try await Program.run(["record", "main", "--args", "-test.count=3"], in: history.path)
        #expect(own.status == 64 && own.errors.contains("-test.count=3 belongs to the testing"), "\(own.errors)")
    }
}
