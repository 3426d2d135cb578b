public import Benchmarks
public import Git
public import Measuring

/// What the user asked to search.
///
/// ```swift
/// var request = SearchRequest(range: try RevisionRange("v1.2.0..HEAD"), thresholds: try ThresholdRules(["+10%"]))
/// request.selection.packages = ["./book/..."]
/// request.metrics = [.allocations, .bytes]
/// request.budget = .seconds(600)
/// let verdict = try await engine.find(request)
/// ```
public struct SearchRequest: Sendable {
    /// The good and the bad end as the user wrote them; what is between them is searched.
    public var range: RevisionRange
    /// Which benchmarks are measured; by default those of all packages below the engine's folder.
    public var selection = BenchmarkSelection()
    /// The part of the packages that is measured here, where several machines share them; nil for all.
    var shard: Shard?
    /// The metrics that are followed.
    public var metrics = Metric.standard
    /// The bounds at which values count as bad.
    public var thresholds: ThresholdRules
    /// How measurements are made.
    public var measuring = MeasuringOptions()
    /// Whether every crossing is wanted, which measures every commit that can differ.
    public var wantsAll = false
    /// Whether a series is done with its first crossing, and not searched until all that it grew by is accounted for.
    public var stopsAtFirst = false
    /// Whether only first parents are followed, so that a merge can be the culprit.
    public var firstParent = false
    /// Whether commits with equal inputs share a measurement.
    public var usesInputClasses = true
    /// The time after which nothing further is measured but what confirms a culprit; nil for no bound.
    public var budget: Duration?
    /// How many runs each timed series takes at most, besides those that confirm a culprit.
    public var mostRuns = 400
    /// The highest probability of naming a wrong commit for a timed series.
    public var alpha = 0.05
    /// The command that explains a culprit's other benchmarks; nil for `explain` with the culprit.
    var explaining: [String]?
    /// Whether benchmarks that are new in the range are searched from the first commit on that has them.
    var searchesNewBenchmarks = true
    /// Whether each culprit is explained.
    public var wantsExplanations = true
    /// Whether each culprit is taken back on the bad end, to see whether the value comes back.
    public var wantsProof = false
    /// Whether CPU profiles of each culprit and its parent are kept as well.
    public var wantsCPUProfile = false

    /// A search with the defaults.
    public init(range: RevisionRange, thresholds: ThresholdRules) {
        self.range = range
        self.thresholds = thresholds
    }

    /// How measurements are made, by what is followed.
    var options: MeasuringOptions {
        var options = measuring.following(metrics)
        options.isTimed = metrics.contains { $0.behavior == .timed }
        return options
    }

    /// A search of the range that a history is shown of, made in the same way.
    public init(_ history: HistoryRequest, range: RevisionRange) {
        self.init(range: range, thresholds: history.thresholds)
        selection = history.selection
        metrics = history.metrics
        measuring = history.measuring
        usesInputClasses = history.usesInputClasses
    }
}
