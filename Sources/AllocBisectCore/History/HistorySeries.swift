public import Benchmarks

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
