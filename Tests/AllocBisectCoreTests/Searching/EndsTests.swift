import AllocBisectCore
import Benchmarks
import Git
import Measuring
import TestSupport
import Testing

@Suite("The ends of a range", .tags(.go), .serialized)
struct EndsTests {
    /// The benchmark appears at "3"; the allocations grow at "2".
    private func lateBenchmark() throws -> GoHistory {
        let history = try GoHistory()
        try history.commit("0", ["m.go": GoSource.work(allocations: 1)])
        try history.commit("1", ["a.go": "package m\n"])
        try history.commit("2", ["m.go": GoSource.work(allocations: 4)])
        try history.commit("3", ["m_test.go": GoSource.benchmark])
        try history.commit("4", ["a.go": "package m\n\nconst A = 1\n"])
        return history
    }

    @Test("A benchmark that good lacks is missing for a relative threshold")
    func missingAtGood() async throws {
        let verdict = try await Searching.find(try lateBenchmark(), "0", "4")
        let series = try #require(verdict.series.first)
        #expect(series.outcome == .new)
        #expect(series.good == nil)
        #expect(series.warnings.contains { $0.contains("--tests-from") })
    }

    @Test("An absolute threshold takes a good end without the benchmark as good, and says so")
    func absolute() async throws {
        let history = try lateBenchmark()
        let verdict = try await Searching.find(history, "0", "4", thresholds: [">3"])
        let series = try #require(verdict.series.first)
        // Where the benchmark does not exist nothing can be told apart.
        #expect(series.outcome == .oneOf)
        #expect(series.suspects.map(history.name) == ["1", "2", "3"])
        #expect(series.warnings.contains { $0.contains("counts as good") })
    }

    @Test("Today's tests find last year's regression")
    func testsFrom() async throws {
        let history = try lateBenchmark()
        let pinned = try history.id("4").description
        let verdict = try await Searching.find(history, "0", "4") { $0.measuring.testsFrom = pinned }
        #expect(verdict.culprits(history) == ["2"])
    }

    @Test("A merge base is used in place of a good end on another branch")
    func mergeBase() async throws {
        let history = try GoHistory()
        try history.commit("base", ["m.go": GoSource.work(allocations: 1), "m_test.go": GoSource.benchmark])
        try history.commit("release", ["a.go": "package m\n"])
        try history.commit("1", on: ["base"], ["b.go": "package m\n"])
        try history.commit("2", ["m.go": GoSource.work(allocations: 4)])
        try history.commit("3", ["b.go": "package m\n\nconst B = 1\n"])
        let verdict = try await Searching.find(history, "release", "3")
        #expect(verdict.culprits(history) == ["2"])
        #expect(verdict.mergeBase.map(history.name) == "base")
        #expect(verdict.warnings.contains { $0.contains("merge base") })
    }

    @Test("A benchmark that the bad end has no more was removed, or has another name")
    func removed() async throws {
        let history = try GoHistory()
        let other = GoSource.benchmark("BenchmarkOther", calling: "Work()")
        try history.commit(
            "0", ["m.go": GoSource.work(allocations: 1), "m_test.go": GoSource.benchmark, "o_test.go": other])
        try history.commit("1", ["o_test.go": GoSource.benchmark("BenchmarkRenamed", calling: "Work()")])
        let verdict = try await Searching.find(history, "0", "1")
        let outcomes = Dictionary(uniqueKeysWithValues: verdict.series.map { ($0.benchmark, $0.outcome) })
        #expect(
            outcomes == ["BenchmarkWork": .notCrossed, "BenchmarkOther": .removed, "BenchmarkRenamed": .new])
    }

    @Test("A benchmark that is new in the range is searched from the first commit on that has it")
    func newInTheRange() async throws {
        let history = try GoHistory()
        let other = GoSource.benchmark("BenchmarkOther", calling: "Work()")
        try history.commit("0", ["m.go": GoSource.work(allocations: 1), "m_test.go": GoSource.benchmark])
        for number in 1...3 { try history.commit("\(number)", ["n.txt": "\(number)"]) }
        try history.commit("new", ["o_test.go": other, "m.go": GoSource.work(allocations: 2)])
        for number in 4...6 { try history.commit("\(number)", ["n.txt": "\(number)"]) }
        try history.commit("grow", ["m.go": GoSource.work(allocations: 5)])
        try history.commit("7", ["n.txt": "7"])
        let verdict = try await Searching.find(history, "0", "7")
        let series = try #require(verdict.series.first { $0.benchmark == "BenchmarkOther" })
        #expect(series.culprits.map { history.name($0.commit.id) } == ["grow"])
        #expect(series.warnings.contains { $0.contains("it is searched from") }, "\(series.warnings)")
    }

    @Test("A bad end that cannot be measured leaves no answer")
    func brokenBad() async throws {
        let history = try GoHistory()
        try history.commit("0", ["m.go": GoSource.work(allocations: 1), "m_test.go": GoSource.benchmark])
        try history.commit("1", ["m.go": "package m\n\nfunc broken( {\n"])
        let verdict = try await Searching.find(history, "0", "1")
        #expect(verdict.series.map(\.outcome) == [.inconclusive])
        #expect(verdict.series[0].warnings.contains { $0.contains("bad end") })
    }

    @Test("Nothing crossed is an answer")
    func notCrossed() async throws {
        let history = try GoHistory()
        try history.commit("0", ["m.go": GoSource.work(allocations: 3), "m_test.go": GoSource.benchmark])
        try history.commit("1", ["m.go": GoSource.work(allocations: 2)])
        let verdict = try await Searching.find(history, "0", "1")
        #expect(verdict.outcome == .notCrossed)
        #expect(verdict.measured == 2)
    }

    @Test("No benchmark, an empty range and an invalid pattern are different errors")
    func refusals() async throws {
        let history = try GoHistory()
        try history.commit("0", ["m.go": GoSource.work(allocations: 3)])
        try history.commit("1", ["m.go": GoSource.work(allocations: 2)])
        await #expect(throws: CoreError.self) { try await Searching.find(history, "0", "1") }
        await #expect(throws: CoreError.self) { try await Searching.find(history, "1", "0") }
        await #expect(throws: CoreError.self) {
            let pattern = try BenchPattern("Bench(mark")
            return try await Searching.find(history, "0", "1") { $0.selection.pattern = pattern }
        }
    }
}
