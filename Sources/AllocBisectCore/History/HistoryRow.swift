public import Benchmarks
public import Git

/// One commit of a history.
public struct HistoryRow: Sendable {
    /// The commit that the cells hold values of.
    public var commit: Commit
    /// What each series has here, in the order of the series.
    public var cells: [HistoryCell]
    /// Why no series has a value; nil when one has.
    public var skipped: String?
    /// The merge that brought the commit in, which follows; nil for one that was asked for with the others.
    public var merge: ObjectID?

    /// Creates a row from its parts.
    public init(commit: Commit, cells: [HistoryCell], skipped: String? = nil, merge: ObjectID? = nil) {
        (self.commit, self.cells, self.skipped, self.merge) = (commit, cells, skipped, merge)
    }
}

/// What one series has at one commit.
public struct HistoryCell: Sendable, Hashable {
    /// The value that stands for the repeats; nil when there is none.
    public var value: Double?
    /// What each round gave, in the metric's unit; empty when there is no value.
    public var repeats: [Double] = []
    /// How far the value may be off, in the metric's unit.
    public var tolerance = 0.0
    /// The difference to the value before it along first parents; nil when there is none to compare with.
    public var change: Double?
    /// Whether that difference is as large as the threshold asks for, upwards or downwards; with a metric that varies,
    /// whether a change point analysis finds a step there, and by a moving threshold, whether the value is beyond it
    /// and the one before it does not.
    public var isStep = false
    /// Whether another commit was measured, in which all inputs are the same.
    public var isShared = false
    /// Why there is no value; nil when there is one.
    public var reason: String?

    /// Creates a cell from its parts.
    public init(
        value: Double? = nil, repeats: [Double] = [], tolerance: Double = 0, change: Double? = nil,
        isStep: Bool = false, isShared: Bool = false, reason: String? = nil
    ) {
        (self.value, self.repeats, self.tolerance, self.change) = (value, repeats, tolerance, change)
        (self.isStep, self.isShared, self.reason) = (isStep, isShared, reason)
    }
}

/// One benchmark and metric, as a column of a history.
public struct HistorySeries: Sendable, Hashable {
    /// The package's import path.
    public var package: String
    /// The package's folder relative to the repository's root, `.` for the root.
    public var directory: String
    /// The benchmark's full name.
    public var benchmark: String
    /// The unit that the column's values are in, such as `allocs/op`.
    public var metric: Metric
    /// The iterations of its measurements.
    public var pair: IterationPair

    /// Creates a series from its parts.
    public init(package: String, directory: String, benchmark: String, metric: Metric, pair: IterationPair) {
        (self.package, self.directory, self.benchmark) = (package, directory, benchmark)
        (self.metric, self.pair) = (metric, pair)
    }
}
