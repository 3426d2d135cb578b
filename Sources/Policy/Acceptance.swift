public import Benchmarks

/// An entry of a policy's `accept`: a commit whose values are the new baseline of some series.
public struct Acceptance: Sendable, Hashable {
    /// The commit, as the file names it.
    public let commit: String
    /// The series that are meant.
    public let filter: SeriesFilter
    /// Why the step was accepted, in the user's words.
    public let reason: String
    /// Where it stands in the file, from 1 on.
    public let line: Int
}

/// An entry of a policy's `ignore`: series that may get worse until a day.
public struct Ignore: Sendable, Hashable {
    /// The series that are meant.
    public let filter: SeriesFilter
    /// Why the series is ignored, in the user's words; every report repeats it.
    public let reason: String
    /// The last day on which it counts.
    public let until: Day
    /// Where it stands in the file, from 1 on.
    public let line: Int

    /// Whether it no longer counts.
    public func hasExpired(on day: Day) -> Bool { until < day }
}

/// What it means for the check when a series is worse than its threshold allows.
public enum Severity: String, Sendable, Hashable, CaseIterable, Codable {
    /// The check fails, and so does what waits for it.
    case fail
    /// It is reported, and the check passes.
    case warn
}
