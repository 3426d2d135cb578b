public import Benchmarks
public import Git

/// One commit of a history.
public struct HistoryRow: Sendable {
    /// The commit.
    public var commit: Commit
    /// What each series has here, in the order of the series.
    public var cells: [HistoryCell]
    /// Why no series has a value; nil when one has.
    public var skipped: String?
    /// The merge that brought the commit in, which follows; nil for one that was asked for with the others.
    public var merge: ObjectID?
}

/// What one series has at one commit.
public struct HistoryCell: Sendable, Hashable {
    /// The value that stands for the repeats; nil when there is none.
    public var value: Double?
    /// The repeats.
    public var repeats: [Double] = []
    /// How far the value may be off, in the metric's unit.
    public var tolerance = 0.0
    /// The difference to the value before it along first parents; nil when there is none to compare with.
    public var change: Double?
    /// Whether that difference is as large as the threshold asks for, upwards or downwards; with a metric that varies,
    /// whether a change point analysis finds a step there, and by a moving threshold, whether the value lies beyond it
    /// and the one before it does not.
    public var isStep = false
    /// Whether another commit was measured, in which all inputs are the same.
    public var isShared = false
    /// Why there is no value; nil when there is one.
    public var reason: String?
}

/// One benchmark and metric, as a column of a history.
public struct HistorySeries: Sendable, Hashable {
    /// The package's import path.
    public var package: String
    /// The package's folder relative to the repository's root, `.` for the root.
    public var directory: String
    /// The benchmark's full name.
    public var benchmark: String
    /// The metric.
    public var metric: Metric
    /// The iterations of its measurements.
    public var pair: IterationPair
}
