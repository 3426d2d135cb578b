public import Benchmarks

/// What a check demands of a range, as `.allocbisect.yml` at the repository's root says it.
///
/// ```yaml
/// packages: [./...]            # as for go test, from the repository's root
/// functions: [benchmarks]      # or tests, or both
/// benchmarks: .                # as for go test -bench
/// metrics: [allocs/op, B/op]
/// severity: fail               # or warn: reported, and the check passes
/// missing: fail                # the same for a benchmark that has no value at head any more
/// thresholds:                  # the last one that fits a series counts
///   - threshold: +5%
///   - benchmark: ^BenchmarkRender
///     package: ./report/...
///     metric: allocs/op
///     threshold: '>100'
///     severity: warn
///   - package: ./feed
///     all:                     # worse only where both are crossed; any: is short for an entry for each
///       - {metric: allocs/op, threshold: +5%}
///       - {metric: B/op, threshold: +10%}
/// ignore:
///   - benchmark: ^BenchmarkDial$
///     reason: depends on the kernel, see issue 12
///     until: 2026-12-31        # the last day on which it counts
/// accept:
///   - commit: 3f1c2d4
///     benchmark: ^BenchmarkDepth$
///     metric: allocs/op
///     reason: exact depths are worth two allocations
/// ```
/// Every key may be left out, except those without which an entry means nothing. `package`, `benchmark` and `metric`
/// choose series in the same way everywhere (`SeriesFilter`).
public struct Policy: Sendable, Hashable {
    /// The file that it was read from, as it is named to the user.
    public var file = Policy.fileName
    /// The packages that are measured, as Go patterns from the repository's root.
    public var packages = ["./..."]
    /// What is measured: benchmarks, tests, or both.
    public var kinds: Set<FunctionKind> = [.benchmark]
    /// The benchmarks and tests that are measured; nil for all.
    public var pattern: BenchPattern?
    /// The metrics that are compared.
    public var metrics = Metric.standard
    /// What a crossed threshold means unless an entry says otherwise.
    public var severity = Severity.fail
    /// What it means when a series that has a value at the base has none at head.
    public var missing = Severity.fail
    /// The thresholds, of which the last one that fits counts.
    public var limits: [Limit] = []
    /// The series that may get worse for a while.
    public var ignores: [Ignore] = []
    /// The steps that are accepted.
    public var acceptances: [Acceptance] = []
    /// Where the file names each metric first, with line and column: `.allocbisect.yml:1:11`.
    public internal(set) var metricPlaces: [Metric: String] = [:]

    /// The name of the file at the repository's root.
    public static let fileName = ".allocbisect.yml"

    /// The policy of a repository without a file: every benchmark, the standard metrics and thresholds.
    public init() {}

    /// The thresholds as a search takes them.
    public var thresholds: ThresholdRules {
        var rules = ThresholdRules.standard
        for limit in limits {
            if let threshold = limit.threshold { rules.add(threshold, for: limit.filter) }
        }
        return rules
    }

    /// Every metric that it names anywhere.
    public var namedMetrics: Set<Metric> {
        Set(metrics + (limits.map(\.filter) + ignores.map(\.filter) + acceptances.map(\.filter)).compactMap(\.metric))
    }

    /// What it means when a series crosses its threshold.
    public func severity(of benchmark: Benchmark, _ metric: Metric) -> Severity {
        limits.last { $0.severity != nil && $0.filter.matches(benchmark, metric) }?.severity ?? severity
    }

    /// The metrics of a benchmark that break the policy together only, this one among them, as an entry's `all` says it;
    /// empty where the metric stands for itself.
    ///
    /// Of each metric the last entry with a threshold counts, so that a later one takes the metric out; what is left alone
    /// then stands for itself.
    public func condition(of benchmark: Benchmark, _ metric: Metric) -> [Metric] {
        let condition = { (metric: Metric) in
            limits.last { $0.threshold != nil && $0.filter.matches(benchmark, metric) }?.condition
        }
        guard let own = condition(metric) else { return [] }
        let metrics = own.metrics.filter { condition($0) == own }
        return metrics.count > 1 ? metrics : []
    }

    /// The entry that lets a series get worse on a day; nil when there is none, or none that has not expired.
    public func ignore(of benchmark: Benchmark, _ metric: Metric, on day: Day) -> Ignore? {
        ignores.first { !$0.hasExpired(on: day) && $0.filter.matches(benchmark, metric) }
    }
}
