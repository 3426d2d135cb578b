import Benchmarks
import Git
import Synchronization
import TestSupport
import Testing

@testable import AllocBisectCore
@testable import Measuring

extension ScriptedSearchTests {
    @Test("In whatever order four jobs end, the answer is the same", arguments: 0..<8)
    func outOfOrder(seed: Int) async throws {
        let history = try GoHistory.line(40)
        let told = Mutex(0)
        let script = try ScriptedMeasurements(
            history, jobs: 4, seed: seed,
            events: { event in
                if case .measured = event { told.withLock { $0 += 1 } }
            }, script: ScriptedMeasurements.step(at: 23))
        let verdict = try await script.engine.find(Self.request(history, "0", "39", jobs: 4))
        #expect(verdict.culprits(history) == ["23"])
        #expect(verdict.series[0].culprits[0].confirmed)
        // The result of each job is reported, however it came in; nothing can be said of the ends before both are
        // known.
        #expect(told.withLock { $0 } == script.runs.count - 2)
    }

    @Test("Interrupted, it says what is known; asked again, it measures only what is not")
    func interruption() async throws {
        let history = try GoHistory.line(33)
        let isStuck = Mutex(true)
        let stuck = AsyncStream.makeStream(of: Void.self)
        let script = try ScriptedMeasurements(history) { commit, _, _ in
            guard commit == "24", isStuck.withLock({ $0 }) else {
                return ScriptedMeasurements.step(at: 20)(commit, "", 0)
            }
            stuck.continuation.yield()
            return .never
        }
        let request = try Self.request(history, "0", "32")
        let search = Task { try await script.engine.find(request) }
        for await _ in stuck.stream { break }
        search.cancel()
        let error = await #expect(throws: CoreError.self) { try await search.value }
        #expect(error?.code == .interrupted)
        #expect(error?.description.contains("commits could still be a culprit") == true)
        let before = script.runs
        #expect(!before.isEmpty)
        isStuck.withLock { $0 = false }
        let verdict = try await script.engine.find(request)
        #expect(verdict.culprits(history) == ["20"])
        // The ends and the steps before are recalled; what confirms is measured once more.
        let whole = try ScriptedMeasurements(history, script: ScriptedMeasurements.step(at: 20))
        _ = try await whole.engine.find(request)
        #expect(script.runs.count == whole.runs.count)
        #expect(try await script.engine.find(request).measured == 0)
    }

    @Test("What fails at an end says so, and a benchmark that is new has nothing to compare with")
    func ends() async throws {
        let history = try GoHistory.line(6)
        for (reason, outcome) in [
            (Failure.Reason.build, SeriesOutcome.missingAtGood), (.missingBenchmark, .new),
        ] {
            let script = try ScriptedMeasurements(history) { commit, _, _ in
                commit == "0" ? .failure(reason) : .allocations(3)
            }
            var request = try Self.request(history, "0", "5")
            request.wantsExplanations = false
            let verdict = try await script.engine.find(request)
            #expect(verdict.series.map(\.outcome) == [outcome])
            #expect(verdict.series[0].warnings.contains { $0.hasPrefix("no value at the good end") })
        }
        let script = try ScriptedMeasurements(history) { commit, _, _ in
            commit == "5" ? .failure(.panicked) : .allocations(3)
        }
        let verdict = try await script.engine.find(Self.request(history, "0", "5"))
        #expect(verdict.series.map(\.outcome) == [.inconclusive])
    }
}
