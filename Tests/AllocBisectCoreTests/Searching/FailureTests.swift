import AllocBisectCore
import Benchmarks
import Git
import GoToolchain
import Measuring
import TestSupport
import Testing

@Suite("Commits that give no value", .tags(.go), .serialized)
struct FailureTests {
    /// What the benchmark does at a commit, and how the reason for skipping it begins.
    private static let ways: [(name: String, body: String, reason: String)] = [
        ("panics", "panic(\"boom\")", "the benchmark panicked: panic: boom"),
        ("fails", "b.Fatal(\"no\")", "the benchmark failed: m_test.go:7: no"),
        ("skips", "b.Skip(\"not now\")", "the benchmark skipped itself"),
        ("quits", "Quit()", "the test binary exited early: exit status 3"),
        ("hangs", "for {\n\t\t}", "the time limit was reached"),
        ("breaks", "undefined()", "the test binary does not build"),
    ]

    @Test("are skipped with a reason of their own; builds are remembered, and runs tried again")
    func reasons() async throws {
        let history = try GoHistory()
        let quit = "package m\n\nimport \"os\"\n\n// Quit ends the process.\nfunc Quit() { os.Exit(3) }\n"
        try history.commit(
            "good", ["m.go": GoSource.work(allocations: 1), "quit.go": quit, "m_test.go": GoSource.benchmark])
        for way in FailureTests.ways {
            try history.commit(way.name, ["m_test.go": GoSource.benchmark(calling: way.body)])
        }
        try history.commit("lacks", ["m_test.go": "package m\n"])
        try history.commit("bad", ["m.go": GoSource.work(allocations: 3), "m_test.go": GoSource.benchmark])

        func find() async throws -> Verdict {
            try await Searching.find(history, "good", "bad") {
                $0.measuring.limits.time = .seconds(20)
                $0.measuring.jobs = 2
            }
        }
        let verdict = try await find()
        let expected = FailureTests.ways.map { ($0.name, $0.reason) } + [("lacks", "the benchmark does not exist")]
        #expect(verdict.series.first?.suspects.map(history.name) == expected.map(\.0) + ["bad"])
        let reasons = Dictionary(uniqueKeysWithValues: verdict.skipped.map { (history.name($0.commit), $0.reason) })
        for (name, reason) in expected {
            #expect(reasons[name]?.hasPrefix(reason) == true, "\(name): \(reasons[name] ?? "not skipped")")
        }
        let again = try await find()
        // A service may be there by now, for which they panicked, failed, skipped themselves or quit.
        #expect(again.measured == 4)
        #expect(again.skipped == verdict.skipped)
        #expect(again.warnings.contains { $0.hasPrefix("3 failures were recalled") && $0.contains("cache forget") })
    }

    @Test("in one benchmark leave the others of the same package alone")
    func partly() async throws {
        let history = try GoHistory()
        let other = GoSource.benchmark("BenchmarkOther", calling: "panic(\"boom\")")
        try history.commit(
            "0", ["m.go": GoSource.work(allocations: 1), "m_test.go": GoSource.benchmark, "o_test.go": other])
        try history.commit("1", ["m.go": GoSource.work(allocations: 2)])
        let verdict = try await Searching.find(history, "0", "1")
        let outcomes = Dictionary(uniqueKeysWithValues: verdict.series.map { ($0.benchmark, $0.outcome) })
        #expect(outcomes == ["BenchmarkWork": .found, "BenchmarkOther": .inconclusive])
        #expect(verdict.outcome == .found)
    }

    @Test("outside the range do not keep the first commit of a branch from being named")
    func unmeasurableParent() async throws {
        let history = try GoHistory()
        try history.commit("old", ["m.go": GoSource.work(allocations: 1)])
        try history.commit("good", ["m_test.go": GoSource.benchmark])
        try history.commit(
            "side", on: ["old"], ["m.go": GoSource.work(allocations: 4), "m_test.go": GoSource.benchmark])
        try history.commit("main", on: ["good"], ["a.go": "package m\n"])
        try history.commit(
            "merge", on: ["main", "side"], ["m.go": GoSource.work(allocations: 4), "m_test.go": GoSource.benchmark])
        let verdict = try await Searching.find(history, "good", "merge")
        #expect(verdict.culprits(history) == ["side"])
        #expect(verdict.outcome == .found)
        #expect(verdict.series[0].culprits.first?.confirmed == false)
        #expect(verdict.series[0].warnings.contains { $0.contains("cannot be measured") })
    }
}
