import Foundation
import TestSupport
import Testing

@Suite("cache and share", .tags(.go), .serialized)
struct CacheTests {
    private let history: GoHistory

    init() async throws {
        history = try GoHistory()
        try history.commit("0", ["m.go": GoSource.work(allocations: 1), "m_test.go": GoSource.benchmark])
        try history.commit("1", ["m.go": GoSource.work(allocations: 2)])
        try history.checkout()
    }

    private func run(_ words: [String], in directory: String? = nil, status: Int32 = 0) async throws -> String {
        let outcome = try await Program.run(words, in: directory ?? history.path)
        #expect(outcome.status == status, "\(words): \(outcome.output)\(outcome.errors)")
        return outcome.output + outcome.errors
    }

    private func git(_ line: String, in directory: String? = nil) async throws -> String {
        let outcome = try await Program.shell("git \(line)", in: directory ?? history.path)
        #expect(outcome.status == 0, "git \(line): \(outcome.errors)")
        return outcome.output
    }

    private func write(_ text: String, _ name: String) throws -> String {
        let file = history.folder.appending(path: name)
        try Data(text.utf8).write(to: file)
        return file.path
    }

    @Test("A cache that is not there yet is named, and what to do")
    func none() async throws {
        #expect(try await run(["cache", "path"]).hasSuffix("/.git/allocbisect/measurements.sqlite\n"))
        for command in ["stats", "verify", "prune", "export"] {
            #expect(try await run(["cache", command], status: 2).contains("allocbisect record"))
        }
    }

    @Test("What is exported can be imported, and counts only when it is trusted")
    func exchange() async throws {
        _ = try await run(["record", "main"])
        _ = try await run(["record", "main~1"])
        #expect(try await run(["cache", "verify"]).contains("sound"))
        let text = try await run(["cache", "export"])
        let file = try write(text.replacing(/machine: .*/, with: "machine: elsewhere"), "export.txt")
        let other = history.folder.path + "/other.sqlite"
        #expect(
            try await run(["cache", "import", file, "--cache", other]).contains("2 measurements added from elsewhere"))
        #expect(
            try await run(["cache", "export", "--cache", other]).replacing(/machine: .*/, with: "")
                == text.replacing(/machine: .*/, with: ""))
        for isTrusted in [true, false] {
            let cache = history.folder.path + "/trusted-\(isTrusted).sqlite"
            _ = try await run(["cache", "import", file, "--cache", cache])
            // Nothing crosses, so that nothing has to be confirmed.
            let search = ["main~1..main", "--format", "json", "-t", "+100", "--cache", cache]
            let outcome = try await Program.run(search + (isTrusted ? ["--trust"] : []), in: history.path)
            let commits = try #require(try outcome.json()["commits"] as? [String: Any])
            let measured = try #require(commits["measured"] as? Int)
            #expect((measured == 0) == isTrusted, "\(commits)")
        }
    }

    @Test("What was measured elsewhere with other iterations counts where they make no difference")
    func otherIterations() async throws {
        let cache = ["--cache", history.folder.path + "/with-others.sqlite"]
        _ = try await run(["record", "main"])
        _ = try await run(["record", "main~1", "--benchtime", "300x", "--cache", history.folder.path + "/300.sqlite"])
        for (number, text) in [
            try await run(["cache", "export"]),
            // A machine that chose these numbers by itself.
            try await run(["cache", "export", "--cache", history.folder.path + "/300.sqlite"])
                .replacing("benchtime: 300x", with: "benchtime: chosen"),
        ].enumerated() {
            let file = try write(text.replacing(/machine: .*/, with: "machine: \(number)"), "\(number).txt")
            _ = try await run(["cache", "import", file] + cache)
        }
        let words = ["history", "-n", "2", "--cached", "--trust", "--format", "json"] + cache
        for (metric, isWhole) in [("allocs/op", true), ("peak-B", false)] {
            let document = try await Program.run(words + ["-m", metric], in: history.path).json()
            let notes = document["warnings"] as? [String] ?? []
            #expect(notes.contains { $0.contains("other numbers of iterations") } != isWhole, "\(notes)")
            let rows = try #require(document["rows"] as? [[String: Any]])
            let values = rows.flatMap { $0["values"] as? [[String: Any]] ?? [] }.filter { $0["value"] is Double }
            #expect(values.count == (isWhole ? 2 : 1), "\(rows)")
        }
    }

    @Test("Logs of other programs are evidence that answers nothing")
    func logs() async throws {
        let id = "\(try history.id("1"))"
        let log = try write(
            "pkg: example.com/m\nBenchmarkWork-8 \t 100\t 5.5 ns/op\t 7 B/op\t 2 allocs/op\nPASS\n", "log")
        #expect(try await run(["cache", "import", log], status: 2).contains("--commit REV"))
        #expect(try await run(["cache", "import", log, "--commit", "main"]).contains("1 measurement added from log"))
        let action = try write(
            """
            window.BENCHMARK_DATA = {"entries": {"Go": [{"commit": {"id": "\(id)"}, "tool": "go", "benches": [
            {"name": "BenchmarkWork - allocs/op", "value": 2, "unit": "allocs/op", "extra": "100 times\\n8 procs"},
            {"name": "BenchmarkWork", "value": 9.5, "unit": "ns/op", "extra": "100 times"}]}]}}
            """, "data.js")
        #expect(try await run(["cache", "import", action]).contains("1 measurement added from data.js"))
        let runs = try write(
            """
            [{"Version": "\(id)", "Suites": [{"Goos": "linux", "Goarch": "amd64", "Pkg": "example.com/m/sub",
            "Benchmarks": [{"Name": "BenchmarkWork-8", "Runs": 100, "NsPerOp": 5, "Mem": {"BytesPerOp": 7,
            "AllocsPerOp": 2, "MBPerSec": 0}}]}]}]
            """, "runs.json")
        #expect(try await run(["cache", "import", runs]).contains("1 measurement added from runs.json"))
        let text = try await run(["cache", "export"])
        #expect(text.contains("dir: sub\n") && text.contains("BenchmarkWork\t100\t9.5 ns/op\t2 allocs/op\n"))
        #expect(try await run(["cache", "verify"]).contains("sound"))
        for (name, bad) in [("a", "[{}]"), ("b", "nothing"), ("c", "window.BENCHMARK_DATA = 1")] {
            #expect(try await run(["cache", "import", try write(bad, name)], status: 2).contains("/\(name)"))
        }
    }

    @Test("Files are read in every form that tools and systems give them")
    func forms() async throws {
        let line = "BenchmarkWork-8 \t 100\t 5.5 ns/op\t 7 B/op\t 2 allocs/op\n"
        let log = "goos: linux\ngoarch: amd64\npkg: example.com/m\n\(line)PASS\n"
        func units(_ isBigEndian: Bool) -> Data {
            log.replacing("\n", with: "\r\n").utf16.reduce(into: Data()) { data, unit in
                let bytes = [UInt8(unit >> 8), UInt8(unit & 0xff)]
                data += isBigEndian ? bytes : bytes.reversed()
            }
        }
        // Packages that run side by side mix their events.
        let pieces = [
            ("m", "goos: linux\\n"), ("n", "goos: linux\\n"), ("m", "goarch: amd64\\n"), ("n", "goarch: amd64\\n"),
            ("m", "BenchmarkWork-8 \\t"), ("n", "BenchmarkWork-8 \\t"),
            ("m", " 100\\t 5.5 ns/op\\t 7 B/op\\t 2 allocs/op\\n"),
            ("n", " 100\\t 6.5 ns/op\\n"),
        ]
        let events =
            "go: downloading something\n{\"Action\":\"start\",\"Package\":\"example.com/m\"}\n"
            + pieces.map {
                "{\"Action\":\"output\",\"Package\":\"example.com/\($0)\",\"Test\":\"BenchmarkWork\",\"Output\":\"\($1)\"}\n"
            }.joined()
        let action = """
            {"entries": {"Go": [{"commit": {"id": "\(try history.id("1"))"}, "tool": "go", "benches": [
            {"name": "BenchmarkWork", "value": 5.5, "unit": "ns/op\\t 7 B/op\\t 2 allocs/op", "extra": "100 times\\n8 procs"},
            {"name": "BenchmarkWork - ns/op", "value": 5.5, "unit": "ns/op", "extra": "100 times\\n8 procs"},
            {"name": "BenchmarkWork - B/op", "value": 7, "unit": "B/op", "extra": "100 times\\n8 procs"},
            {"name": "BenchmarkWork - allocs/op", "value": 2, "unit": "allocs/op", "extra": "100 times\\n8 procs"}]}]}}
            """
        let files: [(String, Data)] = [
            ("little", [0xFF, 0xFE] + units(false)), ("big", [0xFE, 0xFF] + units(true)), ("unmarked", units(false)),
            ("big-unmarked", units(true)), ("marked", [0xEF, 0xBB, 0xBF] + Data(log.utf8)),
            ("events", Data(events.utf8)),
            ("plain.json", Data(action.utf8)),
        ]
        for (name, data) in files {
            let file = history.folder.appending(path: name)
            try data.write(to: file)
            let cache = history.folder.appending(path: name + ".sqlite").path
            _ = try await run(["cache", "import", file.path, "--commit", "main", "--cache", cache])
            let text = try await run(["cache", "export", "--cache", cache])
            let units = text.contains("BenchmarkWork-8") ? "BenchmarkWork-8" : "BenchmarkWork"
            #expect(text.contains("\(units)\t100\t5.5 ns/op\t7 B/op\t2 allocs/op\n"), "\(name): \(text)")
            #expect(text.contains("platform: linux/amd64") == (name != "plain.json"), "\(name)")
            #expect(text.contains("6.5 ns/op") == (name == "events"))
            #expect(text.count(of: "# measurement of 1 rounds") == (name == "events" ? 2 : 1), "\(text)")
        }
        for (text, form) in [
            ("{\"a\": 1}", "looks like benchmark-action's data, but cannot be read as that: there is no “entries”"),
            (
                "[{\"Version\": \"x\"}]",
                "looks like gobenchdata's list of runs, but cannot be read as that: there is no “Suites” at [0]"
            ),
            ("{\"Action\":\"start\"}", "no benchmark result in"),
            ("hello", "was read as the output of go test -bench."),
        ] {
            let outcome = try await run(["cache", "import", try write(text, "odd"), "--commit", "main"], status: 2)
            #expect(outcome.contains(form) && outcome.contains("go test -json"), "\(outcome)")
        }
    }

    @Test("Commits that are gone are pruned")
    func prune() async throws {
        let id = "\(try history.id("1"))"
        let log = try write("BenchmarkWork 100 5 ns/op\n", "log")
        _ = try await run(["cache", "import", log, "--commit", "main"])
        let gone = String(repeating: "1234", count: 10)
        let text = try await run(["cache", "export"])
        _ = try await run(["cache", "import", try write(text.replacing(id, with: gone), "export")])
        let told = "\(gone.prefix(10)): the commit is gone, 1 measurement\n"
        #expect(try await run(["cache", "prune", "-n"]).contains(told))
        #expect(try await run(["cache", "prune"]).contains("removed 1 measurement, 1 is left;"))
        #expect(try await run(["cache", "prune", "--older-than", "1"]).contains("0 measurements are too old"))
    }
}

extension String {
    fileprivate func count(of part: String) -> Int { ranges(of: part).count }
}
