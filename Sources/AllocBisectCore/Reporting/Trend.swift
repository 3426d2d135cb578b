public import Benchmarks

/// How one series of a history went, from one end of the range to the other.
public struct Trend: Sendable {
    /// The value at the good end, or else the first one that is known, in the metric's unit.
    public var good: Double
    /// The value at the bad end, or else the last one that is known.
    public var bad: Double
    /// How much worse a value must be to count, by the search or else by what the user asked for.
    public var threshold: Threshold
    /// The bound at which a value counts as bad; nil when there is nothing to compare with.
    public var bound: Bound?
    /// The rows at which it steps up or down, in their order.
    public var steps: [Int]
    /// What the search found out about it; nil when it was not searched.
    public var verdict: SeriesVerdict?
    /// Its outcome.
    public var direction: Direction

    /// Creates a trend from its parts.
    public init(
        good: Double, bad: Double, threshold: Threshold, bound: Bound? = nil, steps: [Int],
        verdict: SeriesVerdict? = nil, direction: Direction
    ) {
        (self.good, self.bad, self.threshold, self.bound) = (good, bad, threshold, bound)
        (self.steps, self.verdict, self.direction) = (steps, verdict, direction)
    }

    /// The possible outcomes of a series.
    public enum Direction: Sendable, Hashable, CaseIterable {
        case worse, better
        /// It went up or down, and came back.
        case returned
        case unchanged
    }
}

extension Trend {
    /// Whether its benchmark came in the range, so that there is nothing to compare with.
    public var isNew: Bool { verdict?.outcome == .new }

    /// What a series is known by in a history as well as in a verdict.
    struct Key: Hashable {
        let directory, benchmark: String
        let metric: Metric

        init(_ series: HistorySeries) {
            (directory, benchmark, metric) = (series.directory, series.benchmark, series.metric)
        }

        init(_ series: SeriesVerdict) {
            (directory, benchmark, metric) = (series.directory, series.benchmark, series.metric)
        }
    }

    init(of index: Int, in history: History, searched: SeriesVerdict?, thresholds: ThresholdRules) {
        let series = history.series[index]
        let cells = history.rows.lazy.map { $0.cells[index] }
        // The good end is not a row, but the first row's change tells its value.
        let first = cells.first { $0.value != nil }.flatMap { cell in cell.value.map { $0 - (cell.change ?? 0) } }
        good = searched?.good ?? first ?? 0
        bad = searched?.bad ?? cells.last { $0.value != nil }?.value ?? good
        threshold = searched?.threshold ?? thresholds.threshold(for: series.metric)
        bound =
            searched?.bound ?? threshold.bound(good: good, metric: series.metric, pair: series.pair)
        steps = history.rows.indices.filter { history.rows[$0].cells[index].isStep }
        verdict = searched
        direction = .unchanged
        let isNamed = searched?.outcome == .found || searched?.outcome == .oneOf
        guard isNamed || !steps.isEmpty else { return }
        guard isNamed ? good != bad : endsLieApart(series) else {
            direction = .returned
            return
        }
        direction = (bad > good) == series.metric.isCost ? .worse : .better
    }

    /// Whether the ends differ as much as the threshold asks for, upwards or downwards; the default one where it moves
    /// with the series, and so says nothing of two values alone.
    private func endsLieApart(_ series: HistorySeries) -> Bool {
        let threshold = threshold.baseline == nil ? threshold : .standard(for: series.metric)
        return [(good, bad), (bad, good)].contains { good, bad in
            guard let bound = threshold.bound(good: good, metric: series.metric, pair: series.pair) else {
                return false
            }
            return bound.isCrossed(by: bad) && !bound.isCrossed(by: good)
        }
    }
}
