import Benchmarks
import Git
import Measuring
import TestSupport
import Testing

@testable import AllocBisectCore

/// What a history and a report make of measurements by a script.
@Suite("Histories and reports by a script")
struct ScriptedHistoryTests {
    private static func values(_ history: History) -> [Double?] { history.rows.map { $0.cells.first?.value } }

    /// The commits with a step.
    private static func steps(_ history: History) -> [String] {
        history.rows.filter { $0.cells.first?.isStep == true }.map { $0.commit.subject }
    }

    private static func request(_ history: GoHistory, jobs: Int = 1) throws -> HistoryRequest {
        var request = HistoryRequest(
            range: try RevisionRange("main~9..main"), count: nil, thresholds: try ThresholdRules([]))
        request.metrics = [.allocations]
        request.measuring.jobs = jobs
        return request
    }

    @Test("A history has each commit's value and the steps between them", arguments: [1, 4])
    func history(jobs: Int) async throws {
        let history = try GoHistory.line(10)
        let values = [1.0, 1, 3, 3, 3, 2, 2, 2, 2, 2]
        let script = try ScriptedMeasurements(history, jobs: jobs) { commit, _, _ in
            commit == "6" ? .failure(.build) : .allocations(values[Int(commit)!])
        }
        let shown = try await script.engine.history(Self.request(history, jobs: jobs))
        #expect(shown.rows.map(\.commit.subject) == (1...9).map(String.init))
        #expect(Self.values(shown) == [1, 3, 3, 3, 2, nil, 2, 2, 2])
        #expect(Self.steps(shown) == ["2", "5"])
        // The range, and the commit that its first one is compared with.
        #expect(shown.measured == 10)
        let again = try await script.engine.history(Self.request(history, jobs: jobs))
        #expect(again.measured == 0 && Self.values(again) == Self.values(shown))
    }

    @Test("Values that a few stray allocations may have moved are measured again before they are a step")
    func repeats() async throws {
        let history = try GoHistory.line(10)
        let script = try ScriptedMeasurements(history, pair: IterationPair(short: 2, long: 10)) { commit, _, round in
            // Of ten iterations, with as many strays in the first round as would just be a step of 5 %.
            .allocations(commit == "5" && round == 0 ? 31.6 : 30)
        }
        let shown = try await script.engine.history(Self.request(history))
        #expect(Self.steps(shown).isEmpty)
        #expect(script.runs.filter { $0.commit == "5" }.reduce(0) { $0 + $1.rounds } > 1)
    }

    @Test("Shards measure each commit once, and the newest one each", arguments: [1, 2, 3, 12])
    func shards(count: Int) async throws {
        let history = try GoHistory.line(10)
        var measured: [String] = []
        for number in 1...count {
            let script = try ScriptedMeasurements(history) { commit, _, _ in .allocations(commit < "4" ? 1 : 3) }
            var request = try Self.request(history)
            request.shard = Shard("\(number)/\(count)")
            let shown = try await script.engine.history(request)
            let own = Set(script.runs.map(\.commit)).subtracting(["9"])
            #expect(script.runs.contains { $0.commit == "9" } && (9 / count...9 / count + 1).contains(own.count))
            let known = shown.rows.filter { $0.cells.first?.value != nil }.map(\.commit.subject)
            #expect(Set(known) == own.union(["9"]).subtracting(["0"]))
            measured += own
        }
        #expect(measured.sorted() == (0...8).map(String.init))
    }

    @Test("A shard is part K of N", arguments: ["", "3", "0/2", "3/2", "1/0", "-1/2", "1/2/3", "a/b", "1/ 2"])
    func noShard(text: String) { #expect(Shard(text) == nil) }

    @Test("Interrupted, a history shows what is known and says that it is not all")
    func interruptedHistory() async throws {
        let history = try GoHistory.line(10)
        let stuck = AsyncStream.makeStream(of: Void.self)
        let script = try ScriptedMeasurements(history) { commit, _, _ in
            guard commit == "4" else { return .allocations(1) }
            stuck.continuation.yield()
            return .never
        }
        let request = try Self.request(history)
        let task = Task { try await script.engine.history(request) }
        for await _ in stuck.stream { break }
        task.cancel()
        let shown = try await task.value
        #expect(Self.values(shown) == [nil, nil, nil, nil, 1, 1, 1, 1, 1])
        let known = "interrupted: 5 of 10 commits have values"
        #expect(shown.warnings.contains { $0.hasPrefix(known) }, "\(shown.warnings)")
    }

    @Test("A report has the culprit of its search where its history has the step")
    func report() async throws {
        let history = try GoHistory.line(10)
        let script = try ScriptedMeasurements(history, script: ScriptedMeasurements.step(at: 6))
        let range = try RevisionRange("main~9..main")
        let request = try Self.request(history)
        let report = try await script.engine.report(
            range, history: request, search: SearchRequest(request, range: range))
        #expect(report.search.verdict?.culprits(history) == ["6"])
        #expect(Self.steps(report.history) == ["6"])
        // The history takes over what the search has measured.
        #expect(Set(script.runs.map(\.commit)).count == 10)
    }

    @Test("A report marks the culprit on a merged branch, which has a row before the merge", arguments: [false, true])
    func mergedCulprit(firstParent: Bool) async throws {
        let history = try GoHistory(isBuilt: false)
        // 0 - 1 - 4 - 5 - 6
        //      \ 2 - 3 /
        for (name, parents) in [
            ("0", []), ("1", ["0"]), ("2", ["1"]), ("3", ["2"]), ("4", ["1"]), ("5", ["4", "3"]), ("6", ["5"]),
        ] {
            try history.commit(name, on: parents, ["\(name).txt": name])
        }
        let script = try ScriptedMeasurements(history) { commit, _, _ in
            .allocations(["2", "3", "5", "6"].contains(commit) ? 3 : 1)
        }
        let range = try RevisionRange("\(history.id("0"))..main")
        var request = HistoryRequest(range: range, count: nil, thresholds: try ThresholdRules([]))
        request.metrics = [.allocations]
        var search = SearchRequest(request, range: range)
        search.firstParent = firstParent
        let report = try await script.engine.report(range, history: request, search: search)
        let culprit = firstParent ? "5" : "2"
        #expect(report.search.verdict?.culprits(history) == [culprit])
        #expect(report.history.rows.map(\.commit.subject) == ["1", "4"] + (firstParent ? [] : ["2"]) + ["5", "6"])
        #expect(Self.steps(report.history) == [culprit])
        let row = try #require(report.history.rows.first { $0.commit.subject == culprit })
        let merge = try history.id("5")
        #expect(row.cells[0].change == 2 && row.merge == (firstParent ? nil : merge))
        #expect(report.trends.map(\.steps) == [[2]])
    }
}
