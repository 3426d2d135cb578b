public import Benchmarks
public import Git
public import Measuring

/// What the user asked to see the history of.
public struct HistoryRequest: Sendable {
    /// The commits; nil for those that HEAD reaches.
    public var range: RevisionRange?
    /// How many of them, the newest ones; nil for all of a range, and without one for the usual number.
    public var count: Int?
    /// How many commits are shown when neither a range nor a number was asked for.
    public static let usualCount = 30
    /// Whether commits of merged branches are shown as well, and not first parents only.
    public var allParents = false
    /// Whether nothing is measured, so that only what the cache knows is shown.
    public var cachedOnly = false
    /// Whether measuring fills the range evenly, and does not go from the newest commit to the oldest.
    public var spread = false
    /// The part of it that is measured here, where several machines share it; nil for all.
    public var shard: Shard?
    /// Which benchmarks are measured; by default those of all packages below the engine's folder.
    public var selection = BenchmarkSelection()
    /// The metrics that are shown.
    public var metrics = Metric.standard
    /// The size at which a change is a step, upwards or downwards.
    public var thresholds: ThresholdRules
    /// How measurements are made.
    public var measuring = MeasuringOptions()
    /// Whether commits with equal inputs share a measurement.
    public var usesInputClasses = true

    /// The history of a range, of a number of commits, or of that number of commits of a range.
    public init(range: RevisionRange?, count: Int?, thresholds: ThresholdRules) {
        self.range = range
        self.count = count
        self.thresholds = thresholds
    }
}
