import Benchmarks
import Foundation
import Git
import Synchronization
import TestSupport
import Testing

@testable import AllocBisectCore
@testable import Measuring

/// Searches of times, which a script gives with noise of 2 % of their value.
@Suite("Searches of noisy series by a script")
struct ScriptedNoiseTests {
    /// What a benchmark takes at a commit of that number; nil where the commit does not build.
    typealias Level = @Sendable (_ commit: Int, _ benchmark: String) -> Double?

    static func measurements(
        _ history: GoHistory, _ benchmarks: [String] = ["BenchmarkWork"], seed: Int, driftPerRun: Double = 0,
        _ level: @escaping Level
    ) throws -> ScriptedMeasurements {
        let runs = Mutex(0)
        return try ScriptedMeasurements(history, benchmarks, seed: seed) { commit, benchmark, round in
            guard let number = Int(commit), let level = level(number, benchmark) else { return .failure(.build) }
            let run = runs.withLock { count in
                count += 1
                return count
            }
            var random = SeededGenerator(seed: seed &* 1_000_003 &+ number &* 1009 &+ round &+ benchmark.count &* 7919)
            let noise = 0.02 * random.normal() + driftPerRun * Double(run)
            return .values([.time: level * exp(noise)])
        }
    }

    static func request(_ history: GoHistory, to bad: String = "40", _ threshold: String = "+1%") throws
        -> SearchRequest
    {
        var request = SearchRequest(
            range: try RevisionRange("\(history.id("0"))..\(history.id(bad))"),
            thresholds: try ThresholdRules([threshold]))
        request.metrics = [.time]
        return request
    }

    /// 100 ns, and this fraction more from a commit on.
    static func step(_ part: Double, at culprit: Int) -> Level {
        { commit, _ in commit < culprit ? 100 : 100 * (1 + part) }
    }

    @Test("A step of two standard deviations on a line is found, and confirmed")
    func line() async throws {
        let history = try GoHistory.line(41)
        for seed in 0..<4 {
            let culprit = seed * 12 + 1
            let script = try Self.measurements(history, seed: seed, Self.step(0.04, at: culprit))
            let verdict = try await script.engine.find(Self.request(history))
            #expect(verdict.outcome == .found)
            #expect(verdict.culprits(history) == ["\(culprit)"], "seed \(seed)")
            let series = verdict.series[0]
            #expect(series.likely.count == 1 && series.likely[0].probability > 0.9)
            let found = try #require(series.culprits.first)
            #expect(found.confirmed && series.warnings.isEmpty, "\(series.warnings)")
            let (before, after) = (try #require(found.before), try #require(found.after))
            #expect((before - 100).magnitude < 4 && (after - 104).magnitude < 4)
            // One run is one round, and no round is measured in vain.
            #expect(series.runs == script.runs.reduce(0) { $0 + $1.rounds })
        }
    }

    @Test("On random graphs with merges a step is found")
    func graphs() async throws {
        for seed in 0..<4 {
            var random = SeededGenerator(seed: seed)
            let graph = try RandomHistory(commits: 24, &random)
            let ancestors = graph.ancestors
            let candidates = ancestors[23, default: []].union([23]).subtracting([0])
            let culprit = try #require(candidates.sorted().randomElement(using: &random))
            let script = try Self.measurements(graph.history, seed: seed) { commit, _ in
                commit == culprit || ancestors[commit, default: []].contains(culprit) ? 104 : 100
            }
            let verdict = try await script.engine.find(Self.request(graph.history, to: "23"))
            #expect(verdict.culprits(graph.history) == ["\(culprit)"], "seed \(seed)")
        }
    }

    @Test("Without a step nobody is named, and the smallest change that would have been seen is said")
    func noStep() async throws {
        let history = try GoHistory.line(41)
        for seed in 0..<2 {
            let script = try Self.measurements(history, seed: seed) { _, _ in 100 }
            var request = try Self.request(history, "+0.1%")
            request.mostRuns = 60
            let series = try await script.engine.find(request).series[0]
            #expect(series.outcome == .inconclusive && series.culprits.isEmpty && series.likely.isEmpty)
            let warning = try #require(series.warnings.first)
            #expect(
                warning.contains("do not differ by more than noise") && warning.contains("in 60 runs"), "\(warning)")
            // The bound is known soon where a larger change is asked for.
            request.thresholds = try ThresholdRules(["+10%"])
            let quick = try await script.engine.find(request).series[0]
            #expect(quick.outcome == .notCrossed && quick.runs ?? 60 < 30)
        }
    }

    @Test("A step below the threshold, or one that makes it better, is none", arguments: [0.02, -0.06])
    func small(part: Double) async throws {
        let history = try GoHistory.line(41)
        for seed in 0..<2 {
            let script = try Self.measurements(history, seed: seed, Self.step(part, at: 17))
            let verdict = try await script.engine.find(Self.request(history, "+5%"))
            #expect(verdict.outcome == .notCrossed && verdict.series[0].culprits.isEmpty)
        }
    }

    @Test("A machine that becomes slower all the time is not a step, and hides none")
    func drift() async throws {
        let history = try GoHistory.line(41)
        for seed in 0..<2 {
            let script = try Self.measurements(history, seed: seed, driftPerRun: 0.004, Self.step(0.06, at: 23))
            #expect(try await script.engine.find(Self.request(history)).culprits(history) == ["23"], "seed \(seed)")
            let steady = try Self.measurements(history, seed: seed, driftPerRun: 0.004) { _, _ in 100 }
            var request = try Self.request(history)
            request.mostRuns = 80
            let quiet = try await steady.engine.find(request)
            #expect(quiet.series[0].culprits.isEmpty)
        }
    }

    @Test("Where the budget ends early, the rest is listed by probability, and a larger one continues from there")
    func budget() async throws {
        let history = try GoHistory.line(41)
        let script = try Self.measurements(history, seed: 3, Self.step(0.06, at: 29))
        var request = try Self.request(history)
        request.mostRuns = 14
        let verdict = try await script.engine.find(request)
        let series = verdict.series[0]
        #expect(verdict.outcome == .oneOf && series.runs == 14)
        #expect(series.likely.count > 1 && Set(series.likely.map(\.commit.id)) == Set(series.suspects))
        #expect(series.likely.map(\.probability) == series.likely.map(\.probability).sorted(by: >))
        #expect(series.warnings.contains { $0.contains("ran out after 14 runs") })
        let count = script.runs.count
        #expect(
            try await script.engine.find(request).series[0].likely.map(\.probability)
                == series.likely.map(\.probability))
        #expect(script.runs.count == count)
        request.mostRuns = 400
        #expect(try await script.engine.find(request).culprits(history) == ["29"])
    }

    @Test("The same command again measures nothing, and says the same; an interrupted one goes on")
    func again() async throws {
        let history = try GoHistory.line(41)
        let script = try Self.measurements(history, seed: 5, Self.step(0.04, at: 11))
        let target = Measurement.Target(package: ".", pattern: "^BenchmarkWork$")
        for (commit, rounds) in [("20", 5), ("0", 3)] {
            _ = try await script.measure(
                MeasurementJob(commit: history.id(commit), targets: [target], purpose: "", minimumRounds: rounds))
        }
        let first = try await script.engine.find(Self.request(history))
        let count = script.runs.count
        let second = try await script.engine.find(Self.request(history))
        #expect(script.runs.count == count && second.measured == 0)
        #expect(first.culprits(history) == ["11"] && second.culprits(history) == ["11"])
        #expect(first.series[0].runs == second.series[0].runs)
        #expect(first.series[0].likely.map(\.probability) == second.series[0].likely.map(\.probability))
    }

    @Test("Commits that fail are gone around; where the culprit is among them, several are left")
    func failures() async throws {
        let history = try GoHistory.line(41)
        for (pocket, suspects) in [(9...11, ["9", "10", "11", "12"]), (24...27, [])] {
            let script = try Self.measurements(history, seed: 8) { commit, _ in
                pocket.contains(commit) ? nil : commit < 12 ? 100 : 106
            }
            let verdict = try await script.engine.find(Self.request(history))
            #expect(verdict.series[0].suspects.map(history.name) == suspects)
            #expect(verdict.series[0].outcome == (suspects.isEmpty ? .found : .oneOf))
            if suspects.isEmpty { #expect(verdict.culprits(history) == ["12"]) }
            #expect(verdict.skipped.allSatisfy { $0.reason.contains("does not build") })
        }
    }

    @Test("A second step is said")
    func further() async throws {
        let history = try GoHistory.line(41)
        let script = try Self.measurements(history, seed: 2) { commit, _ in commit < 10 ? 100 : commit < 30 ? 110 : 150
        }
        let series = try await script.engine.find(Self.request(history)).series[0]
        #expect(series.culprits.map { history.name($0.commit.id) } == ["30"])
        #expect(series.warnings.contains { $0.contains("there is another step in") }, "\(series.warnings)")
    }
}

extension SeededGenerator {
    /// A normal number of mean 0 and variance 1, by Box and Muller.
    mutating func normal() -> Double {
        let (one, other) = (Double.random(in: 1e-12..<1, using: &self), Double.random(in: 0..<1, using: &self))
        return (-2 * log(one)).squareRoot() * cos(2 * .pi * other)
    }
}
