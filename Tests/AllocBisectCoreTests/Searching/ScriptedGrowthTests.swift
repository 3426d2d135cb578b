import Benchmarks
import Git
import Measuring
import TestSupport
import Testing

@testable import AllocBisectCore

/// How a search continues from one step to the next, without Go.
@Suite("The whole growth of a series")
struct ScriptedGrowthTests {
    private static func request(_ history: GoHistory, to bad: String, _ threshold: String) throws -> SearchRequest {
        var request = SearchRequest(
            range: try RevisionRange("\(history.id("0"))..\(history.id(bad))"),
            thresholds: try ThresholdRules([threshold]))
        request.metrics = [.allocations]
        return request
    }

    @Test("Steps of a line are named in order with their shares, and --first names the first one")
    func line() async throws {
        let history = try GoHistory.line(40)
        let script = try ScriptedMeasurements(history) { commit, _, _ in
            let number = Int(commit)!
            return .allocations(number < 7 ? 12 : number < 20 ? 346 : number < 33 ? 4065 : 4397)
        }
        var request = try Self.request(history, to: "39", "+5%")
        let verdict = try await script.engine.find(request)
        let series = verdict.series[0]
        #expect(verdict.culprits(history) == ["7", "20", "33"])
        #expect(series.culprits.map(\.before) == [12, 346, 4065] && series.culprits.map(\.after) == [346, 4065, 4397])
        #expect(series.culprits.compactMap(\.share).map { Int(($0 * 100).rounded()) } == [8, 85, 8])
        #expect(series.unexplained == 0 && series.warnings.isEmpty && series.culprits.allSatisfy(\.confirmed))
        // Three times what one takes, at most.
        #expect(verdict.measured <= 3 * (2 + 6 + 1))
        request.stopsAtFirst = true
        #expect(try await script.engine.find(request).culprits(history) == ["7"])
        request.stopsAtFirst = false
        // An absolute bound asks for one crossing.
        request.thresholds = try ThresholdRules([">100"])
        let absolute = try await script.engine.find(request)
        #expect(absolute.culprits(history) == ["7"] && absolute.series[0].unexplained == nil)
        #expect(absolute.measured == 0)
    }

    @Test("On random graphs, steps of any branch are named as they were planted", arguments: 0..<48)
    func planted(seed: Int) async throws {
        var random = SeededGenerator(seed: seed)
        let graph = try RandomHistory(commits: 30, &random)
        let (history, ancestors) = (graph.history, graph.ancestors)
        let candidates = ancestors[29, default: []].union([29]).subtracting([0]).sorted()
        let count = Int.random(in: 1...4, using: &random)
        let sizes = Dictionary(
            candidates.shuffled(using: &random).prefix(count).map {
                ($0, Double.random(in: 3...60, using: &random).rounded())
            }
        ) { first, _ in first }
        let script = try ScriptedMeasurements(history, jobs: 2, seed: seed) { [ancestors] commit, _, _ in
            let number = Int(commit)!
            let own = sizes.filter { $0.key == number || ancestors[number, default: []].contains($0.key) }
            return .allocations(own.values.reduce(10, +))
        }
        var request = try Self.request(history, to: "29", "+2")
        request.measuring.jobs = 2
        let verdict = try await script.engine.find(request)
        #expect(Set(verdict.culprits(history)) == Set(sizes.keys.map { "\($0)" }))
        let total = sizes.values.reduce(0, +)
        for culprit in verdict.series[0].culprits {
            let size = try #require(sizes[Int(history.name(culprit.commit.id)) ?? -1])
            #expect(try abs(#require(culprit.share) - size / total) < 1e-9)
        }
        #expect(verdict.series[0].unexplained == 0)
    }

    @Test("A merge is compared with its nearest parent, and not charged with what it brings from the other one")
    func merge() async throws {
        let history = try GoHistory(isBuilt: false)
        // 79, then 62; 82 on one branch, 66 on the other one; and what merges them has 87, where it brings 1 itself.
        let parents = [[], ["0"], ["1"], ["1"], ["3", "2"], ["4"]]
        for (number, parents) in parents.enumerated() {
            try history.commit("\(number)", on: parents, ["b.txt": "\(number % 2)"], isLast: number == 5)
        }
        let script = try ScriptedMeasurements(history) { commit, _, _ in
            .allocations([79, 62, 82, 66, 87, 87][Int(commit)!])
        }
        let series = try await script.engine.find(Self.request(history, to: "5", "+5%")).series[0]
        #expect(series.culprits.map { history.name($0.commit.id) } == ["1", "2", "3", "4"])
        #expect(series.culprits.map(\.before) == [79, 62, 62, 82])
        #expect(series.culprits.map(\.after) == [62, 82, 66, 87])
        #expect(series.culprits.map(\.share) == [-2.125, 2.5, 0.5, 0.125])
        #expect(series.unexplained == 0)
        #expect(try series.culprits[3].parent == history.id("2"))
    }

    @Test("The whole growth takes what each of its steps alone may take", arguments: 0..<40)
    func cost(seed: Int) async throws {
        var random = SeededGenerator(seed: 900 + seed)
        let graph = try RandomHistory(commits: 40, &random)
        let (history, ancestors) = (graph.history, graph.ancestors)
        let candidates = ancestors[39, default: []].union([39]).subtracting([0]).sorted()
        let steps = Set(candidates.shuffled(using: &random).prefix(Int.random(in: 1...4, using: &random)))
        let script = try ScriptedMeasurements(history, seed: seed) { commit, _, _ in
            let before = ancestors[Int(commit)!, default: []].union([Int(commit)!])
            return .allocations(Double(10 + 5 * steps.intersection(before).count))
        }
        let verdict = try await script.engine.find(Self.request(history, to: "39", "+2"))
        #expect(Set(verdict.culprits(history)) == Set(steps.map(String.init)))
        let halvings = (0...).first { 1 << $0 >= candidates.count }!
        // With both ends, which are measured once for all.
        #expect(verdict.measured <= steps.count * (halvings + 2))
    }

    @Test("Where values go up and down, only commits that made a step are named", arguments: 0..<16)
    func sound(seed: Int) async throws {
        var random = SeededGenerator(seed: seed)
        let graph = try RandomHistory(commits: 30, &random)
        let (history, parents) = (graph.history, graph.parents)
        var values: [Int: Double] = [0: 10]
        var steps: Set<Int> = []
        for number in 1..<30 {
            let level = parents[number, default: []].compactMap { values[$0] }.max() ?? 10
            let isStep = Int.random(in: 0..<6, using: &random) == 0
            values[number] = isStep ? max(1, level + [-20, -7, 5, 30].randomElement(using: &random)!) : level
            if isStep { steps.insert(number) }
        }
        let script = try ScriptedMeasurements(history, seed: seed) { [values] commit, _, _ in
            .allocations(values[Int(commit)!]!)
        }
        let verdict = try await script.engine.find(Self.request(history, to: "29", "+2"))
        let series = verdict.series[0]
        guard values[29]! >= 12 else {
            #expect(series.outcome == .notCrossed)
            return
        }
        for culprit in series.culprits {
            let number = try #require(Int(history.name(culprit.commit.id)))
            let before = parents[number, default: []].compactMap { values[$0] }
            // A merge of what grew on one side into what did not is a step for the other side.
            #expect(steps.contains(number) || before.contains { abs($0 - values[number]!) >= 2 })
            #expect(culprit.isStepBack == (before.max()! > values[number]!) || parents[number]!.count > 1)
        }
        let sum = series.culprits.compactMap(\.share).reduce(0, +)
        #expect(try abs(sum + #require(series.unexplained) - 1) < 1e-9)
    }

    @Test("Growth that came little by little is blamed on no commit, and is reported as such")
    func drift() async throws {
        let history = try GoHistory.line(60)
        let script = try ScriptedMeasurements(history) { commit, _, _ in
            let number = Double(commit)!
            return .allocations(100 + number / 5 + (number < 30 ? 0 : 80))
        }
        let verdict = try await script.engine.find(Self.request(history, to: "59", "+10"))
        #expect(verdict.culprits(history) == ["30"])
        let series = verdict.series[0]
        #expect(try abs(#require(series.unexplained) - (1 - 80.2 / 91.8)) < 0.01)
        #expect(series.hasSmallSteps)
        #expect(
            verdict.warnings.contains {
                $0.hasPrefix("to see steps smaller than the threshold: allocbisect history ")
            })
    }

    @Test("Commits that do not build hide one step, and the next one is named all the same")
    func pocket() async throws {
        let history = try GoHistory.line(40)
        let script = try ScriptedMeasurements(history) { commit, _, _ in
            let number = Int(commit)!
            if (8...11).contains(number) { return .failure(.build) }
            return .allocations(number < 10 ? 1 : number < 30 ? 5 : 50)
        }
        let verdict = try await script.engine.find(Self.request(history, to: "39", "+5%"))
        #expect(verdict.culprits(history) == ["30"])
        #expect(verdict.series[0].suspects.map(history.name) == ["8", "9", "10", "11", "12"])
        #expect(verdict.series[0].outcome == .found)
        #expect(!verdict.series[0].isAccounted)
        #expect(try abs(#require(verdict.series[0].unexplained) - 4.0 / 49) < 1e-9)
    }

    @Test("A fall is followed like a rise")
    func fall() async throws {
        let history = try GoHistory.line(30)
        let script = try ScriptedMeasurements(history) { commit, _, _ in
            .allocations(Int(commit)! < 9 ? 100 : Int(commit)! < 21 ? 60 : 10)
        }
        let verdict = try await script.engine.find(Self.request(history, to: "29", "-20%"))
        #expect(verdict.culprits(history) == ["9", "21"] && verdict.series[0].unexplained == 0)
    }
}
