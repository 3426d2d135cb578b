import Benchmarks
import Git
import TestSupport
import Testing

@testable import AllocBisectCore
@testable import Measuring

/// What is said when nothing can be measured for a reason that can be helped.
@Suite("Refusals by a script")
struct ScriptedRefusalTests {
    private static func request(_ history: GoHistory) throws -> (SearchRequest, HistoryRequest) {
        let range = try RevisionRange("\(history.id("0"))..\(history.id("3"))")
        let thresholds = try ThresholdRules([])
        return (
            SearchRequest(range: range, thresholds: thresholds),
            HistoryRequest(range: range, count: nil, thresholds: thresholds)
        )
    }

    @Test("A Go that is too old for all that is asked for is one error, and for a single commit a row's reason")
    func olderGo() async throws {
        let history = try GoHistory.line(4)
        let (search, shown) = try Self.request(history)
        let all = try ScriptedMeasurements(history) { _, _, _ in .failure(.newerGo) }
        for error in [
            await Self.error { _ = try await all.engine.find(search) },
            await Self.error { _ = try await all.engine.history(shown) },
            await Self.error { _ = try await all.engine.check(Checking.request(history, "0", "3", "")) },
        ] {
            #expect(error?.code == .olderGo)
            #expect(error?.description.contains("--go PATH") == true, "\(error?.description ?? "")")
        }
        let one = try ScriptedMeasurements(history) { commit, _, _ in
            commit == "1" ? .failure(.newerGo) : .allocations(3)
        }
        let rows = try await one.engine.history(shown).rows
        #expect(rows.map { $0.skipped?.hasPrefix("go.mod asks for a newer Go") ?? false } == [true, false, false])
    }

    @Test("Sub-benchmarks that nothing has are an error, unless the function itself prints nothing")
    func absentParts() async throws {
        let history = try GoHistory.line(4)
        var (search, shown) = try Self.request(history)
        let script = try ScriptedMeasurements(history) { _, _, _ in .failure(.missingBenchmark) }
        let outcome = try await script.engine.find(search).outcome
        #expect(outcome == .inconclusive)
        (search.selection.pattern, shown.selection.pattern) = (
            try BenchPattern("Work/samll"), try BenchPattern("Work/samll")
        )
        for error in [
            await Self.error { _ = try await script.engine.find(search) },
            await Self.error { _ = try await script.engine.history(shown) },
        ] {
            #expect(error?.code == .nothingToMeasure)
            let text = error?.description ?? ""
            #expect(text.hasPrefix("No sub-benchmark of BenchmarkWork matches 'samll'. To see what there is: go test"))
        }
    }

    /// What some work refuses; nil when it does not, or ends in another way.
    private static func error(of work: () async throws -> Void) async -> CoreError? {
        do {
            try await work()
            return nil
        } catch { return error as? CoreError }
    }
}
