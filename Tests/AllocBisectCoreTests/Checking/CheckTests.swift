import AllocBisectCore
import Benchmarks
import Git
import Measuring
import Policy
import TestSupport
import Testing

@Suite("allocbisect check", .tags(.go), .serialized)
struct CheckTests {
    /// One allocation at "0", three at "worse", two at "better".
    private func history() throws -> GoHistory {
        let history = try GoHistory()
        try history.commit("0", ["m.go": GoSource.work(allocations: 1), "m_test.go": GoSource.benchmark])
        try history.commit("same", ["README.md": "1"])
        try history.commit("worse", ["m.go": GoSource.work(allocations: 3)])
        try history.commit("better", ["m.go": GoSource.work(allocations: 2)])
        return history
    }

    @Test("What is worse than allowed fails, and what got better passes")
    func outcomes() async throws {
        let history = try history()
        let worse = try await Checking.check(history, "0", "worse")
        #expect(!worse.hasPassed)
        let checked = try #require(worse.series.first)
        #expect(checked.state == .failed(reason: nil))
        #expect((checked.before ?? 0) < 1.2 && (checked.after ?? 0) > 2.8)
        #expect(checked.place?.path == "m_test.go" && checked.place?.line == 5)
        #expect(worse.searches.isEmpty)
        for (base, head) in [("worse", "better"), ("0", "same")] {
            let check = try await Checking.check(history, base, head)
            #expect(check.hasPassed && check.series.map(\.state) == [.passed])
        }
    }

    @Test("What was searched points to head's line that costs most, or to none where that one has changed since")
    func costliest() async throws {
        let history = try history()
        try history.commit("moved", on: ["worse"], ["m.go": "// Package m works.\n" + GoSource.work(allocations: 3)])
        try history.commit(
            "rewritten", on: ["worse"],
            ["m.go": GoSource.work(allocations: 3).replacing("append(sink, ", with: "append(sink[:], ")])
        for (head, line) in [("moved", 10), ("rewritten", nil)] {
            let check = try await Checking.check(history, "0", head) {
                ($0.wantsSearch, $0.wantsExplanations) = (true, true)
            }
            #expect(check.series.map { $0.costliest?.line } == [line], "\(head)")
            #expect(check.series.allSatisfy { ["m.go", nil].contains($0.costliest?.path) })
        }
    }

    @Test("Thresholds and severities are those of the policy")
    func policy() async throws {
        let history = try history()
        let warned = try await Checking.check(history, "0", "worse", "severity: warn")
        #expect(warned.hasPassed && warned.series.map(\.state) == [.warned(reason: nil)])
        let wide = try await Checking.check(
            history, "0", "worse", "thresholds:\n  - threshold: +1\n  - benchmark: Work\n    threshold: +5")
        #expect(wide.series.map(\.state) == [.passed])
        let absolute = try await Checking.check(history, "worse", "better", "thresholds: [{threshold: '>1.5'}]")
        #expect(absolute.series.map(\.state) == [.failed(reason: nil)])
    }

    @Test("An ignored series passes until its day, and is reported when that is over")
    func ignores() async throws {
        let history = try history()
        let entry = "ignore:\n  - benchmark: Work\n    reason: known\n    until: "
        let ignored = try await Checking.check(history, "0", "worse", entry + "2026-01-01")
        #expect(ignored.hasPassed && ignored.series.map(\.state.name) == ["ignored"])
        let expired = try await Checking.check(history, "0", "worse", entry + "2025-12-31")
        #expect(!expired.hasPassed)
        #expect(expired.warnings.first?.contains(".allocbisect.yml:3") == true)
        #expect(expired.warnings.first?.contains("known") == true)
    }

    @Test("An accepted step is the new baseline, from which a further step fails")
    func acceptance() async throws {
        let history = try history()
        func entry(_ name: String) throws -> String {
            "accept:\n  - {commit: \(try history.id(name)), benchmark: Work, reason: wanted}"
        }
        let head = try await Checking.check(history, "0", "worse", try entry("worse"))
        #expect(head.hasPassed && head.series.map(\.state.name) == ["accepted"])
        try history.commit("after", on: ["worse"], ["README.md": "2"])
        try history.commit("more", ["m.go": GoSource.work(allocations: 5)])
        let after = try await Checking.check(history, "0", "after", try entry("worse"))
        #expect(after.hasPassed && after.series.map(\.state.name) == ["accepted"])
        let more = try await Checking.check(history, "0", "more", try entry("worse")) { $0.wantsSearch = true }
        #expect(more.series.map(\.state) == [.failed(reason: nil)])
        #expect((more.series[0].before ?? 0) > 2.8)
        #expect(more.searches.map { $0.culprits(history) } == [["more"]])
        try history.commit("broken", on: ["0"], ["m.go": "package m\n\nfunc broken( {\n"])
        try history.commit("mended", ["m.go": GoSource.work(allocations: 3)])
        let base = try await Checking.check(history, "0", "mended", try entry("broken")) { $0.wantsSearch = true }
        #expect(base.series.map(\.state) == [.failed(reason: nil)] && (base.series[0].before ?? 3) < 1.2)
        #expect(base.searches.count == 1)
        let outside = try await Checking.check(history, "0", "worse", try entry("better"))
        #expect(!outside.hasPassed && outside.warnings.isEmpty)
        let unknown = "accept:\n  - {commit: 0123456789, benchmark: Work, reason: wanted}"
        #expect(try await Checking.check(history, "0", "worse", unknown).warnings.count == 1)
    }

    @Test("A new benchmark is reported, and one that vanished or does not build fails")
    func comings() async throws {
        let history = try history()
        let more = GoSource.benchmark("BenchmarkMore", calling: "Work()")
        try history.commit("new", on: ["0"], ["more_test.go": more])
        let new = try await Checking.check(history, "0", "new")
        #expect(new.hasPassed && Set(new.series.map(\.state)) == [.passed, .new])
        try history.commit("gone", ["more_test.go": nil])
        let gone = try await Checking.check(history, "new", "gone")
        #expect(!gone.hasPassed)
        let checked = try #require(gone.series.filter(\.isFailure).first)
        #expect(checked.benchmark.name == "BenchmarkMore" && checked.after == nil)
        #expect(checked.place?.path == "more_test.go")
        #expect(try await Checking.check(history, "new", "gone", "missing: warn").hasPassed)
        let accepted = "accept:\n  - {commit: \(try history.id("gone")), benchmark: More, reason: old}"
        #expect(try await Checking.check(history, "new", "gone", accepted).hasPassed)
        try history.commit("broken", on: ["0"], ["m.go": "package m\n\nfunc broken( {\n"])
        let broken = try await Checking.check(history, "0", "broken")
        guard case .failed(let reason?) = broken.series.first?.state else {
            Issue.record("\(broken.series)")
            return
        }
        #expect(reason.contains("does not build"))
        try history.commit("still broken", ["README.md": "3"])
        await #expect(throws: CoreError.self) { try await Checking.check(history, "broken", "still broken") }
    }

    @Test("A base that cannot be measured is reported, and an absolute bound judges head alone")
    func brokenBase() async throws {
        let history = try history()
        try history.commit("broken", on: ["0"], ["m.go": "package m\n\nfunc broken( {\n"])
        try history.commit("mended", ["m.go": GoSource.work(allocations: 3)])
        for (bound, state) in [(">4", CheckedSeries.State.passed), (">2", .failed(reason: nil))] {
            let check = try await Checking.check(history, "broken", "mended", "thresholds: [{threshold: '\(bound)'}]")
            let checked = try #require(check.series.first)
            #expect(check.series.count == 1 && checked.state == state && checked.before == nil)
            #expect(checked.baseFailure?.contains("does not build") == true)
        }
        try history.commit("new", ["more_test.go": GoSource.benchmark("BenchmarkMore", calling: "Work()")])
        let new = try await Checking.check(history, "mended", "new", "thresholds: [{threshold: '>4'}]")
        #expect(new.series.map(\.state) == [.new, .passed] && new.series.allSatisfy { $0.baseFailure == nil })
    }

    @Test("What fails is searched with the same thresholds")
    func search() async throws {
        let history = try history()
        let check = try await Checking.check(history, "0", "better", "thresholds: [{threshold: +1}]") {
            $0.wantsSearch = true
        }
        #expect(check.searches.map { $0.culprits(history) } == [["worse", "better"]])
        #expect(check.searches[0].series[0].culprits.map(\.isStepBack) == [false, true])
    }
}
