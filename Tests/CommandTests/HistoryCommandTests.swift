import Foundation
import Git
import TestSupport
import Testing

@Suite("allocbisect history", .tags(.go), .serialized)
struct HistoryCommandTests {
    private func history() throws -> GoHistory {
        let history = try GoHistory()
        try history.commit("0", ["m.go": GoSource.work(allocations: 1), "m_test.go": GoSource.benchmark])
        try history.commit("1", ["README.md": "1"])
        try history.commit("grow \u{1b}[31mred", ["m.go": GoSource.work(allocations: 3)])
        try history.commit("broken", ["broken.go": "package m\n\nfunc broken( {\n"])
        return history
    }

    @Test("prints a row for each commit, and measures nothing the second time", arguments: GoCommands.all)
    func rows(go: String) async throws {
        let history = try history()
        try history.commit("mended", ["broken.go": nil])
        let arguments = ["history", "main~4..main", "--go", go, "--format", "json"]
        let document = try await Program.run(arguments, in: history.path).json()
        #expect(document["schemaVersion"] as? Int == 1 && document["command"] as? String == "history")
        let rows = try #require(document["rows"] as? [[String: Any]])
        #expect(rows.map { $0["subject"] as? String } == ["1", "grow \u{1b}[31mred", "broken", "mended"])
        #expect(rows[0]["parents"] as? [String] == [try history.id("0").description])
        let values = rows.compactMap { row in
            (row["values"] as? [[String: Any]])?.first { $0["metric"] as? String == "allocs/op" }
        }
        #expect(values.map { ($0["value"] as? Double).map { Int($0) } } == [1, 3, nil, 3])
        #expect(values.map { $0["step"] as? Bool } == [false, true, false, false])
        #expect((rows[2]["skipped"] as? String)?.contains("does not build") == true)
        let again = try await Program.run(arguments + ["--cached"], in: history.path).json()
        #expect(again["measured"] as? Int == 0)
        let (first, second) = (document["rows"] as? NSArray, again["rows"] as? NSArray)
        #expect(first == second)
    }

    @Test("is measured in parts, which are one history when they come together")
    func shards() async throws {
        let history = try history()
        try history.commit("mended", ["broken.go": nil, "sub/m.go": "package m\n\nfunc Work() {}\n"])
        try history.commit("another", ["sub/m_test.go": GoSource.benchmark, "m.go": GoSource.work(allocations: 4)])
        let words = ["history", "main~5..main", "--format", "json"]
        let folder = history.folder.path
        let whole = try await Program.run(words + ["--cache", folder + "/whole"], in: history.path).json()
        var measured = 0
        for number in 1...2 {
            let cache = ["--cache", "\(folder)/part\(number)"]
            if number == 2 {
                let report = ["report", "main~5..main", "-o", folder + "/part.html", "--shard", "2/2"] + cache
                let outcome = try await Program.run(report, in: history.path)
                #expect(outcome.status == 0 && !outcome.errors.contains("halve"), "\(outcome.errors)")
            }
            let part = try await Program.run(
                words + cache + (number == 1 ? ["--shard", "1/2"] : ["--cached"]), in: history.path
            ).json()
            #expect(part["rows"] as? NSArray != whole["rows"] as? NSArray)
            let exported = try await Program.run(
                ["cache", "export", "\(folder)/part\(number).txt"] + cache, in: history.path)
            #expect(exported.status == 0 && exported.output == "")
            let text = try String(contentsOfFile: "\(folder)/part\(number).txt", encoding: .utf8)
            measured += text.ranges(of: "# measurement of").count
            let taken = try await Program.run(["cache", "import", "\(folder)/part\(number).txt"], in: history.path)
            #expect(taken.status == 0, "\(taken.errors)")
        }
        let together = try await Program.run(words + ["--cached", "--trust"], in: history.path)
        let document = try together.json()
        #expect(document["rows"] as? NSArray == whole["rows"] as? NSArray, "\(together.output)\(together.errors)")
        // Both packages of the newest commit are measured twice, and nothing else.
        let all = try await Program.run(["cache", "export", "--cache", folder + "/whole"], in: history.path).output
        #expect(measured == all.ranges(of: "# measurement of").count + 2)
        let none = try await Program.run(words + ["--cached", "--shard", "1/2"], in: history.path)
        #expect(none.status == 64 && none.errors.contains("--shard cannot be combined with --cached"))
        let wrong = try await Program.run(words + ["--shard", "3/2"], in: history.path)
        #expect(wrong.status == 64 && wrong.errors.contains("such as 3/8, not '3/2'"))
        for (number, package) in [(1, "example.com/m"), (2, "example.com/m/sub")] {
            let record = ["record", "--no-cache", "--shard", "\(number)/2", "--format", "json"]
            let results = try await Program.run(record, in: history.path).json()["results"] as? [[String: Any]] ?? []
            #expect(results.map { $0["package"] as? String } == [package])
        }
    }

    @Test("tells beforehand what it would measure, and by whom")
    func dryRun() async throws {
        let history = try history()
        let words = ["history", "main~3..main", "--dry-run"]
        let before = try await Program.run(words, in: history.path)
        #expect(before.output.hasPrefix("At most 4 of 4 commits would be measured by this machine, "))
        #expect(try await Program.measurements(in: history.path) == 0)
        let machines = try await Program.run(words + ["--executor", "ssh:a,b*4"], in: history.path)
        #expect(machines.output.contains(" by a, 1 at once; b, 4 at once\n"))
        let slurm = try await Program.run(words + ["--executor", "slurm:big", "-j", "3"], in: history.path)
        #expect(slurm.output.contains(" by Slurm, 3 at once: sbatch ") && slurm.output.contains("--partition=big\n"))
        let refused = try await Program.run(words + ["--cached"], in: history.path)
        #expect(refused.status == 64 && refused.errors.contains("--dry-run cannot be combined with --shard"))
        _ = try await Program.run(["history", "main~3..main"], in: history.path)
        let after = try await Program.run(words, in: history.path)
        #expect(after.output == "Nothing would be measured: all 4 commits are known.\n", "\(after.output)")
    }

    @Test("fits the terminal, and lets nothing from the repository steer it")
    func text() async throws {
        let history = try history()
        try history.commit("mended", ["broken.go": nil])
        var environment = Program.environment
        environment["COLUMNS"] = "64"
        let outcome = try await Program.run(
            ["history", "-n", "4", "-m", "allocs/op"], in: history.path, environment: environment)
        #expect(outcome.status == 0)
        let table = outcome.output.split(separator: "\n").drop { !$0.hasPrefix("commit") }.prefix(5)
        #expect(table.count == 5 && table.allSatisfy { $0.count <= 64 })
        #expect(table.contains { $0.contains("▲") })
        #expect(!outcome.output.contains("\u{1b}") && outcome.output.contains("grow \\u{1b}"))
    }

    @Test("prints every format", arguments: ["text", "json", "markdown", "csv", "benchmark", "html", "prometheus"])
    func formats(format: String) async throws {
        let history = try history()
        let outcome = try await Program.run(
            ["history", "main~3..main~1", "-m", "allocs/op", "--before-build", "true", "--format", format],
            in: history.path)
        // A format without room for notes has them on standard error.
        #expect((outcome.output + outcome.errors).contains("runs before each build"))
        #expect(outcome.status == 0 && outcome.output.utf8.last == UInt8(ascii: "\n"))
        #expect(outcome.output.contains("BenchmarkWork"))
        #expect(outcome.errors.contains("measuring") && !outcome.output.contains("measuring "))
    }

    @Test("of commits that are not known has nothing to show, and the newest must have benchmarks")
    func statuses() async throws {
        let history = try history()
        let unknown = try await Program.run(["history", "-n", "2", "--cached"], in: history.path)
        #expect(unknown.status == 4 && unknown.output.contains("not measured yet"))
        let none = try await Program.run(["history", "-n", "2", "--only", "BenchmarkNone"], in: history.path)
        #expect(none.status == 2 && none.errors.contains("is called BenchmarkNone"))
    }

    @Test(
        "refuses what makes no sense",
        arguments: [
            ["history", "-n", "0"], ["history", "HEAD"], ["history", "a..b", "--format", "xml"],
        ])
    func usage(words: [String]) async throws {
        let outcome = try await Program.run(words, in: NSTemporaryDirectory())
        #expect(outcome.status == 64 && outcome.output.isEmpty && !outcome.errors.isEmpty)
    }

    @Test("interrupted, shows what it has, which covers the range when it was spread")
    func interrupted() async throws {
        let history = try GoHistory()
        try history.commit("0", ["m.go": GoSource.work(allocations: 1), "m_test.go": GoSource.benchmark])
        for number in 1...4 {
            // The middle one would run forever.
            let statement = number == 2 ? "for {\n\t\t}" : "Work()"
            try history.commit(
                "\(number)",
                [
                    "m.go": GoSource.work(allocations: 1) + "// \(number)\n",
                    "m_test.go": GoSource.benchmark(calling: statement),
                ])
        }
        let arguments = ["history", "-n", "5", "-m", "allocs/op", "--spread", "-j", "1"]
        let path = history.path
        let outcome = try await Program.run(
            arguments, in: path, interruption: (SIGINT, { _ in try await Program.measurements(in: path) == 2 }))
        #expect(outcome.status == 130)
        let known = "2 of 5 commits have values; run the same command again to continue (at most 3 in a row"
        #expect(outcome.output.contains("note: interrupted: \(known)"))
        let rows = outcome.output.split(separator: "\n").filter { $0.contains("A U Thor") }
        #expect(rows.map { $0.hasSuffix("not measured yet") } == [false, true, true, true, false])
        let cached = try await Program.run(arguments + ["--cached"], in: history.path)
        #expect(cached.status == 0)
    }

    @Test("interrupted inside a commit, says that it is known in part")
    func interruptedInside() async throws {
        let history = try GoHistory()
        let endless = GoSource.benchmark + "\nfunc BenchmarkZ(b *testing.B) {\n\tfor {\n\t}\n}\n"
        try history.commit("0", ["m.go": GoSource.work(allocations: 1), "m_test.go": endless])
        let path = history.path
        let outcome = try await Program.run(
            ["history", "-n", "1", "-m", "allocs/op", "-j", "1"], in: path,
            interruption: (SIGINT, { _ in try await Program.measurements(in: path) == 1 }))
        #expect(outcome.status == 130)
        #expect(outcome.output.contains("interrupted: 0 of 1 commits have values; run the same command again to "))
        #expect(outcome.output.contains("(at most 1 in a row are incomplete; 1 have some of their values)"))
    }
}
