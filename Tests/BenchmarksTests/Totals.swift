import Benchmarks

/// Measurements with the totals that the probe prints, as tests need them.
enum Totals {
    static let name = "BenchmarkA"
    static let target = Measurement.Target(package: ".", pattern: "^BenchmarkA$")

    /// A sample of a metric from the totals of each round, at N1 and at N2.
    static func sample(
        _ metric: Metric, _ totals: [(short: Double, long: Double)], _ pair: IterationPair = .standard
    ) -> Sample? {
        let unit = units[metric] ?? metric.unit
        let rounds = totals.map { Round(short: [name: [unit: $0.short]], long: [name: [unit: $0.long]]) }
        return Measurement(target: target, pair: pair, rounds: rounds).sample(name, metric)
    }

    /// A sample of a benchmark with these costs of an operation, one a round.
    static func sample(_ metric: Metric, each values: [Double], _ pair: IterationPair = .standard) -> Sample? {
        sample(metric, values.map { ($0 * Double(pair.short), $0 * Double(pair.long)) }, pair)
    }

    private static let units: [Metric: String] = [
        .allocations: "probe-mallocs", .bytes: "probe-bytes", .goroutines: "probe-goroutines",
        .cpuTime: "probe-cpu-ns", .retainedObjects: "probe-live-objects", .retainedBytes: "probe-live-bytes",
    ]
}
