import AllocBisectCore
import Benchmarks
import Foundation
import Measuring
import TestSupport
import Testing

@Suite("allocbisect check --self-test", .tags(.go), .serialized)
struct SelfTestTests {
    private func run(_ history: GoHistory, _ yaml: String, go: String? = GoCommands.all.first) async throws -> SelfTest
    {
        let request = try Checking.request(history, "0", "0", yaml) { $0.measuring.go = go }
        return try await Engine(history.path).selfTest(request)
    }

    /// Benchmarks of every shape: a loop, sub-benchmarks, parallel, a stopped clock, one that skips itself.
    private func history() throws -> GoHistory {
        let history = try GoHistory()
        let shapes = """
            package m

            import "testing"

            func BenchmarkSub(b *testing.B) {
            \tb.Run("a", func(b *testing.B) {
            \t\tfor i := 0; i < b.N; i++ {
            \t\t\tWork()
            \t\t}
            \t\tb.StopTimer()
            \t})
            }

            func BenchmarkSkip(b *testing.B) { b.Skip("no network") }

            """
        try history.commit(
            "0", ["m.go": GoSource.work(allocations: 30), "m_test.go": GoSource.benchmark, "shapes_test.go": shapes])
        return history
    }

    @Test("The injected allocations are measured, and make the check fail", arguments: GoCommands.all)
    func noticed(go: String) async throws {
        let test = try await run(try history(), "metrics: [allocs/op, B/op]", go: go)
        #expect(test.hasPassed)
        let noticed = test.trials.filter { $0.outcome == .noticed }
        #expect(Set(noticed.map(\.checked.benchmark.name)) == ["BenchmarkWork", "BenchmarkSub/a"])
        for trial in noticed where trial.checked.metric == .allocations {
            let added = (trial.checked.after ?? 0) - (trial.checked.before ?? 0)
            #expect((added - Double(trial.injected)).magnitude < 0.5)
        }
        let skipped = test.trials.first { $0.checked.benchmark.name == "BenchmarkSkip" }
        guard case .exempt = skipped?.outcome else {
            Issue.record("\(test.trials)")
            return
        }
    }

    @Test("Many allocations are injected where many are allowed")
    func wide() async throws {
        let test = try await run(try history(), "thresholds: [{threshold: x3}]\nbenchmarks: Work")
        #expect(test.trials.map(\.outcome) == [.noticed])
        #expect((test.trials.first?.injected ?? 0) >= 60)
    }

    @Test("What the check is not meant to fail for is exempt, and with nothing else there is no proof")
    func exempt() async throws {
        let history = try history()
        await #expect(throws: CoreError.self) { try await run(history, "severity: warn") }
        await #expect(throws: CoreError.self) { try await run(history, "metrics: [goroutines/op]") }
        await #expect(throws: CoreError.self) { try await run(history, "thresholds: [{threshold: '>10'}]") }
        let test = try await run(history, "ignore: [{benchmark: Sub, reason: x, until: 2026-06-30}]")
        #expect(Set(test.trials.map(\.outcome.name)) == ["noticed", "exempt"])
    }

    @Test("A bound that no injected allocation can cross exempts what has to be crossed with it")
    func conditions() async throws {
        let history = try history()
        func outcomes(_ other: String) async throws -> [String] {
            let bounds = "[{metric: allocs/op, threshold: +5%}, \(other)]"
            let yaml = "metrics: [allocs/op, B/op]\nbenchmarks: Work\nthresholds: [{benchmark: Work, all: \(bounds)}]"
            return try await run(history, yaml).trials.map(\.outcome.name)
        }
        #expect(try await outcomes("{metric: B/op, threshold: +10%}") == ["noticed", "noticed"])
        await #expect(throws: CoreError.self) { try await outcomes("{metric: B/op, threshold: -10%}") }
        #expect(try await outcomes("{metric: goroutines/op, threshold: +1}") == ["exempt", "noticed"])
    }
}
