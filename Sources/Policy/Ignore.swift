public import Benchmarks

/// An entry of a policy's `ignore`: series that may get worse until a day.
public struct Ignore: Sendable, Hashable {
    /// The series that are meant.
    public let filter: SeriesFilter
    /// Why.
    public let reason: String
    /// The last day on which it counts.
    public let until: Day
    /// Where it stands in the file, from 1 on.
    public let line: Int

    /// Whether it no longer counts.
    public func hasExpired(on day: Day) -> Bool { until < day }
}
