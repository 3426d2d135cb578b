/// The thresholds of all metrics: what the user set for one metric or for all, and the defaults for the rest.
public struct ThresholdRules: Hashable, Sendable {
    private var general: Threshold?
    private var byMetric: [Metric: Threshold] = [:]

    /// Reads `-t` arguments: `+5%` for every metric, `allocs/op=+1` for one; a later one replaces an earlier one.
    public init(_ arguments: [String] = []) throws(ThresholdError) {
        for argument in arguments {
            let argument = argument.filter { $0 != " " }
            // No unit starts with a comparison, so ">=1" is a misspelt threshold.
            if let equals = argument.firstIndex(of: "="), let first = argument.first, !"=<>".contains(first) {
                byMetric[Metric(String(argument[..<equals]))] =
                    try Threshold(String(argument[argument.index(after: equals)...]))
            } else {
                general = try Threshold(argument)
            }
        }
    }

    /// The threshold that applies to a metric.
    public func threshold(for metric: Metric) -> Threshold {
        byMetric[metric] ?? general ?? .standard(for: metric)
    }

    /// The metrics that a threshold names.
    public var namedMetrics: Set<Metric> { Set(byMetric.keys) }
}
