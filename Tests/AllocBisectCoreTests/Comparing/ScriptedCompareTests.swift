import Benchmarks
import Git
import Measuring
import TestSupport
import Testing

@testable import AllocBisectCore

/// What a comparison makes of measurements by a script.
@Suite("Comparisons by a script")
struct ScriptedCompareTests {
    /// Compares commits 0 and 1, of which the second need not follow the first.
    private static func compare(
        _ benchmarks: [String], metrics: [Metric] = [.allocations], thresholds: [String] = [],
        _ script: @escaping ScriptedMeasurements.Script
    ) async throws -> (compared: ComparedCommits, runs: [ScriptedMeasurements.Run]) {
        let history = try GoHistory(isBuilt: false)
        try history.commit("root", ["a.txt": "root"])
        try history.commit("0", ["a.txt": "0"])
        try history.commit("1", on: ["root"], ["a.txt": "1"])
        let script = try ScriptedMeasurements(history, benchmarks, script: script)
        var request = CompareRequest(
            before: try history.id("0").description, after: try history.id("1").description,
            thresholds: try ThresholdRules(thresholds))
        request.metrics = metrics
        return (try await script.engine.compare(request), script.runs)
    }

    private static func judgements(_ compared: ComparedCommits) -> [String: SeriesVerdict.Judgement] {
        Dictionary(uniqueKeysWithValues: compared.verdict.series.map { ($0.benchmark, $0.judgement) })
    }

    @Test("What comes and goes by chance is no change", arguments: [(448_561.0, 448_563.0, false), (8, 10, true)])
    func chance(before: Double, after: Double, hasChanged: Bool) {
        #expect(Metric.allocations.hasChanged(from: before, to: after) == hasChanged)
        #expect(Metric.allocations.hasChanged(from: before, to: before * 2))
    }

    @Test("Each series got worse, better, or is the same, whatever the history is")
    func judgements() async throws {
        let values: [String: (Double, Double)] = [
            "BenchmarkBetter": (9, 5), "BenchmarkSame": (3, 3), "BenchmarkWithin": (100, 101), "BenchmarkWorse": (3, 5),
            "BenchmarkFromNothing": (0, 1),
        ]
        let (compared, runs) = try await Self.compare(values.keys.sorted()) { commit, name, _ in
            let value = values[name]!
            return .allocations(commit == "0" ? value.0 : value.1)
        }
        #expect(
            Self.judgements(compared) == [
                "BenchmarkBetter": .better, "BenchmarkSame": .same, "BenchmarkWithin": .within,
                "BenchmarkWorse": .worse, "BenchmarkFromNothing": .worse,
            ])
        // Neither the root nor the merge base is measured.
        #expect(Set(runs.map(\.commit)) == ["0", "1"])
        #expect(compared.verdict.series.first { $0.judgement == .worse }?.culprits.first?.confirmed == true)
        #expect(compared.verdict.warnings == [])
    }

    @Test("What fails, is new or is gone is distinguished, in the names of both sides")
    func oneSided() async throws {
        let (compared, _) = try await Self.compare(["BenchmarkFails", "BenchmarkGone", "BenchmarkNew"]) {
            commit, name, _ in
            switch (name, commit) {
            case ("BenchmarkFails", "1"): .failure(.panicked)
            case ("BenchmarkGone", "1"), ("BenchmarkNew", "0"): .failure(.missingBenchmark)
            default: .allocations(1)
            }
        }
        #expect(
            Self.judgements(compared) == [
                "BenchmarkFails": .unknown, "BenchmarkGone": .removed, "BenchmarkNew": .new,
            ])
        let failing = try #require(compared.verdict.series.first { $0.judgement == .unknown })
        #expect(failing.warnings.first?.hasPrefix("no value at \(compared.after.name): ") == true)
        #expect(compared.verdict.outcome == .inconclusive)
    }

    @Test("A clock's values come with an interval, in which 0 lies where nothing changed")
    func timed() async throws {
        let (compared, runs) = try await Self.compare(
            ["BenchmarkFaster", "BenchmarkSame", "BenchmarkSlower"], metrics: [.time]
        ) { commit, name, round in
            // One per cent of noise.
            let noise = 1 + Double((round * 7 + (commit == "0" ? 0 : 3)) % 5 - 2) / 200
            let factors = ["BenchmarkFaster": 0.8, "BenchmarkSlower": 1.3]
            return .values([.time: 1_000 * noise * (commit == "0" ? 1 : factors[name] ?? 1)])
        }
        #expect(
            Self.judgements(compared) == [
                "BenchmarkFaster": .better, "BenchmarkSame": .same, "BenchmarkSlower": .worse,
            ])
        for series in compared.verdict.series {
            let interval = try #require(series.interval)
            let changes: [String: Double] = ["BenchmarkFaster": -0.2, "BenchmarkSlower": 0.3]
            let change = changes[series.benchmark] ?? 0
            #expect(interval.lowerBound <= change && change <= interval.upperBound, "\(interval)")
            #expect(interval.upperBound - interval.lowerBound < 0.1, "\(interval)")
        }
        #expect(runs.reduce(0) { $0 + $1.rounds } < 3 * 120)
    }

    @Test("Values, change and interval are those of all runs, also where what confirms a step is smaller")
    func sameRuns() async throws {
        let (compared, _) = try await Self.compare(["BenchmarkSlower"], metrics: [.time]) { commit, _, round in
            let noise = 1 + Double((round * 7 + (commit == "0" ? 0 : 3)) % 5 - 2) / 200
            let factor = round < 6 ? 1.6 : 1.4
            return .values([.time: 600 * noise * (commit == "0" ? 1 : factor)])
        }
        let series = try #require(compared.verdict.series.first)
        let (interval, culprit) = (try #require(series.interval), try #require(series.culprits.first))
        let (before, after) = (try #require(series.good), try #require(series.bad))
        #expect(interval.contains(after / before - 1) && after / before > 1.4 && after / before < 1.6, "\(interval)")
        #expect(culprit.before == before && culprit.after == after)
        #expect(series.bound?.value ?? 0 > before)
    }

    @Test("One commit alone is nothing to compare")
    func equal() async throws {
        let history = try GoHistory.line(2)
        let script = try ScriptedMeasurements(history) { _, _, _ in .allocations(1) }
        let error = await #expect(throws: CoreError.self) {
            try await script.engine.compare(
                CompareRequest(before: "main", after: "main~0", thresholds: ThresholdRules([])))
        }
        #expect(error?.code == .usage && error?.description.contains("nothing to compare") == true)
    }
}
