import AllocBisectCore
import ArgumentParser
import Benchmarks
import Git

/// The arguments that say what to search.
struct SearchArguments: ParsableArguments {
    @Argument(help: .init("The commits to search, as in v1.2.0..HEAD.", valueName: "good..bad"))
    var range: String

    @OptionGroup var measuring: MeasuringArguments

    @Option(
        name: [.customShort("m"), .customLong("metric")],
        help: .init(
            "A metric to follow; can be repeated. (default: allocs/op, goroutines/op, retained-objects/op)",
            valueName: "unit"))
    var metrics: [String] = []

    @Option(
        name: [.customShort("t"), .customLong("threshold")], parsing: .unconditionalSingleValue,
        help: .init("From when on a value is bad: +5%, +1, x3, >100, -5%, -1, <100, or METRIC=…", valueName: "bound"))
    var thresholds: [String] = []

    @Flag(help: "Name every crossing, not only the first; measures every commit that can matter.")
    var all = false

    @Flag(help: "Follow first parents only, so that a merge can be the culprit.")
    var firstParent = false

    @Flag(help: "Measure commits even if no file that Go reads for them differs from a measured one.")
    var noInputClasses = false

    /// The arguments as a request to the engine.
    func request() throws -> SearchRequest {
        let rules: ThresholdRules
        do { rules = try ThresholdRules(thresholds) } catch { throw ValidationError("\(error)") }
        var request = SearchRequest(
            directory: measuring.absoluteDirectory, range: try RevisionRange(range), thresholds: rules)
        request.selection = try measuring.selection()
        let followed = (metrics.isEmpty ? Metric.standard : metrics.map(Metric.init)) + rules.namedMetrics.sorted()
        request.metrics = followed.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        request.measuring = try measuring.measuring()
        // A clock must not be disturbed by another measurement.
        if request.metrics.contains(where: { $0.behavior == .timed }) { request.measuring.jobs = 1 }
        request.wantsAll = all
        request.firstParent = firstParent
        request.usesInputClasses = !noInputClasses
        return request
    }
}
