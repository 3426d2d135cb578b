public import Benchmarks
import Git
public import Measuring

/// What the user asked to compare.
public struct CompareRequest: Sendable {
    /// The earlier commit; nil for `HEAD`.
    public var before: String?
    /// The later commit, which need not descend from the earlier one; nil for the work tree as it is.
    public var after: String?
    /// Which benchmarks are measured; by default those of all packages below the engine's folder.
    public var selection = BenchmarkSelection()
    /// The metrics that are compared.
    public var metrics = Metric.standard
    /// The bounds at which a series counts as worse.
    public var thresholds: ThresholdRules
    /// How measurements are made.
    public var measuring = MeasuringOptions()
    /// Whether commits with equal inputs share a measurement.
    public var usesInputClasses = true
    /// How many runs each timed series takes at most, besides those that confirm that it got worse.
    public var mostRuns = 60
    /// The time after which nothing further is measured but what confirms that a series got worse; nil for no bound.
    public var budget: Duration?
    /// Whether what got worse is explained.
    public var wantsExplanations = true

    /// A request with the defaults.
    public init(before: String? = nil, after: String? = nil, thresholds: ThresholdRules) {
        (self.before, self.after, self.thresholds) = (before, after, thresholds)
    }

    /// The search that compares: of the later commit alone, which follows the earlier one.
    func search(_ range: RevisionRange) -> SearchRequest {
        var search = SearchRequest(range: range, thresholds: thresholds)
        search.selection = selection
        search.metrics = metrics
        search.measuring = measuring
        search.usesInputClasses = usesInputClasses
        search.mostRuns = mostRuns
        search.budget = budget
        search.wantsExplanations = wantsExplanations
        search.searchesNewBenchmarks = false
        search.explaining = ["compare"] + [before, after].compactMap { $0 }
        return search
    }
}
