import AllocBisectCore
import Benchmarks
import Explaining
import Foundation
import Git
import Measuring
import TestSupport
import Testing

/// Runs `explain` on histories that tests make.
enum Comparing {
    static func run(_ history: GoHistory, _ revision: String) async throws -> CommitComparison {
        var request = ComparisonRequest(revision: revision)
        request.metrics = [.allocations]
        request.measuring.go = GoCommands.all.first
        request.measuring.iterations = 100
        return try await Engine(history.path).explain(request)
    }
}

@Suite("allocbisect explain", .tags(.go), .serialized)
struct CommitComparisonTests {
    private func history() throws -> GoHistory {
        let history = try GoHistory()
        try history.commit("0", ["m.go": GoSource.work(allocations: 5), "m_test.go": GoSource.benchmark])
        try history.commit("1", ["m.go": GoSource.work(allocations: 3)])
        try history.commit("2", ["README.md": "2"])
        try history.commit("3", ["m.go": GoSource.work(allocations: 4)])
        return history
    }

    @Test("A commit is compared with its first parent, for better and for worse")
    func parent() async throws {
        let history = try history()
        let better = try await Comparing.run(history, "main~2")
        #expect(history.name(better.before.id) == "0")
        let series = try #require(better.series.first)
        #expect((series.before - 5).magnitude < 0.2 && (series.after - 3).magnitude < 0.2)
        let site = try #require(series.explanation?.sites.first)
        #expect((site.allocsPerOp.difference + 2).magnitude < 0.2)
        let same = try await Comparing.run(history, "main~1")
        #expect(same.series.isEmpty && same.compared == 1)
    }

    @Test("Any two commits can be compared with each other")
    func two() async throws {
        let history = try history()
        let comparison = try await Comparing.run(history, "main~3..main")
        #expect([comparison.before.id, comparison.after.id].map(history.name) == ["0", "3"])
        #expect((try #require(comparison.series.first).after - 4).magnitude < 0.2)
    }

    @Test("A commit without parents is refused with advice")
    func root() async throws {
        let history = try history()
        let error = await #expect(throws: CoreError.self) {
            try await Comparing.run(history, "main~3")
        }
        #expect(error?.description.contains("A..B") == true)
    }
}
