import ArgumentParser
import Benchmarks

/// The argument that names metrics.
struct MetricArguments: ParsableArguments {
    @Option(
        name: [.customShort("m"), .customLong("metric")],
        help: .init(
            "A metric to follow; can be repeated. (default: allocs/op, goroutines/op, retained-objects/op)",
            valueName: "unit"), completion: .list(Metric.known.map(\.unit)))
    var metrics: [String] = []

    /// The metrics that are named, or else what is usually asked for.
    ///
    /// - Parameter running: How benchmarks run: with a sanitizer, its reports are what is usually asked for.
    func followed(_ running: RunningArguments) -> [Metric] {
        guard metrics.isEmpty else { return metrics.map(Metric.init) }
        return running.sanitizer == nil ? Metric.standard : [.reports]
    }
}
