public import Benchmarks

/// An entry of a policy's `accept`: a commit whose values are the new baseline of some series.
public struct Acceptance: Sendable, Hashable {
    /// The commit, as the file names it.
    public let commit: String
    /// The series that are meant.
    public let filter: SeriesFilter
    /// Why.
    public let reason: String
    /// Where it stands in the file, from 1 on.
    public let line: Int
}
