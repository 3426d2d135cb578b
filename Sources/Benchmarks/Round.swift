/// What one pair of processes printed: every unit of every benchmark at N1 and at N2, as it was printed.
///
/// A round holds no values. They are derived from it (`Sample`), so that a rule can change without measuring again.
public struct Round: Sendable, Equatable {
    /// Numbers by benchmark name and unit.
    public typealias Results = [String: [String: Double]]

    /// The run at N1; empty when N1 equals N2.
    public var short: Results
    /// The run at N2.
    public var long: Results

    /// A round that is known, as a cache keeps it.
    public init(short: Results = [:], long: Results = [:]) {
        (self.short, self.long) = (short, long)
    }

    /// A round from what the two processes printed.
    ///
    /// - Parameters:
    ///   - short: The results at N1; none when N1 equals N2.
    ///   - long: The results at N2.
    ///   - pair: The iterations that were asked for.
    public init(short: [BenchmarkResult], long: [BenchmarkResult], pair: IterationPair) {
        self.short = Round.results(short, iterations: pair.short)
        self.long = Round.results(long, iterations: pair.long)
    }

    private static func results(_ results: [BenchmarkResult], iterations: Int) -> Results {
        Dictionary(results.map { ($0.name, $0.kept(iterations: iterations)) }, uniquingKeysWith: { $1 })
    }
}

extension BenchmarkResult {
    /// The units that are kept: neither those that say nothing of the commit, nor what Go derives from the totals.
    ///
    /// - Parameter asked: The iterations that were asked for.
    func kept(iterations asked: Int) -> [String: Double] {
        var kept = values.filter { ProbeUnit(rawValue: $0.key)?.isTransient != true && $0.value.isFinite }
        for metric in [Metric.allocations, .bytes] where kept[metric.unit] == truncated(metric) {
            kept[metric.unit] = nil
        }
        if iterations != asked { kept[ProbeUnit.iterations.rawValue] = Double(iterations) }
        return kept
    }

    /// The whole number that Go prints for a total. Where it printed another one, the benchmark reported the unit by
    /// itself with `b.ReportMetric`.
    func truncated(_ metric: Metric) -> Double? {
        guard let unit = metric.total, let total = values[unit.rawValue] else { return nil }
        return (total / Double(iterations)).rounded(.towardZero)
    }
}
