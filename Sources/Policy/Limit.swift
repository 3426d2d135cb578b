public import Benchmarks

/// An entry of a policy's `thresholds`, or a bound of its `all` or `any`: how much worse some series may be, and what it
/// means when they are.
public struct Limit: Sendable, Hashable {
    /// The series that are meant.
    public let filter: SeriesFilter
    /// The threshold; nil leaves it to the other entries.
    public let threshold: Threshold?
    /// The severity; nil leaves it to the other entries.
    public let severity: Severity?
    /// The `all` that it is a bound of; nil where it stands for itself.
    let condition: Condition?

    /// The bounds of an `all`, which mean something together only.
    struct Condition: Sendable, Hashable {
        /// The metrics of the bounds, each once, in the order of the file.
        let metrics: [Metric]
        /// Where the entry stands in the file, from 1 on.
        let line: Int
    }
}
