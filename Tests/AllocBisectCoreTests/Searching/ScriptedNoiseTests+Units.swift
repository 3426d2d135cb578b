import Benchmarks
import Foundation
import Git
import Synchronization
import TestSupport
import Testing

@testable import AllocBisectCore
@testable import Measuring

extension ScriptedNoiseTests {
    @Test("Two series of one benchmark share their runs, and each has its own culprit")
    func series() async throws {
        let history = try GoHistory.line(41)
        let other = Metric("work-ns/op")
        let script = try ScriptedMeasurements(history) { commit, _, round in
            let number = Int(commit) ?? 0
            var random = SeededGenerator(seed: number &* 1009 &+ round)
            return .values([
                .time: (number < 7 ? 100 : 106) * exp(0.02 * random.normal()),
                other: (number < 33 ? 10 : 10.6) * exp(0.02 * random.normal()),
            ])
        }
        var request = try Self.request(history)
        request.metrics = [.time, other]
        let verdict = try await script.engine.find(request)
        let found = Dictionary(
            uniqueKeysWithValues: verdict.series.map { ($0.metric, $0.culprits.map { history.name($0.commit.id) }) })
        #expect(found == [.time: ["7"], other: ["33"]])
        #expect(script.runs.reduce(0) { $0 + $1.rounds } < verdict.series.reduce(0) { $0 + ($1.runs ?? 0) })
    }

    @Test("A unit of the benchmark's own that varies is searched as times are, and one that does not is not")
    func ownUnits() async throws {
        let history = try GoHistory.line(41)
        let (varying, steady) = (Metric("p99-us"), Metric("cache-entries"))
        for seed in 0..<4 {
            let culprit = seed * 12 + 1
            let script = try ScriptedMeasurements(history, seed: seed) { commit, _, round in
                let isLater = Int(commit) ?? 0 >= culprit
                var random = SeededGenerator(seed: seed &* 1_000_003 &+ (Int(commit) ?? 0) &* 1009 &+ round)
                return .values([varying: (isLater ? 130 : 100) * exp(0.03 * random.normal()), steady: isLater ? 3 : 2])
            }
            var request = try Self.request(history, "+5%")
            request.metrics = [varying, steady]
            let verdict = try await script.engine.find(request)
            #expect(
                verdict.series.map { $0.culprits.map { history.name($0.commit.id) } } == [
                    ["\(culprit)"], ["\(culprit)"],
                ])
            let runs = Dictionary(uniqueKeysWithValues: verdict.series.map { ($0.metric, $0.runs) })
            #expect(runs[varying] != nil && runs[steady] == .some(nil))
        }
    }

    @Test("A check believes no difference of a unit that varies before a rank test does")
    func checkedUnits() async throws {
        let history = try GoHistory.line(2)
        let unit = Metric("p99-us")
        for seed in 0..<8 {
            let script = try ScriptedMeasurements(history, seed: seed) { commit, _, round in
                var random = SeededGenerator(seed: seed &* 1_000_003 &+ (Int(commit) ?? 0) &* 1009 &+ round)
                return .values([
                    .allocations: 1, unit: (commit == "1" && seed % 2 == 1 ? 140 : 100) * exp(0.05 * random.normal()),
                ])
            }
            let check = try await script.engine.check(
                Checking.request(history, "0", "1", "metrics: [allocs/op, p99-us]\nthresholds: [{threshold: +3%}]\n"))
            let state = try #require(check.series.first { $0.metric == unit }?.state.kind)
            #expect((state == .failed) == (seed % 2 == 1), "seed \(seed): \(state)")
        }
    }

    @Test("A check judges times by itself, and searches what fails run by run")
    func check() async throws {
        let history = try GoHistory.line(21)
        let script = try Self.measurements(history, seed: 4, Self.step(0.2, at: 13))
        let check = try await script.engine.check(
            Checking.request(history, "0", "20", "metrics: [ns/op]\n") { $0.wantsSearch = true })
        #expect(check.series.map(\.state.kind) == [.failed])
        #expect(check.searches.map { $0.culprits(history) } == [["13"]])
        #expect(check.searches.first?.series[0].runs ?? 0 > 20)
    }

    @Test("An end that gives no value any more ends the search")
    func stuck() async throws {
        let history = try GoHistory.line(41)
        let script = try ScriptedMeasurements(history) { _, _, round in .values(round < 2 ? [.time: 100] : [:]) }
        let series = try await script.engine.find(Self.request(history)).series[0]
        #expect(series.outcome == .inconclusive && series.culprits.isEmpty)
        #expect(script.runs.count < 30)
    }
}
