import ArgumentParser
import Benchmarks

/// The arguments that say which series are followed, and how their values are judged.
struct SeriesArguments: ParsableArguments {
    @OptionGroup var metric: MetricArguments

    @Option(
        name: [.customShort("t"), .customLong("threshold")], parsing: .unconditionalSingleValue,
        help: .init(
            "The bound at which a value counts as bad: +5%, +1, x3, >100, -5%, -1, <100; 3sigma, 'x3 of the last 10' or '+200% of the "
                + "previous window, at least +1 and +5%' to go by earlier values; or METRIC=…", valueName: "bound"),
        completion: .list(Metric.known.map(\.unit)))
    var thresholds: [String] = []

    @Flag(help: "Measure commits even if no file that Go reads for them differs from a measured commit's.")
    var noInputClasses = false

    /// Reads what was given with `-t`.
    ///
    /// - Throws: `ValidationError` for what is not a threshold.
    func rules() throws -> ThresholdRules {
        do { return try ThresholdRules(thresholds) } catch { throw ValidationError("\(error)") }
    }

    /// The metrics that are named, by whatever argument.
    func followed(_ running: RunningArguments) throws -> [Metric] {
        (metric.followed(running) + (try rules()).namedMetrics.sorted()).reduce(into: []) {
            if !$0.contains($1) { $0.append($1) }
        }
    }
}
