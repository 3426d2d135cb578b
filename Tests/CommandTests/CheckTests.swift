import Foundation
import Git
import TestSupport
import Testing

@Suite("allocbisect check", .tags(.go), .serialized)
struct CheckTests {
    /// A benchmark whose name, and a package whose folder, hold what the forms have to make safe.
    func history() throws -> GoHistory {
        let history = try GoHistory()
        let hostile = """
            package m

            import "testing"

            func BenchmarkSub(b *testing.B) {
            \tb.Run("<a&b>\\"'%,:|`@x]]>", func(b *testing.B) {
            \t\tfor i := 0; i < b.N; i++ {
            \t\t\tWork()
            \t\t}
            \t})
            }

            """
        try history.commit(
            "0", ["m.go": GoSource.work(allocations: 1), "m_test.go": GoSource.benchmark, "a,b:c%_test.go": hostile])
        try history.commit("same", ["README.md": "1"])
        try history.commit("worse", ["m.go": GoSource.work(allocations: 3)])
        return history
    }

    @Test("says that nothing could be compared with nothing in it that steers a terminal")
    func hostilePanic() async throws {
        let history = try GoHistory()
        let panic = GoSource.benchmark(calling: #"panic("\x1b]0;title\a\x1b[31mred")"#)
        try history.commit("0", ["m_test.go": panic])
        try history.commit("1", ["m.go": "package m\n"])
        let outcome = try await run(history, "main~1..main")
        #expect(outcome.status == 2, "\(outcome.output)\(outcome.errors)")
        #expect(outcome.errors.contains("Nothing could be compared") && outcome.errors.contains("red"))
        #expect(!outcome.errors.unicodeScalars.contains { $0.properties.generalCategory == .control && $0 != "\n" })
    }

    func run(
        _ history: GoHistory, _ arguments: String..., policy: String? = nil, summary: String? = nil
    ) async throws -> Program.Outcome {
        if let policy {
            try FileManager.default.createDirectory(atPath: history.path, withIntermediateDirectories: true)
            try policy.write(toFile: history.path + "/.allocbisect.yml", atomically: true, encoding: .utf8)
        }
        var environment = Program.environment
        environment["GITHUB_STEP_SUMMARY"] = summary
        return try await Program.run(["check"] + arguments, in: history.path, environment: environment)
    }

    @Test("is done in parts, each of which judges its own packages")
    func parts() async throws {
        let history = try GoHistory()
        let package = ["m.go": GoSource.work(allocations: 1), "m_test.go": GoSource.benchmark]
        try history.commit("0", package.merging(package.map { ("sub/" + $0, $1) }) { $1 })
        try history.commit("worse", ["sub/m.go": GoSource.work(allocations: 3)])
        var statuses: [Int32] = []
        var packages: [[String]] = []
        for number in 1...3 {
            let part = try await run(history, "main~1..main", "--shard", "\(number)/3", "--format", "json")
            statuses.append(part.status)
            let document = try part.json()
            packages.append(
                Set((document["series"] as? [[String: Any]] ?? []).compactMap { $0["package"] as? String }).sorted())
            if number == 3 {
                #expect("\(document["warnings"] ?? "")".contains("part 3/3 has no packages"))
            }
        }
        #expect(statuses == [0, 1, 0], "\(packages)")
        #expect(packages == [["example.com/m"], ["example.com/m/sub"], []])
        let refused = try await run(history, "main~1..main", "--shard", "1/3", "--self-test")
        #expect(refused.status == 64 && refused.errors.contains("cannot be combined with --shard"))
    }

    @Test("says with its status whether the policy holds")
    func statuses() async throws {
        let history = try history()
        #expect(try await run(history, "main~2..main~1").status == 0)
        let failed = try await run(history, "main~2..main")
        #expect(failed.status == 1)
        #expect(failed.output.contains(/BenchmarkWork +1 → 3 \(\+200 %\)/) && failed.output.hasSuffix("failed\n"))
        #expect(try await run(history, "main~2..main", policy: "severity: warn").status == 0)
        let broken = try await run(history, "main~2..main", policy: "severity: fail\nmetric: [x]")
        #expect(broken.status == 2)
        #expect(broken.errors.contains(".allocbisect.yml:2:1: Unknown key 'metric'"))
        #expect(try await run(history, "main~2..main", "--policy", "nowhere.yml").status == 2)
        #expect(try await run(history, "--self-test", "--format", "junit").status == 64)
    }

    @Test("compares with the upstream branch when no range is given")
    func upstream() async throws {
        let history = try history()
        let none = try await run(history)
        #expect(none.status == 2)
        #expect(none.errors.contains("origin/main"))
        let line = "git update-ref refs/remotes/origin/main main~2 && allocbisect check --format json"
        let outcome = try await Program.shell(line, in: history.path)
        #expect(outcome.status == 1)
        let range = try #require(try outcome.json()["range"] as? [String: String])
        #expect(range["base"] == (try history.id("0").description))
        let merged = try await Program.shell(
            "git update-ref refs/remotes/origin/main main && allocbisect check", in: history.path)
        #expect(merged.status == 2)
        #expect(merged.errors.contains("already"))
    }

    @Test("prints JSON with the searches of what failed in it")
    func json() async throws {
        let history = try history()
        let document = try await run(
            history, "main~2..main", "--find", "--format", "json", policy: "metrics: [allocs/op]"
        ).json()
        #expect(document["schemaVersion"] as? Int == 1)
        #expect(document["command"] as? String == "check")
        #expect(document["passed"] as? Bool == false)
        let series = try #require(document["series"] as? [[String: Any]])
        #expect(series.compactMap { $0["state"] as? String } == ["failed", "failed"])
        let search = try #require((document["searches"] as? [[String: Any]])?.first)
        let found = try #require((search["series"] as? [[String: Any]])?.first)
        let culprit = try #require((found["culprits"] as? [[String: Any]])?.first)
        #expect(culprit["subject"] as? String == "worse")
        let text = try await run(history, "main~2..main", "--find")
        #expect(text.status == 1)
        #expect(text.output.contains("culprit \(try history.id("worse"))"))
    }

    @Test("prints JUnit XML that a parser reads, whatever the names hold")
    func junit() async throws {
        let history = try history()
        let outcome = try await run(history, "main~2..main", "--format", "junit", policy: "metrics: [allocs/op]")
        #expect(outcome.status == 1)
        let reader = """
            import sys, xml.etree.ElementTree as t
            s = t.parse(sys.argv[1]).getroot().find('testsuite')
            print(s.get('package'), s.get('tests'), s.get('failures'), s.get('skipped'), [e.tag for e in s][-2:])
            for c in s.iter('testcase'): print(c.get('name'), [e.tag for e in c])
            """
        try outcome.output.write(toFile: history.path + "/j.xml", atomically: true, encoding: .utf8)
        try reader.write(toFile: history.path + "/r.py", atomically: true, encoding: .utf8)
        let read = try await Program.shell("python3 r.py j.xml", in: history.path)
        #expect(read.errors.isEmpty)
        #expect(read.output.hasPrefix("example.com/m 2 2 0 ['system-out', 'system-err']\n"))
        #expect(read.output.contains("BenchmarkSub/<a&b>\"'%,:|`@x]]> allocs/op ['failure']"))
    }

    @Test(
        "prints JUnit XML that is valid, whatever became of the series",
        .enabled(if: Tool.isInstalled("xmllint"), "xmllint is not installed"))
    func junitSchema() async throws {
        let history = try history()
        try JUnitSchema.text.write(toFile: history.folder.path + "/junit.xsd", atomically: true, encoding: .utf8)
        let policy = """
            metrics: [allocs/op, B/op]
            thresholds: [{metric: B/op, severity: warn}]
            ignore: [{benchmark: Sub, metric: allocs/op, reason: '<known> & "quoted"', until: 9999-12-31}]
            accept: [{commit: abcdef0123, benchmark: ., reason: unknown}]
            """
        let worse = try await run(history, "main~2..main", "--format", "junit", policy: policy)
        for part in ["<failure ", "<skipped ", "warning: ", "note: "] {
            #expect(worse.output.contains(part), "\(part)")
        }
        let same = try await run(history, "main~2..main~1", "--format", "junit", policy: policy)
        func validate(_ text: String) async throws -> Int32 {
            try text.write(toFile: history.folder.path + "/junit.xml", atomically: true, encoding: .utf8)
            let line = "xmllint --noout --nonet --schema ../junit.xsd ../junit.xml"
            return try await Program.shell(line, in: history.path).status
        }
        #expect(try await validate(worse.output) == 0)
        #expect(try await validate(same.output) == 0)
        #expect(try await validate(worse.output.replacing("<failure ", with: "<fault ")) != 0)
    }

    @Test("names the policy that was read")
    func otherPolicy() async throws {
        let history = try history()
        func check(_ policy: String) async throws -> Program.Outcome {
            try FileManager.default.createDirectory(atPath: history.path, withIntermediateDirectories: true)
            try policy.write(toFile: history.path + "/other.yml", atomically: true, encoding: .utf8)
            return try await run(history, "main~2..main", "--policy", "other.yml")
        }
        let noted = try await check(
            """
            ignore:
              - {benchmark: ., reason: known, until: 1999-12-31}
            accept:
              - {commit: abcdef0123, benchmark: ., reason: unknown}
            """)
        #expect(
            noted.output.contains("note: other.yml:2: the ignore entry")
                && noted.output.contains("note: other.yml:4: the"))
        let broken = try await check("metric: [x]")
        #expect(broken.errors.contains("other.yml:1:1: Unknown key 'metric'"))
        #expect(!(noted.output + broken.errors).contains(".allocbisect.yml"))
    }

    @Test("proves that it can fail")
    func selfTest() async throws {
        let history = try history()
        let outcome = try await run(history, "--self-test")
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("noticed: example.com/m BenchmarkWork: 3 → 5 allocs/op"))
        #expect(outcome.output.contains("self-test passed: the check failed for every series that it must fail for"))
        let json = try await run(history, "--self-test", "--format", "json").json()
        #expect(json["passed"] as? Bool == true)
    }
}
