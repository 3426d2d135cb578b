import AllocBisectCore
import Benchmarks
import Explaining
import Git
import Measuring
import TestSupport
import Testing

/// Of each scenario, the top line is the seeded one, the kind is right, and all of the difference is attributed.
@Suite("Explaining what is allocated", .tags(.go), .serialized)
struct AllocationScenarioTests {
    @Test(arguments: Scenario.withEveryGo(Scenario.allocations))
    func isExplained(_ scenario: Scenario, go: String) async throws { try await scenario.isExplained(go: go) }
}

@Suite("Explaining what stays behind", .tags(.go), .serialized)
struct GrowthScenarioTests {
    @Test(arguments: Scenario.withEveryGo(Scenario.growth))
    func isExplained(_ scenario: Scenario, go: String) async throws { try await scenario.isExplained(go: go) }
}

@Suite("Explaining causes outside of the code", .tags(.go), .serialized)
struct CauseScenarioTests {
    @Test(arguments: Scenario.withEveryGo(Scenario.causes))
    func isExplained(_ scenario: Scenario, go: String) async throws { try await scenario.isExplained(go: go) }
}

extension Scenario {
    /// Some scenarios with every Go that is new enough for each.
    fileprivate static func withEveryGo(_ scenarios: [Scenario]) -> [(Scenario, String)] {
        scenarios.flatMap { scenario in
            GoCommands.all.filter { GoCommands.minorVersion(of: $0) >= scenario.minimumGo }.map { (scenario, $0) }
        }
    }

    /// The scenario as a history, with commits around the culprit that change nothing.
    func history() throws -> GoHistory {
        let history = try GoHistory()
        try history.commit("good", before.mapValues(Optional.some))
        try history.commit("docs", ["README.md": "Nothing to see\n"])
        try history.commit("culprit", after)
        try history.commit("after", ["README.md": "Nothing to see either\n"])
        return history
    }

    fileprivate func isExplained(go: String) async throws {
        let history = try history()
        let verdict = try await Searching.find(history, "good", "after", go: go) {
            $0.metrics = [metric]
            $0.selection.only = [benchmark]
            $0.measuring.iterations = nil
            $0.measuring.jobs = 2
        }
        let culprit = try #require(verdict.series.first?.culprits.first)
        #expect(history.name(culprit.commit.id) == "culprit")
        let explanation = try #require(culprit.explanation, "\(verdict.warnings)")
        #expect(explanation.kind.rawValue == kind, "\(explanation.reason)")
        #expect((explanation.share ?? 0) >= 0.95, "\(explanation)")
        let line = "\(seeded.file):\(seeded.line)"
        let advice = explanation.advice(for: metric)
        #expect(advice.count <= 2)
        if let expected = self.advice {
            #expect(advice.first?.text.contains(expected) == true, "\(advice) for \(explanation.sites)")
        }
        switch metric {
        case .goroutines:
            let top = try #require(explanation.goroutines.first)
            #expect("\(top.file):\(top.line)" == line)
            #expect(top.perOp >= 0.95)
        case .retainedObjects, .retainedBytes:
            let top = try #require(explanation.retained.first)
            #expect("\(top.file):\(top.line)" == line, "\(explanation.retained)")
            if isHeld { #expect(top.heldBy?.hasPrefix("example.com/m.") == true, "\(top)") }
        default:
            let top = try #require(explanation.sites.first)
            #expect("\(top.file):\(top.line)" == line, "\(explanation.sites)")
        }
    }
}
