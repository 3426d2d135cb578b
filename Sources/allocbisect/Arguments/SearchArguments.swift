import AllocBisectCore
import ArgumentParser
import Benchmarks
import Git

/// The arguments that say what to search.
struct SearchArguments: ParsableArguments {
    @OptionGroup var commits: RevisionArguments

    @OptionGroup var measuring: MeasuringArguments

    @OptionGroup(title: "Metrics and bounds") var series: SeriesArguments

    @OptionGroup(title: "Search") var strategy: StrategyArguments

    func validate() throws { _ = try commits.requiredRange() }

    /// The arguments as a request to the engine.
    func request() throws -> SearchRequest {
        var request = SearchRequest(range: try commits.requiredRange(), thresholds: try series.rules())
        request.selection = try measuring.selection()
        request.metrics = try series.followed(measuring.running)
        request.measuring = try measuring.measuring(following: request.metrics)
        try strategy.apply(to: &request)
        request.usesInputClasses = !series.noInputClasses
        return request
    }
}

/// The arguments that say how far a search goes.
struct StrategyArguments: ParsableArguments {
    @Flag(help: "Name every crossing, not only the first; measures every commit that can matter.")
    var all = false

    @Flag(help: "Stop at the first crossing of each series, instead of accounting for all that it grew by.")
    var first = false

    @Option(
        help: .init(
            "Measure no longer than this, as in 5m: packages that changed come first, and what was left out is listed. Or how many runs a timed series takes at most, as in 200runs.",
            valueName: "budget"))
    var budget: String?

    @Option(
        help: .init("The highest probability of naming a wrong commit for a timed series.", valueName: "probability"))
    var alpha = 0.05

    @Flag(help: "Follow first parents only, so that a merge can be the culprit.")
    var firstParent = false

    func validate() throws {
        _ = try budget.map { try Budget(argument: $0) }
        guard alpha > 0, alpha < 1 else { throw ValidationError("--alpha must be between 0 and 1.") }
        if all && first { throw ValidationError("--all cannot be combined with --first.") }
    }

    /// Sets what they say.
    func apply(to request: inout SearchRequest) throws {
        request.wantsAll = all
        request.stopsAtFirst = first
        request.firstParent = firstParent
        switch try budget.map({ try Budget(argument: $0) }) {
        case .time(let time): request.budget = time
        case .runs(let runs): request.mostRuns = runs
        case nil: break
        }
        request.alpha = alpha
    }
}
