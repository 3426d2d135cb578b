import AllocBisectCore
import Benchmarks
import Foundation
import Git
import Measuring
import Policy
import TestSupport
import Testing

@Suite("Thresholds that move with a series", .tags(.go), .serialized)
struct MovingThresholdTests {
    /// Commits that allocate this many times, no two of them with the same files.
    private func history(_ commits: KeyValuePairs<String, Int>) throws -> GoHistory {
        let history = try GoHistory()
        for (name, allocations) in commits {
            try history.commit(name, ["m.go": source(name, allocations), "m_test.go": GoSource.benchmark])
        }
        return history
    }

    private func source(_ name: String, _ allocations: Int) -> String {
        GoSource.work(allocations: allocations) + "// \(name)\n"
    }

    /// Six values that vary by a tenth, one more that varies, a step, and the way back.
    private func varying() throws -> GoHistory {
        try history([
            "0": 20, "1": 22, "2": 21, "3": 20, "4": 22, "5": 21, "varies": 23, "step": 40, "after": 41, "back": 21,
        ])
    }

    @Test("let small variation pass that a threshold relative to good does not, and catch a step")
    func find() async throws {
        let history = try varying()
        #expect(try await Chronicling.run(history, "main~9..main~4").measured == 6)
        let moving = try await Searching.find(history, "5", "after", thresholds: ["3sigma of the last 6"])
        #expect(moving.culprits(history) == ["step"] && moving.series[0].outcome == .found)
        #expect(moving.series[0].threshold.description == "3sigma of the last 6")
        // Mean 21, and three times the deviation of 0.89; set-up allocations add a little.
        let bound = try #require(moving.series[0].bound)
        #expect(bound.isUpward && (23.3...23.9).contains(bound.value), "\(bound)")
        let relative = try await Searching.find(history, "5", "after", thresholds: ["+5%"])
        #expect(relative.culprits(history) == ["varies", "step"])
    }

    @Test("search downwards as well")
    func downwards() async throws {
        let history = try history([
            "0": 20, "1": 22, "2": 21, "3": 20, "4": 22, "5": 21, "varies": 19, "drop": 10, "after": 11,
        ])
        try await Chronicling.run(history, "main~8..main~3")
        let found = try await Searching.find(history, "5", "after", thresholds: ["-3sigma of the last 6"])
        #expect(found.culprits(history) == ["drop"])
        #expect(found.series[0].bound?.isUpward == false)
    }

    @Test("judge nothing by too few values, and say how to get more")
    func tooFew() async throws {
        let history = try varying()
        let unknown = try await Searching.find(history, "5", "after", thresholds: ["3sigma of the last 5"])
        #expect(unknown.outcome == .missingAtGood && unknown.series[0].culprits.isEmpty)
        let good = try history.id("5").short
        #expect(
            unknown.series[0].warnings == [
                "'3sigma of the last 5' needs 5 different measurements up to \(good), but the cache has 1: measure more "
                    + "with 'allocbisect history \(good)~5..\(good)', or use a threshold such as +5%"
            ])
        try await Chronicling.run(history, "\(good)~5..\(good)")
        let known = try await Searching.find(history, "5", "after", thresholds: ["3sigma of the last 5"])
        #expect(known.culprits(history) == ["step"])
        // No history is long enough for this.
        let short = try await Searching.find(history, "5", "after", thresholds: ["3sigma"])
        #expect(short.series[0].warnings.first?.hasSuffix("the cache has 6: use a threshold such as +5%") == true)
        let forgetful = try await Searching.find(history, "5", "after", thresholds: ["3sigma of the last 5"]) {
            $0.measuring.cache = .none
        }
        #expect(forgetful.outcome == .missingAtGood)
    }

    @Test("go by the newest values, and count one that commits share once")
    func window() async throws {
        let history = try history(["0": 100, "1": 101, "2": 10])
        for number in 0..<4 { try history.commit("docs \(number)", ["README.md": "\(number)"]) }
        try history.commit("3", ["m.go": GoSource.work(allocations: 11)])
        try history.commit("worse", ["m.go": GoSource.work(allocations: 25)])
        try await Chronicling.run(history, "main~8..main~1")
        let newest = try await Searching.find(history, "3", "worse", thresholds: ["x2 of the last 2"])
        // The median of 10 and 11.
        #expect((newest.series[0].bound?.value).map { (20.5...21.2).contains($0) } == true)
        #expect(newest.culprits(history) == ["worse"])
        // The median of 101, 10 and 11, and not of the documents' values.
        let more = try await Searching.find(history, "3", "worse", thresholds: ["x2 of the last 4"])
        #expect((more.series[0].bound?.value).map { (110...113).contains($0) } == true)
        #expect(more.series[0].outcome == .notCrossed)
        let most = try await Searching.find(history, "3", "worse", thresholds: ["x2 of the last 5"])
        #expect(most.series[0].warnings.first?.contains("the cache has 4") == true)
        // From a commit that shares its measurement with the one before it.
        let shared = try await Searching.find(history, "docs 3", "worse", thresholds: ["x2 of the last 3"])
        #expect((shared.series[0].bound?.value).map { (198...203).contains($0) } == true)
    }

    @Test("go along first parents")
    func firstParents() async throws {
        let history = try history(["0": 10, "1": 11])
        try history.commit("side 1", ["m.go": GoSource.work(allocations: 90)])
        try history.commit("side 2", ["m.go": GoSource.work(allocations: 91)])
        try history.commit("merge", on: ["1", "side 2"], ["m.go": GoSource.work(allocations: 12)])
        try history.commit("worse", ["m.go": GoSource.work(allocations: 40)])
        try await Chronicling.run(history, count: 6) { $0.allParents = true }
        let found = try await Searching.find(history, "merge", "worse", thresholds: ["x2 of the last 3"])
        #expect((found.series[0].bound?.value).map { (21.5...22.5).contains($0) } == true)
        #expect(found.culprits(history) == ["worse"])
        let few = try await Searching.find(history, "merge", "worse", thresholds: ["x2 of the last 4"])
        #expect(few.outcome == .missingAtGood)
    }

    @Test("mark the steps of a history where values go beyond, from before its first row on")
    func steps() async throws {
        let history = try varying()
        func steps(_ range: String, _ threshold: String) async throws -> [String] {
            let shown = try await Chronicling.run(history, range, thresholds: [threshold])
            return shown.rows.filter { $0.cells[0].isStep }.map(\.commit.subject)
        }
        #expect(try await steps("main~9..main", "3sigma of the last 6") == ["step"])
        #expect(try await steps("main~3..main", "3sigma of the last 6") == ["step"])
        #expect(try await steps("main~2..main", "-3sigma of the last 2, at least +5") == ["back"])
        #expect(try await steps("main~9..main", "3sigma of the last 9") == [])
    }

    @Test("find the rise after a revert, whose value was measured before")
    func revert() async throws {
        let history = try history(["0": 20, "1": 20, "2": 10, "3": 11, "4": 10])
        try history.commit("reverted", ["m.go": source("1", 20)])
        let shown = try await Chronicling.run(history, count: 6, thresholds: ["x1.5 of the last 3"])
        #expect(shown.rows.filter { $0.cells[0].isStep }.map(\.commit.subject) == ["reverted"])
        #expect(shown.rows.filter { $0.cells[0].isShared }.map(\.commit.subject) == ["1"])
    }

    private static let policy = """
        metrics: [allocs/op, B/op]
        thresholds:
          - metric: allocs/op
            threshold: 3sigma of the last 6
          - metric: B/op
            threshold: x10
        """

    private func states(_ history: GoHistory, _ base: String, _ head: String) async throws -> [CheckedSeries.State] {
        try await Checking.check(history, base, head, MovingThresholdTests.policy).series.map(\.state)
    }

    @Test("judge a check, which tells what has too few values")
    func check() async throws {
        let history = try varying()
        let few = try await states(history, "5", "step")
        #expect(few.last == .passed)
        #expect(few[0].reasonText.hasPrefix("'3sigma of the last 6' needs 6 different measurements up to "))
        try await Chronicling.run(history, "main~9..main~4")
        #expect(try await states(history, "5", "varies") == [.passed, .passed])
        #expect(try await states(history, "5", "step") == [.failed(reason: nil), .passed])
        // It is in the past of the commit after it, which makes that uneven.
        #expect(try await states(history, "step", "after") == [.passed, .passed])
        let alone = "thresholds: [{threshold: 3sigma of the last 60}]"
        await #expect(throws: CoreError.self) { try await Checking.check(history, "5", "step", alone) }
    }

    @Test("hold a step against no commit after it")
    func baseBeyond() async throws {
        let history = try varying()
        try await Chronicling.run(history, "main~9..main~4")
        let policy = "metrics: [allocs/op, B/op]\nthresholds: [{metric: allocs/op, threshold: x1.5 of the last 6}]"
        let check = try await Checking.check(history, "step", "after", policy)
        #expect(check.series.map(\.state.name) == ["unmeasurable", "passed"])
        #expect(check.series[0].state.reasonText.hasPrefix("the base is already beyond the threshold: 40"))
        let found = try await Searching.find(history, "step", "after", thresholds: ["x1.5 of the last 6"])
        #expect(found.series.map(\.outcome) == [.inconclusive])
    }

    @Test("stand up to the self-test")
    func selfTest() async throws {
        let history = try varying()
        func test() async throws -> SelfTest {
            let request = try Checking.request(history, "5", "5", MovingThresholdTests.policy)
            return try await Engine(history.path).selfTest(request)
        }
        let few = try await test()
        #expect(few.trials.map(\.outcome.name) == ["exempt", "noticed"])
        try await Chronicling.run(history, "main~9..main~4")
        #expect(try await test().trials.map(\.outcome.name) == ["noticed", "noticed"])
    }
}

extension CheckedSeries.State {
    /// Why it cannot be judged; empty when it can.
    fileprivate var reasonText: String { if case .unmeasurable(let reason) = self { reason } else { "" } }
}
