package import Benchmarks
import Git
import Measuring
import Policy

extension Session {
    /// Measures the ends and judges every series by a policy, without a search.
    mutating func judgeEnds(_ policy: Policy, today: Day) async throws -> [CheckedSeries] {
        judgesEnds = true
        try await measureEnds()
        try CoreError.refuse(
            unreported: policy.namedMetrics.sorted(), in: measured(at: range.base) + measured(at: range.bad),
            namedAt: policy.metricPlaces)
        return series.compactMap { series in
            if series.isUnchanged { return CheckedSeries(unchanged: series, policy: policy) }
            guard let base = readings.reading(series.target, at: range.base)?.reading.measurement,
                let head = readings.reading(series.target, at: range.bad)?.reading.measurement
            else { return nil }
            return CheckedSeries(series, base: base, head: head, policy: policy, today: today)
        }
    }

    /// Searches some series, of those that the ends leave open; nil when there is none.
    mutating func search(_ checked: [CheckedSeries]) async throws -> Verdict? {
        wanted = Set(checked.map(\.key))
        removeUnwanted()
        return series.isEmpty ? nil : try await conclude()
    }

    /// Leaves out the series that nobody wants to have searched.
    mutating func removeUnwanted() {
        guard let wanted else { return }
        series.removeAll { !wanted.contains(CheckedSeries.Key($0.benchmark, $0.metric)) || !$0.isOpenAtEnds }
    }
}

extension CheckedSeries {
    /// What tells series apart.
    package struct Key: Hashable {
        let benchmark: Benchmark
        let metric: Metric

        package init(_ benchmark: Benchmark, _ metric: Metric) {
            self.benchmark = benchmark
            self.metric = metric
        }

        package init(_ series: SeriesVerdict) {
            self.init(Benchmark(package: series.directory, name: series.benchmark), series.metric)
        }
    }

    package var key: Key { Key(benchmark, metric) }
}
