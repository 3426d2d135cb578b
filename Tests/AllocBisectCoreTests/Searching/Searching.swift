import AllocBisectCore
import Benchmarks
import Foundation
import Git
import Measuring
import TestSupport
import Testing

/// Runs real searches on histories that tests make.
enum Searching {
    /// Searches between two named commits.
    static func find(
        _ history: GoHistory, _ good: String, _ bad: String, go: String? = GoCommands.all.first,
        thresholds: [String] = [], directory: String? = nil,
        configure: (inout SearchRequest) -> Void = { _ in },
        events: @escaping @Sendable (Event) -> Void = { _ in }
    ) async throws -> Verdict {
        var request = SearchRequest(
            range: try RevisionRange("\(history.id(good))..\(history.id(bad))"),
            thresholds: try ThresholdRules(thresholds))
        request.metrics = [.allocations]
        request.measuring.go = go
        request.measuring.iterations = 100
        configure(&request)
        let before = RepositoryState(around: history.path)
        let verdict = try await Engine(directory ?? history.path, events: events).find(request)
        if let before, let after = RepositoryState(around: history.path) {
            #expect(after.changes(since: before) == [], "the search changed the user's repository")
        }
        return verdict
    }
}

extension Verdict {
    /// The names of the culprits of the only series.
    func culprits(_ history: GoHistory) -> [String] {
        series.count == 1 ? series[0].culprits.map { history.name($0.commit.id) } : ["\(series.count) series"]
    }
}
