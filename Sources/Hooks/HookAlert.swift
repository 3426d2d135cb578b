public import Benchmarks
public import Git
public import Policy

/// A regression, or what the policy warns of, that was found by way of a hook.
public struct HookAlert: Sendable, Codable {
    /// The culprit; the newest of several when no single one can be named.
    public let commit: ObjectID
    /// The merge that brought it in, of the commits that the branch itself went through; nil when it is one of them.
    public internal(set) var merge: ObjectID?
    /// The first line of its message.
    public let subject: String
    /// Of how many commits one is the culprit; 1 when it is known.
    public let candidates: Int
    /// The range that was searched.
    public let good, bad: ObjectID
    /// What got worse there, at least one; what is only warned of comes last.
    public internal(set) var series: [Series]

    /// A series that crossed its threshold.
    public struct Series: Sendable, Codable {
        /// The package's import path.
        public let package: String
        /// The benchmark's full name.
        public let benchmark: String
        /// The unit of the metric that got worse, such as `allocs/op`.
        public let unit: String
        /// The values on both sides of the threshold.
        public let before, after: Double
        /// What it means that it got worse; nil in what was written before this was known, and then a regression.
        public let severity: Severity?

        private enum CodingKeys: String, CodingKey {
            case package, benchmark, before, after, severity
            case unit = "metric"
        }

        /// The metric that got worse, by its unit.
        public var metric: Metric { Metric(unit) }
    }

    /// Whether the policy only warns of all that got worse there.
    public var isWarning: Bool { series.allSatisfy { $0.severity == .warn } }
}
