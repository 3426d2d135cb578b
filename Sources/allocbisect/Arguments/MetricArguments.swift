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

    /// The metrics that are named, or else the standard ones.
    var followed: [Metric] { metrics.isEmpty ? Metric.standard : metrics.map(Metric.init) }
}
