/// The thresholds of all series: what the user set for some benchmarks, for one metric or for all, and the defaults for
/// the rest.
public struct ThresholdRules: Hashable, Sendable {
    private var general: Threshold?
    private var byMetric: [Metric: Threshold] = [:]
    private var bySeries: [SeriesRule] = []

    private struct SeriesRule: Hashable {
        let filter: SeriesFilter
        let threshold: Threshold
    }

    /// The rules of a user who set no threshold: each metric has its standard one.
    public static let standard = ThresholdRules()

    private init() {}

    /// Reads `-t` arguments: `+5%` for every metric, `allocs/op=+1` for one; a later one replaces an earlier one.
    public init(_ arguments: [String]) throws(ThresholdError) {
        for argument in arguments {
            // No unit starts with a comparison, so ">=1" is a misspelt threshold.
            if let equals = argument.firstIndex(of: "="), let first = argument.first(where: { $0 != " " }),
                !"=<>".contains(first)
            {
                byMetric[Metric(argument[..<equals].filter { $0 != " " })] =
                    try Threshold(String(argument[argument.index(after: equals)...]))
            } else {
                general = try Threshold(argument)
            }
        }
    }

    /// Sets the threshold of some series, before which those for whole metrics stand back; a later one replaces an
    /// earlier one where both fit.
    public mutating func add(_ threshold: Threshold, for filter: SeriesFilter) {
        bySeries.append(SeriesRule(filter: filter, threshold: threshold))
    }

    /// The threshold that applies to a metric.
    public func threshold(for metric: Metric) -> Threshold {
        byMetric[metric] ?? general ?? .standard(for: metric)
    }

    /// The threshold that applies to a series.
    public func threshold(for metric: Metric, of benchmark: Benchmark) -> Threshold {
        bySeries.last { $0.filter.matches(benchmark, metric) }?.threshold ?? threshold(for: metric)
    }

    /// How many values the longest moving baseline is taken from; nil when no threshold moves.
    public var longestWindow: Int? {
        let all = [general].compactMap { $0 } + byMetric.values + bySeries.map(\.threshold)
        return all.compactMap { $0.baseline?.count }.max()
    }

    /// Whether every threshold compares a value with that of the good end, and none goes by the value alone or by earlier
    /// ones.
    public var areRelative: Bool {
        let all = [general].compactMap { $0 } + byMetric.values + bySeries.map(\.threshold)
        return all.allSatisfy(\.isRelative)
    }

    /// The metrics that a threshold names.
    public var namedMetrics: Set<Metric> { Set(byMetric.keys).union(bySeries.compactMap(\.filter.metric)) }
}
