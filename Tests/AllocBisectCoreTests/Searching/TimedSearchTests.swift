import Benchmarks
import Bisection
import Foundation
import Git
import TestSupport
import Testing

@testable import AllocBisectCore

/// Searches of a timed series run by run, for values with noise of 2 %. Many of them, since they need no engine.
@Suite("Timed searches")
struct TimedSearchTests {
    /// A line of 40 commits, and the good end before them.
    private static let commits = (0...40).map { ObjectID(String(repeating: "0", count: 38) + "\($0 + 10)")! }

    /// What a search says that is asked until it asks for nothing.
    ///
    /// - Parameter value: Of a run by its number, of a commit by its position.
    private static func search(
        _ threshold: String, most limit: Int = 400, seed: Int, _ value: (_ run: Int, _ commit: Int) -> Double
    ) throws -> TimedSearch {
        let graph = CommitGraph((1...40).map { (id: commits[$0], parents: [commits[$0 - 1]]) })
        var search = TimedSearch(
            series: 0, threshold: try Threshold(threshold), metric: .time, pair: .standard, limit: limit,
            NoisyBisector(graph: graph, good: commits[0], bad: commits[40]))
        var random = SeededGenerator(seed: 1_000 + seed)
        while let commit = search.next(isOver: false) {
            let position = try #require(commits.firstIndex(of: commit))
            let noise = 0.02 * random.normal()
            search.take(value(search.runs.count, position) * exp(noise), at: commit, wasAsked: true)
            if let culprit = search.culprit, let position = commits.firstIndex(of: culprit) {
                search.check(beside: [commits[position - 1]])
            }
        }
        return search
    }

    @Test("A step of two standard deviations is found, and seen again beside its parent")
    func step() throws {
        var runs: [Int] = []
        for seed in 0..<40 {
            let search = try Self.search("+1%", seed: seed) { $1 < seed + 1 ? 100 : 104 }
            #expect(search.culprit == Self.commits[seed + 1], "seed \(seed)")
            #expect(
                search.checks.map(\.isConfirmed) == [true] && search.further?.contains(where: search.isStep) == false)
            runs.append(search.runs.count)
        }
        #expect(runs.reduce(0, +) / runs.count < 90, "\(runs)")
    }

    @Test("On a machine that becomes slower all the time a step is found, and none where there is none")
    func drift() throws {
        for seed in 0..<10 {
            let search = try Self.search("+1%", seed: seed) { ($1 < 23 ? 100 : 106) * exp(0.004 * Double($0)) }
            #expect(search.culprit == Self.commits[23], "seed \(seed)")
            let steady = try Self.search("+1%", most: 80, seed: seed) { run, _ in 100 * exp(0.004 * Double(run)) }
            #expect(steady.checks.isEmpty, "seed \(seed)")
        }
    }

    @Test("What is below the threshold is soon known not to be a step", arguments: [1, 1.02, 0.94])
    func small(factor: Double) throws {
        for seed in 0..<10 {
            let search = try Self.search("+10%", seed: seed) { $1 < 17 ? 100 : 100 * factor }
            #expect(search.isBelowThreshold && search.runs.count < 30, "seed \(seed): \(search.runs.count)")
        }
    }
}
