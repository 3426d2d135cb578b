import Benchmarks
import Git
import Synchronization
import TestSupport
import Testing

@testable import AllocBisectCore
@testable import Measuring

/// The rules of the engine with measurements by a script: no Go, no processes.
@Suite("Searches by a script")
struct ScriptedSearchTests {
    static func request(
        _ history: GoHistory, _ good: String, _ bad: String, _ thresholds: [String] = [],
        _ metrics: [Metric] = [.allocations], jobs: Int = 1
    ) throws -> SearchRequest {
        var request = SearchRequest(
            range: try RevisionRange("\(history.id(good))..\(history.id(bad))"),
            thresholds: try ThresholdRules(thresholds))
        request.metrics = metrics
        request.measuring.jobs = jobs
        return request
    }

    @Test("The culprit of a line is named with as few measurements as halving takes", arguments: [1, 7, 30, 63])
    func line(culprit: Int) async throws {
        let history = try GoHistory.line(64)
        let script = try ScriptedMeasurements(history, script: ScriptedMeasurements.step(at: culprit))
        let verdict = try await script.engine.find(Self.request(history, "0", "63"))
        #expect(verdict.culprits(history) == ["\(culprit)"])
        #expect(verdict.series[0].culprits[0].confirmed)
        // Both ends, log2 of 63 commits, and the other side of the last step.
        #expect(verdict.measured <= 2 + 6 + 1)
        // What confirms has a second round, and nothing has a third one.
        #expect(Set(script.runs.map(\.rounds)) == [1])
        #expect(script.runs.count == Set(script.runs.map(\.commit)).count + 2)
    }

    @Test(
        "What other machines have measured is confirmed by this one, on both sides of the culprit and nowhere else",
        .timeLimit(.minutes(1)), arguments: [1, 2, 3])
    func elsewhere(rounds: Int) async throws {
        let history = try GoHistory.line(16)
        let script = try ScriptedMeasurements(
            history, jobs: 2, isElsewhere: true, script: ScriptedMeasurements.step(at: 7))
        var request = try Self.request(history, "0", "15", jobs: 2)
        // With two, others have measured often enough for it to be named.
        request.measuring.rounds = rounds
        let verdict = try await script.engine.find(request)
        #expect(verdict.culprits(history) == ["7"] && verdict.series[0].culprits[0].confirmed)
        let target = Measurement.Target(package: ".", pattern: "^BenchmarkWork$")
        let measured = Set(script.runs.map(\.commit))
        let own = try measured.filter { try !script.isForeign(target, at: history.id($0)) }
        #expect(own == ["6", "7"] && measured.count > own.count)
    }

    @Test("On random graphs with merges the answer is brute force's", arguments: 0..<12)
    func merges(seed: Int) async throws {
        var random = SeededGenerator(seed: seed)
        let graph = try RandomHistory(commits: 24, &random)
        let (history, parents, ancestors) = (graph.history, graph.parents, graph.ancestors)
        let candidates = ancestors[23, default: []].union([23]).subtracting([0])
        let culprit = try #require(candidates.sorted().randomElement(using: &random))
        let script = try ScriptedMeasurements(history, jobs: 3, seed: seed) { [ancestors] commit, _, _ in
            let number = Int(commit)!
            return .allocations(number == culprit || ancestors[number, default: []].contains(culprit) ? 5 : 4)
        }
        let verdict = try await script.engine.find(Self.request(history, "0", "23", jobs: 3))
        #expect(verdict.culprits(history) == ["\(culprit)"])
        #expect(verdict.candidates == candidates.count)
        let beside = parents[culprit, default: []] + [culprit]
        let areBeside = Set(script.runs.map { $0.commit }).isSuperset(of: beside.map { "\($0)" })
        #expect(areBeside, "the culprit or one of its parents was not measured")
    }

    @Test("What does not build is one of several when the culprit may be in it, and no matter elsewhere")
    func pocket() async throws {
        let history = try GoHistory.line(20)
        for (pocket, suspects) in [(9...11, ["9", "10", "11", "12"]), (3...5, [])] {
            let script = try ScriptedMeasurements(history) { commit, _, _ in
                let number = Int(commit)!
                return pocket.contains(number) ? .failure(.build) : .allocations(number < 12 ? 1 : 3)
            }
            let verdict = try await script.engine.find(Self.request(history, "0", "19"))
            #expect(verdict.series[0].suspects.map(history.name) == suspects)
            #expect(verdict.series[0].outcome == (suspects.isEmpty ? .found : .oneOf))
            if suspects.isEmpty { #expect(verdict.culprits(history) == ["12"]) }
            #expect(verdict.skipped.allSatisfy { $0.reason.contains("does not build") })
        }
    }

    @Test(
        "A history that goes up, down and up has several steps: each is named, with --first one, with --all each crossing"
    )
    func contradiction() async throws {
        let history = try GoHistory.line(10)
        let values = [1.0, 1, 3, 3, 1, 1, 1, 1, 3, 3]
        let script = try ScriptedMeasurements(history) { commit, _, _ in .allocations(values[Int(commit)!]) }
        var request = try Self.request(history, "0", "9")
        request.stopsAtFirst = true
        let one = try await script.engine.find(request)
        #expect([["2"], ["8"]].contains(one.culprits(history)))
        request.stopsAtFirst = false
        let whole = try await script.engine.find(request)
        // As far as it was seen: a rise and a fall between two measured commits cancel out.
        #expect([["2"], ["8"], ["2", "4", "8"]].contains(whole.culprits(history)))
        #expect(whole.series[0].unexplained == 0)
        request.wantsAll = true
        let all = try await script.engine.find(request)
        #expect(all.culprits(history) == ["2", "8"])
        request.wantsAll = false
        // What makes the step back is confirmed, and then all is known.
        let again = try await script.engine.find(request)
        #expect(try await script.engine.find(request).measured == 0)
        #expect(again.culprits(history) == ["2", "4", "8"])
        #expect(again.series[0].culprits.map(\.isStepBack) == [false, true, false])
        #expect(again.series[0].culprits.map(\.share) == [1, -1, 1])
        request.stopsAtFirst = true
        let first = try await script.engine.find(request)
        #expect(first.series[0].warnings.contains { $0.contains("the history is not monotonic") })
    }

    @Test("Repeated runs on both sides of the threshold name nobody, and ask for no more than they may")
    func noise() async throws {
        let history = try GoHistory.line(8)
        let script = try ScriptedMeasurements(history) { commit, _, round in
            let number = Int(commit)!
            return .allocations(number < 3 ? 10 : number > 4 ? 20 : round.isMultiple(of: 2) ? 10 : 20)
        }
        let verdict = try await script.engine.find(Self.request(history, "0", "7", ["+8"]))
        #expect(verdict.series[0].culprits.isEmpty)
        // What would confirm the fifth shows that the fourth is not steady.
        #expect(verdict.series[0].suspects.map(history.name) == ["4", "5"])
        let most = Dictionary(grouping: script.runs, by: \.commit).mapValues { $0.reduce(0) { $0 + $1.rounds } }
        #expect(most["4"] == 7)
        #expect(most.filter { $0.key != "4" }.allSatisfy { $0.value <= 2 })
    }

    @Test("What confirms gets all the rounds that it needs, even when the budget is used up")
    func confirmedBeyondTheBudget() async throws {
        let history = try GoHistory.line(3)
        let script = try ScriptedMeasurements(history) { commit, _, round in
            // One round of seven is off, by so much that all of them are needed.
            .allocations(commit == "0" ? 10 : commit == "1" && round == 1 ? 17 : 30)
        }
        let target = Measurement.Target(package: ".", pattern: "^BenchmarkWork$")
        _ = try await script.measure(
            MeasurementJob(commit: history.id("1"), targets: [target], purpose: "", minimumRounds: 1))
        let request = try Self.request(history, "0", "2", ["+8"])
        var session = Session(request, try script.engine.range(of: request), script, nil)
        try await session.measureEnds()
        session.deadline = .now
        let verdict = try await session.conclude()
        #expect(script.runs.filter { $0.commit == "1" }.reduce(0) { $0 + $1.rounds } == 7)
        #expect(verdict.culprits(history) == ["1"] && verdict.series[0].culprits[0].confirmed)
    }

    @Test("A benchmark that gives no value in some rounds ends the wish for more of them")
    func missingRounds() async throws {
        let history = try GoHistory.line(8)
        let script = try ScriptedMeasurements(history, pair: IterationPair(short: 2, long: 10)) { commit, _, round in
            let number = Int(commit)!
            if number == 4 && round % 2 == 1 { return .values([:]) }
            return .allocations(number < 4 ? 30 : number == 4 ? 31.6 : 40)
        }
        let verdict = try await script.engine.find(Self.request(history, "0", "7", ["+1.5"]))
        #expect(verdict.series[0].culprits.isEmpty && verdict.series[0].suspects.map(history.name) == ["4", "5"])
        #expect(verdict.skipped.map { history.name($0.commit) } == ["4"])
    }

    @Test("A culprit whose parent does not give a steady value is not confirmed")
    func unsteadyParent() async throws {
        let history = try GoHistory.line(8)
        let script = try ScriptedMeasurements(history) { commit, _, round in
            let number = Int(commit)!
            return .allocations(number < 4 ? 10 : number > 4 || round > 0 ? 20 : 10)
        }
        let verdict = try await script.engine.find(Self.request(history, "0", "7", ["+8"]))
        let wrong = verdict.series[0].culprits.filter { $0.confirmed && history.name($0.commit.id) == "5" }
        #expect(wrong.isEmpty, "the parent was bad in its second round")
    }

    @Test("What takes repeats to be judged at all gets them at once")
    func certainRepeats() async throws {
        let history = try GoHistory.line(32)
        let hits = Metric("hits")
        let script = try ScriptedMeasurements(history) { commit, _, _ in .values([hits: Int(commit)! < 20 ? 100 : 200])
        }
        let verdict = try await script.engine.find(Self.request(history, "0", "31", [], [hits]))
        #expect(verdict.culprits(history) == ["20"])
        let between = script.runs.filter { !["0", "31"].contains($0.commit) }
        #expect(between.allSatisfy { $0.rounds == hits.minimumRepeats })
        #expect(Set(between.map(\.commit)).count == between.count)
    }

    @Test("Two series with different culprits are searched together")
    func severalSeries() async throws {
        let history = try GoHistory.line(32)
        let script = try ScriptedMeasurements(history, ["BenchmarkA", "BenchmarkB"]) { commit, benchmark, _ in
            .values([
                .allocations: Int(commit)! < (benchmark == "BenchmarkA" ? 9 : 25) ? 2 : 4,
                .bytes: Int(commit)! < 9 || benchmark != "BenchmarkA" ? 64 : 128,
            ])
        }
        let verdict = try await script.engine.find(
            Self.request(history, "0", "31", [], [.allocations, .bytes], jobs: 2))
        let culprits = verdict.series.reduce(into: [String: [String]]()) {
            $0["\($1.benchmark) \($1.metric)", default: []] += $1.culprits.map { history.name($0.commit.id) }
        }
        #expect(
            culprits == [
                "BenchmarkA allocs/op": ["9"], "BenchmarkB allocs/op": ["25"], "BenchmarkA B/op": ["9"],
                "BenchmarkB B/op": [],
            ])
    }
}
