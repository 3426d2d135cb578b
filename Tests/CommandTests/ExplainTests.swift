import Foundation
import TestSupport
import Testing

@Suite("allocbisect explain REV", .tags(.go), .serialized)
struct ExplainTests {
    /// A culprit whose subject, path and source try to be markup and terminal commands.
    private func history() throws -> GoHistory {
        let history = try GoHistory()
        try history.commit("0", ["m.go": GoSource.work(allocations: 1), "m_test.go": GoSource.benchmark])
        let hostile = """
            package m

            import "fmt"

            var text string

            // Work ``` \u{1b}[31m <script>alert(1)</script> @everyone #1 | [x](https://example.com)
            func Work() {
            \tfor i := 0; i < 5; i++ {
            \t\ttext = fmt.Sprintf("%d```\\u001b", i)
            \t}
            }

            """
        try history.commit("grow \u{1b}[31m <b>x</b> @team #7 | `code` [a](b)", ["m.go": hostile])
        return history
    }

    @Test("says so where only the first iterations differ, as while a pool fills", arguments: GoCommands.all)
    func firstIterations(go: String) async throws {
        let history = try GoHistory()
        let first = { (count: Int) in
            """
            package m

            var one, other any
            var calls int

            func Work() {
            \tif calls++; calls%4 == 0 || calls < \(count) {
            \t\tone, other = new([64]byte), new([64]byte)
            \t}
            }

            """
        }
        try history.commit("0", ["m.go": first(0), "m_test.go": GoSource.benchmark])
        try history.commit("fill", ["m.go": first(9000)])
        try history.commit("always", ["m.go": first(1 << 60)])
        let words = ["-m", "allocs/op", "--go", go]
        let filling = try await Program.run(["main~2..main~1"] + words, in: history.path)
        #expect(filling.status == 0, "\(filling.output)")
        let note = #/note: with 1000000 iterations it is 0\.5 → 0\.5\d* allocs/op: only the first ones differ/#
        #expect(filling.output.contains(note), "\(filling.output)")
        let whole = try await Program.run(["main~2..main"] + words + ["--benchtime", "100000x"], in: history.path)
        #expect(whole.status == 0 && !whole.output.contains("iterations it is"), "\(whole.output)")
        #expect(whole.output.contains("always"), "\(whole.output)")
    }

    @Test("prints the explanation as JSON, with the fields that are promised")
    func json() async throws {
        let history = try history()
        let outcome = try await Program.run(["explain", "main", "--format", "json"], in: history.path)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let document = try outcome.json()
        #expect(document["command"] as? String == "explain")
        let all = try #require(document["series"] as? [[String: Any]])
        let series = try #require(all.first { $0["metric"] as? String == "allocs/op" })
        let explanation = try #require(series["explanation"] as? [String: Any])
        #expect(explanation["kind"] as? String == "code")
        #expect((explanation["share"] as? Double ?? 0) >= 0.95)
        let lists = ["sites", "retained", "goroutines", "escapes", "ladder", "warnings", "functions", "hunks"]
        for key in lists { #expect(explanation[key] is [Any], "\(key)") }
        let site = try #require((explanation["sites"] as? [[String: Any]])?.first)
        #expect(site["file"] as? String == "m.go")
        #expect(site["line"] as? Int == 10)
        #expect(site["function"] as? String == "example.com/m.Work")
        #expect(site["callee"] as? String == "fmt.Sprintf")
        for key in ["allocsPerOp", "bytesPerOp"] {
            let change = try #require(site[key] as? [String: Any])
            #expect(change["before"] is Double && change["after"] is Double)
        }
        let profiles = try #require(explanation["profiles"] as? [String: Any])
        for key in ["before", "after"] {
            #expect(FileManager.default.fileExists(atPath: try #require(profiles[key] as? String)))
        }
        let escape = try #require((explanation["escapes"] as? [[String: Any]])?.first)
        #expect(["added", "removed"].contains(escape["change"] as? String))
    }

    @Test("prints a command that opens the difference with Go's own tool")
    func opens() async throws {
        let history = try history()
        let outcome = try await Program.run(["explain", "main"], in: history.path)
        let line = try #require(outcome.output.split(separator: "\n").first { $0.contains("open: ") })
        let words = try #require(line.split(separator: "open: allocbisect ").last).split(separator: " ").map(
            String.init)
        #expect(words.first == "pprof" && line.count <= 80, "\(line)")
        let top = try await Program.run(words + ["-o", "top"], in: history.path)
        #expect(top.status == 0 && top.output.contains("example.com/m.Work"), "\(top.errors)")
    }

    @Test("shows nothing from the repository that could steer a terminal")
    func terminal() async throws {
        let history = try history()
        let outcome = try await Program.run(["explain", "main"], in: history.path)
        #expect(outcome.output.contains("m.go:10"))
        #expect(!outcome.output.unicodeScalars.contains { $0.value < 32 && $0 != "\n" })
    }

    @Test("writes markdown in which nothing from the repository is markup")
    func markdown() async throws {
        let history = try history()
        for arguments in [["explain", "main"], ["main~1..main"]] {
            let outcome = try await Program.run(arguments + ["--format", "markdown"], in: history.path)
            #expect(outcome.status == 0, "\(outcome.errors)")
            let text = outcome.output
            #expect(text.hasPrefix(arguments.count == 2 ? "### " : "`"))
            // What stands in a fence is literal; the fence is longer than any run of backticks in it.
            let outside = text.split(separator: "````").enumerated().filter { $0.offset.isMultiple(of: 2) }
                .map(\.element).joined()
            #expect(text.contains("````diff"))
            for markup in ["<b>", "<script>", "@team", "#7", "](b)", "\u{1b}"] { #expect(!outside.contains(markup)) }
        }
    }

    @Test("says that nothing differs, with a status of its own")
    func nothing() async throws {
        let history = try history()
        try history.commit("docs", ["README.md": "docs"])
        let outcome = try await Program.run(["explain", "main"], in: history.path)
        #expect(outcome.status == 3)
        #expect(outcome.output.contains("none of"))
    }

    @Test("keeps CPU profiles when they are asked for")
    func cpu() async throws {
        let history = try history()
        let outcome = try await Program.run(
            ["explain", "main", "--profile", "cpu", "--format", "json"], in: history.path)
        let series = try #require(try outcome.json()["series"] as? [[String: Any]])
        let explanation = try #require(series.first?["explanation"] as? [String: Any])
        let profiles = try #require(explanation["cpuProfiles"] as? [String: Any])
        let size = try FileManager.default.attributesOfItem(atPath: try #require(profiles["after"] as? String))[.size]
        #expect((size as? Int ?? 0) > 0)
    }
}
