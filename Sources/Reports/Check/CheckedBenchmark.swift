import AllocBisectCore
import Benchmarks

/// A benchmark with all that a check says of its metrics, which documents show side by side.
struct CheckedBenchmark {
    /// The series of its metrics, the most telling first: by state, and then by how much they changed.
    let series: [CheckedSeries]

    /// How many metrics are shown of a benchmark; of the others, only their remarks are shown.
    static let mostMetrics = 4

    /// The benchmarks of a check that have something to report, in the check's order.
    static func all(of check: Check) -> [CheckedBenchmark] {
        let series = Dictionary(grouping: check.series, by: \.benchmark)
        var seen: Set<Benchmark> = []
        return check.series.filter { seen.insert($0.benchmark).inserted }
            .map { CheckedBenchmark(series[$0.benchmark] ?? []) }.filter { !$0.reported.isEmpty }
    }

    private init(_ series: [CheckedSeries]) {
        // The sort is not stable, so that the metrics' order is spelt out.
        self.series = series.enumerated().sorted {
            ($0.element.rank, -$0.element.relativeChange, $0.offset)
                < ($1.element.rank, -$1.element.relativeChange, $1.offset)
        }.map(\.element)
    }

    /// The state of its worst series.
    var kind: CheckedSeries.State.Kind { series[0].state.kind }

    /// The series that are not simply fine.
    var reported: [CheckedSeries] { series.filter(\.isReported) }

    /// The metrics that are shown of some benchmarks, those first that tell most of any.
    static func metrics(of benchmarks: [CheckedBenchmark]) -> [Metric] {
        let shown = benchmarks.flatMap { $0.series.prefix(mostMetrics) }
        let order = CheckedBenchmark(shown).series.map(\.metric)
        return order.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// The series of a metric, where it is one of those that are shown.
    func shown(_ metric: Metric) -> CheckedSeries? {
        series.prefix(CheckedBenchmark.mostMetrics).first { $0.metric == metric }
    }
}

extension CheckedSeries {
    fileprivate var rank: Int { State.Kind.allCases.firstIndex(of: state.kind) ?? 0 }

    /// By how much it changed, in parts of what it was, or of one where it was less; 0 where that is not known.
    fileprivate var relativeChange: Double {
        guard let before, let after else { return 0 }
        return (after - before).magnitude / max(1, before.magnitude)
    }
}
