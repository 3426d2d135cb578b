import Benchmarks
import Foundation
import Git
import TestSupport
import Testing

@testable import AllocBisectCore

/// What a check makes of measurements by a script.
@Suite("Checks by a script")
struct ScriptedCheckTests {
    private static func check(
        _ history: GoHistory, _ base: String, _ head: String, _ yaml: String, _ script: ScriptedMeasurements
    ) async throws -> Check {
        try await script.engine.check(Checking.request(history, base, head, yaml))
    }

    @Test("A check fails for what got worse, passes what the policy accepts, and warns where it only warns")
    func check() async throws {
        let history = try GoHistory.line(8)
        let script = try ScriptedMeasurements(history, script: ScriptedMeasurements.step(at: 4))
        let failed = try await Self.check(history, "0", "7", "", script)
        #expect(failed.series.map(\.state.kind) == [.failed])
        let accepted = try await Self.check(
            history, "0", "7", "accept:\n  - commit: \(history.id("4"))\n    benchmark: .\n    reason: a cache\n",
            script)
        #expect(accepted.series.map(\.state.kind) == [.accepted])
        let behind = try await Self.check(history, "4", "7", "", script)
        #expect(behind.series.map(\.state.kind) == [.passed])
    }

    @Test("What grew after an accepted step is not accepted with it")
    func afterAcceptedStep() async throws {
        let history = try GoHistory.line(10)
        let script = try ScriptedMeasurements(history) { commit, _, _ in
            .allocations(Int(commit)! < 4 ? 1 : Int(commit)! < 7 ? 3 : 5)
        }
        let yaml = "accept:\n  - commit: \(try history.id("4"))\n    benchmark: .\n    reason: a cache\n"
        let check = try await Self.check(history, "0", "9", yaml, script)
        #expect(check.series.map(\.state.kind) == [.failed])
        // Against the step, not against the base.
        #expect(check.series.map(\.before) == [3] && check.series.map(\.after) == [5])
    }

    @Test("Of the work tree, a search names the commits, or what is not committed, or both")
    func workTree() async throws {
        let history = try GoHistory.line(16)
        try history.checkout()
        try "dirty".write(toFile: history.path + "/a.txt", atomically: true, encoding: .utf8)
        for (step, dirty, names) in [(99, 3.0, ["the work tree"]), (6, 3, ["6"]), (6, 5, ["6", "the work tree"])] {
            // What the script has no name for is the snapshot.
            let script = try ScriptedMeasurements(history) { commit, _, _ in
                .allocations(Int(commit).map { $0 < step ? 1 : 3 } ?? dirty)
            }
            let check = try await script.engine.check(
                Checking.request(history, "0", "15") { ($0.includesWorkTree, $0.wantsSearch) = (true, true) })
            #expect(check.series.map(\.state.kind) == [.failed] && check.series.map(\.after) == [dirty])
            let verdict = try #require(check.searches.first)
            let culprits = verdict.series[0].culprits
            let found = culprits.map { $0.commit.isSnapshot ? "the work tree" : history.name($0.commit.id) }
            #expect(found == names && culprits.allSatisfy(\.confirmed))
            #expect(verdict.isOfWorkTree && verdict.bad == check.head)
        }
    }

    @Test("What a search says of the work tree is said in words that mean something to the user")
    func workTreeWords() async throws {
        let history = try GoHistory.line(16)
        try history.checkout()
        try "dirty".write(toFile: history.path + "/a.txt", atomically: true, encoding: .utf8)
        // Much came little by little, and the rest is not committed.
        let script = try ScriptedMeasurements(history) { commit, _, _ in
            .allocations(Int(commit).map { 100 + Double($0) / 2 } ?? 120)
        }
        let check = try await script.engine.check(
            Checking.request(history, "0", "15") { ($0.includesWorkTree, $0.wantsSearch) = (true, true) })
        let said = check.searches.flatMap { $0.warnings + $0.series.flatMap(\.warnings) }
        let command = "history \(check.base.short)..\(try history.id("15").short)"
        #expect(said.contains { $0.hasPrefix("to see steps smaller") && $0.contains(command) }, "\(said)")
        #expect(!said.contains { $0.contains(check.head.short) }, "\(said)")
    }

    @Test("What gives no value at head fails, and without one at the base there is nothing to compare with")
    func unmeasurable() async throws {
        let history = try GoHistory.line(3)
        for (broken, kind) in [("2", CheckedSeries.State.Kind.failed), ("0", .unmeasurable)] {
            let script = try ScriptedMeasurements(history, ["BenchmarkOther", "BenchmarkWork"]) { commit, name, _ in
                commit == broken && name == "BenchmarkWork" ? .failure(.panicked) : .allocations(1)
            }
            let check = try await Self.check(history, "0", "2", "", script)
            #expect(check.series.first { $0.benchmark.name == "BenchmarkWork" }?.state.kind == kind)
            #expect(check.series.first { $0.benchmark.name == "BenchmarkOther" }?.state.kind == .passed)
        }
    }
}
