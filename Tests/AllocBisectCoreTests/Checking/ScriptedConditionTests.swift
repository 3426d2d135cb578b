import Benchmarks
import Git
import TestSupport
import Testing

@testable import AllocBisectCore

/// What a check makes of several bounds that the policy wants crossed together, by a script.
@Suite("Conditions by a script")
struct ScriptedConditionTests {
    private typealias Kind = CheckedSeries.State.Kind
    private static let hits = Metric("hits")
    private static let all = """
        thresholds:
          - all: [{metric: allocs/op, threshold: +5%}, {metric: B/op, threshold: +10%}]

        """
    private static let withHits = all.replacing("B/op", with: "hits")

    /// Checks the last commit of a line against its first one; each commit has the values that are given for it.
    private static func check(
        _ yaml: String, _ values: [[Metric: Double]], configure: (inout CheckRequest) -> Void = { _ in }
    ) async throws -> Check {
        let history = try GoHistory.line(values.count)
        let script = try ScriptedMeasurements(history) { commit, _, _ in .values(values[Int(commit)!]) }
        return try await script.engine.check(
            Checking.request(history, "0", "\(values.count - 1)", yaml, configure: configure))
    }

    private static func kinds(_ check: Check) -> [Metric: Kind] {
        Dictionary(uniqueKeysWithValues: check.series.map { ($0.metric, $0.state.kind) })
    }

    private static func notes(_ check: Check) -> [Metric: String] {
        Dictionary(
            uniqueKeysWithValues: check.series.compactMap { checked in
                checked.conditionNote.map { (checked.metric, $0) }
            })
    }

    @Test("A benchmark breaks an 'all' only where every bound is crossed, and an 'any' where one is")
    func bounds() async throws {
        let base: [Metric: Double] = [.allocations: 10, .bytes: 1000]
        let both = try await Self.check(Self.all, [base, [.allocations: 12, .bytes: 1200]])
        #expect(Self.kinds(both) == [.allocations: .failed, .bytes: .failed])
        #expect(Self.notes(both).isEmpty && both.series.allSatisfy { $0.condition == [.allocations, .bytes] })
        let one = try await Self.check(Self.all, [base, [.allocations: 12, .bytes: 1050]])
        #expect(one.hasPassed && Self.kinds(one) == [.allocations: .passed, .bytes: .passed])
        #expect(
            Self.notes(one) == [
                .allocations: "B/op is within its +10%, and the policy requires both to be crossed"
            ])
        let any = try await Self.check(
            Self.all.replacing("all:", with: "any:"), [base, [.allocations: 12, .bytes: 1050]])
        #expect(Self.kinds(any) == [.allocations: .failed, .bytes: .passed])
        #expect(Self.notes(any).isEmpty)
    }

    @Test("A later entry takes its metric out, and the severity of one leaves it in")
    func laterEntries() async throws {
        let values: [[Metric: Double]] = [[.allocations: 10, .bytes: 1000], [.allocations: 12, .bytes: 1200]]
        let out = try await Self.check(Self.all + "  - {metric: B/op, threshold: +50%}", values)
        #expect(Self.kinds(out) == [.allocations: .failed, .bytes: .passed])
        let warned = try await Self.check(Self.all + "  - {metric: B/op, severity: warn}", values)
        #expect(Self.kinds(warned) == [.allocations: .failed, .bytes: .warned])
    }

    @Test("What has no value at either end, or is noise, does not let the others pass")
    func silent() async throws {
        let history = try GoHistory.line(2)
        for hasHits in [false, true] {
            let script = try ScriptedMeasurements(history, ["BenchmarkOther", "BenchmarkWork"]) { commit, name, round in
                var values: [Metric: Double] = [.allocations: commit == "0" ? 10 : 12]
                if name == "BenchmarkOther" { values[Self.hits] = 5 }
                if name == "BenchmarkWork" && hasHits {
                    values[Self.hits] = commit == "0" ? 100 : round.isMultiple(of: 2) ? 100 : 120
                }
                return .values(values)
            }
            let check = try await script.engine.check(Checking.request(history, "0", "1", Self.withHits))
            let work = check.series.filter { $0.benchmark.name == "BenchmarkWork" }
            #expect(work.map(\.state.kind) == (hasHits ? [.failed, .unmeasurable] : [.failed]))
            #expect(work[0].conditionNote == "hits could not be compared, and counts as crossed")
            // The other one's are within their bound.
            let other = check.series.filter { $0.benchmark.name == "BenchmarkOther" }
            #expect(other.map(\.state.kind) == [.passed, .passed])
        }
    }

    @Test("What is gone at head fails whatever the others do, and does not let them pass")
    func gone() async throws {
        for (allocations, kind) in [(10.0, Kind.passed), (12, .failed)] {
            let check = try await Self.check(
                Self.withHits, [[.allocations: 10, Self.hits: 5], [.allocations: allocations]])
            #expect(Self.kinds(check) == [.allocations: kind, Self.hits: .failed])
        }
    }

    @Test("A relative bound has no say about a new benchmark, and an absolute one has")
    func new() async throws {
        let history = try GoHistory.line(2)
        let bounds = "thresholds: [{all: [{metric: allocs/op, threshold: '>5'}, {metric: B/op, threshold: "
        for (bound, kind) in [("+10%", Kind.failed), ("'>500'", .passed), ("'>50'", .failed)] {
            let script = try ScriptedMeasurements(history) { commit, _, _ in
                commit == "0" ? .failure(.missingBenchmark) : .values([.allocations: 10, .bytes: 100])
            }
            let check = try await script.engine.check(
                Checking.request(history, "0", "1", bounds + bound + "}]}]"))
            #expect(check.series.first { $0.metric == .allocations }?.state.kind == kind, "\(bound)")
        }
    }

    @Test("What is ignored stays so where all are crossed, and spares none")
    func ignored() async throws {
        let ignore = Self.all + "ignore: [{metric: B/op, reason: known, until: 2026-12-31}]"
        let base: [Metric: Double] = [.allocations: 10, .bytes: 1000]
        let both = try await Self.check(ignore, [base, [.allocations: 12, .bytes: 1200]])
        #expect(Self.kinds(both) == [.allocations: .failed, .bytes: .ignored])
        let one = try await Self.check(ignore, [base, [.allocations: 10, .bytes: 1200]])
        #expect(Self.kinds(one) == [.allocations: .passed, .bytes: .passed])
    }

    @Test("After an accepted step, its own values decide whether the bound is crossed")
    func accepted() async throws {
        for (bytes, kinds) in [(2000.0, [Kind.passed, .accepted]), (4000, [.failed, .failed])] {
            let history = try GoHistory.line(4)
            let values: [[Metric: Double]] = [
                [.allocations: 10, .bytes: 1000], [.allocations: 10, .bytes: 2000],
                [.allocations: 12, .bytes: 2000], [.allocations: 12, .bytes: bytes],
            ]
            let script = try ScriptedMeasurements(history) { commit, _, _ in .values(values[Int(commit)!]) }
            let accept = "accept: [{commit: \(try history.id("1")), benchmark: Work, metric: B/op, reason: a cache}]"
            let check = try await script.engine.check(
                Checking.request(history, "0", "3", Self.all + accept) { $0.wantsSearch = true })
            #expect(check.series.map(\.state.kind) == kinds)
            // Each from where it is compared.
            let culprits = check.searches.flatMap(\.series).map { series in
                [series.metric.unit] + series.culprits.map { $0.commit.subject }
            }
            #expect(culprits == (bytes == 2000 ? [] : [["B/op", "3"], ["allocs/op", "2"]]))
        }
    }

    @Test("Only what has failed as a whole is searched, each series to its own first crossing")
    func search() async throws {
        let history = try GoHistory.line(8)
        let script = try ScriptedMeasurements(history, ["BenchmarkOther", "BenchmarkWork"]) { commit, name, _ in
            let commit = Int(commit)!
            return .values([
                .allocations: commit < 3 ? 10 : 12, .bytes: name == "BenchmarkOther" && commit >= 6 ? 1200 : 1000,
            ])
        }
        let check = try await script.engine.check(
            Checking.request(history, "0", "7", Self.all) { $0.wantsSearch = true })
        let culprits = check.searches.flatMap(\.series).map { series in
            [series.benchmark, series.metric.unit] + series.culprits.map { $0.commit.subject }
        }
        #expect(culprits == [["BenchmarkOther", "allocs/op", "3"], ["BenchmarkOther", "B/op", "6"]])
    }
}
