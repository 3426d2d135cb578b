import AllocBisectCore
import Benchmarks
import Foundation
import Git
import Measuring
import Policy
import TestSupport

/// Runs real checks on histories that tests make.
enum Checking {
    /// Checks a range of named commits by a policy, on the first day of 2026.
    static func check(
        _ history: GoHistory, _ base: String, _ head: String, _ yaml: String = "",
        configure: (inout CheckRequest) -> Void = { _ in }
    ) async throws -> Check {
        let request = try request(history, base, head, yaml, configure: configure)
        return try await Engine(history.path).check(request)
    }

    /// A request that follows allocs/op only, unless the policy says otherwise.
    static func request(
        _ history: GoHistory, _ base: String, _ head: String, _ yaml: String = "",
        configure: (inout CheckRequest) -> Void = { _ in }
    ) throws -> CheckRequest {
        let metrics = yaml.contains("metrics:") ? "" : "metrics: [allocs/op]\n"
        var request = CheckRequest(
            range: try RevisionRange("\(history.id(base))..\(history.id(head))"),
            policy: try Policy(yaml: metrics + yaml), today: Day("2026-01-01")!)
        request.measuring.go = GoCommands.all.first
        request.measuring.iterations = 100
        request.wantsExplanations = false
        configure(&request)
        return request
    }
}
