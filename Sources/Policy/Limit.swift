public import Benchmarks

/// An entry of a policy's `thresholds`: how much worse some series may be, and what it means when they are.
public struct Limit: Sendable, Hashable {
    /// The series that are meant.
    public let filter: SeriesFilter
    /// The threshold; nil leaves it to the other entries.
    public let threshold: Threshold?
    /// The severity; nil leaves it to the other entries.
    public let severity: Severity?
}
