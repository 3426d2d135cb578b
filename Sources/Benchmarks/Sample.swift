/// The repeated values of one benchmark and metric at one commit, and the value that stands for them.
///
/// A value is what one more operation costs: the slope of the probe's totals between N1 and N2, in which set-up
/// cancels.
///
/// ```swift
/// let sample = Sample(.time, reported: [103, 99, 100])
/// sample?.value       // 100, the median
/// sample?.isNoisy     // true
/// ```
public struct Sample: Hashable, Sendable {
    /// What was measured, which decides how the values are summarised.
    public let metric: Metric
    /// One value a round that has it, in the metric's unit.
    public let values: [Double]
    /// The value that stands for them.
    public let value: Double
    /// How far the value may be off; 0 when it is a whole number for certain, infinite when nothing is known of it.
    public let tolerance: Double
    /// Whether counts were seen to differ from round to round by more than strays explain, as with random inputs.
    public let isVarying: Bool
    /// Whether the cost of an operation grows with the number of operations. The value is then the mean of N2
    /// operations.
    public let isGrowing: Bool

    /// Whether values say little one by one: those of a clock, and what a benchmark reports by itself and is seen to vary.
    /// What is not above zero has no ratio to compare by.
    public var isNoisy: Bool {
        switch metric.behavior {
        case .timed: true
        case .reported: values.min() != values.max() && values.allSatisfy { $0 > 0 }
        case .counted, .growth, .found: false
        }
    }

    /// A sample of values that stand by themselves, as a benchmark reports them; nil for none.
    public init?(_ metric: Metric, reported values: [Double]) {
        let found =
            switch metric.behavior {
            case .counted: values.min()
            case .found: values.max()
            case .growth, .reported, .timed: values.median
            }
        guard let value = found else { return nil }
        let spread = metric.behavior == .found ? 0 : values.spread
        self.init(metric, values, value, tolerance: values.count < metric.minimumRepeats ? .infinity : spread)
    }

    private init(
        _ metric: Metric, _ values: [Double], _ value: Double, tolerance: Double, isVarying: Bool = false,
        isGrowing: Bool = false
    ) {
        (self.metric, self.values, self.value) = (metric, values, value)
        (self.tolerance, self.isVarying, self.isGrowing) = (tolerance, isVarying, isGrowing)
    }

    /// The sample as it would be if everything had cost as much more as it takes to come to another value.
    public func moved(to value: Double) -> Sample {
        Sample(
            metric, values.map { $0 + (value - self.value) }, value, tolerance: tolerance, isVarying: isVarying,
            isGrowing: isGrowing)
    }

    /// A sample from the probe's totals; nil when nothing was counted.
    ///
    /// - Parameters:
    ///   - totals: What each round counted. Growth needs both runs of a round.
    ///   - pair: The iterations that ran.
    init?(_ metric: Metric, totals: [Totals], pair: IterationPair) {
        let needsBoth = metric.behavior == .growth || metric.behavior == .timed && pair.span > 0
        let totals = (needsBoth ? totals.filter { $0.short != nil && pair.span > 0 } : totals)
            .filter { metric != .cpuTime || $0.tellsTime }
        guard let highest = totals.map(\.long).max(), let lowest = totals.map(\.long).min() else { return nil }
        let values = totals.map { $0.value(metric, pair) }
        if metric.behavior == .timed {
            self.init(metric, reported: values)
            return
        }
        let isRepeated = values.count >= metric.minimumRepeats
        guard metric.behavior == .counted else {
            let value = metric.cleaned(values.median ?? 0, pair)
            self.init(metric, values, value, tolerance: metric.tolerance(of: value, pair, isRepeated: isRepeated))
            return
        }
        // The least of each run is the one with the fewest strays in it.
        let minimum = Totals(short: totals.compactMap(\.short).min(), long: lowest)
        let isGrowing = minimum.isGrowing(metric, pair)
        if highest - lowest > metric.strays(iterations: pair.long) {
            self.init(
                metric, values, metric.cleaned(values.median ?? 0, pair), tolerance: values.spread, isVarying: true,
                isGrowing: isGrowing)
        } else {
            let value = minimum.value(metric, pair)
            self.init(
                metric, values, value, tolerance: metric.tolerance(of: value, pair, isRepeated: isRepeated),
                isGrowing: isGrowing)
        }
    }

    /// What the probe counted in both runs of a round; the shorter one is missing when there was none.
    struct Totals {
        var short: Double?
        var long: Double

        /// What one operation costs, cleaned.
        func value(_ metric: Metric, _ pair: IterationPair) -> Double {
            guard let short, pair.span > 0, !isGrowing(metric, pair) else {
                return metric.cleaned(long / Double(pair.long), IterationPair(short: pair.long, long: pair.long))
            }
            return metric.cleaned((long - short) / Double(pair.span), pair)
        }

        /// Whether nanoseconds of processors tell what operations take, and not what the kernel's count of them is off by:
        /// some tenths of a millisecond, or a few hundredths of a run that sets up for long.
        var tellsTime: Bool { long - (short ?? 0) >= max(1e6, 0.05 * long) }

        /// Whether an operation costs much more on average at N2 than at N1, where set-up makes it cost less.
        func isGrowing(_ metric: Metric, _ pair: IterationPair) -> Bool {
            guard metric.behavior == .counted, let short, pair.span > 0 else { return false }
            let (before, after) = (short / Double(pair.short), long / Double(pair.long))
            return after > before * 1.25 + max(0.5, metric.strays(iterations: pair.long) / Double(pair.short))
        }
    }
}

extension Metric {
    /// How far a value may be off after all that was done against strays.
    fileprivate func tolerance(of value: Double, _ pair: IterationPair, isRepeated: Bool) -> Double {
        let jitter = jitter(pair)
        switch self {
        case .bytes: return isRepeated ? 1 + 1024 / Double(pair.divisor) : jitter
        case .retainedBytes: return jitter
        case .allocations where jitter >= 0.5:
            // Of so few iterations every value is a whole number, which repeats settle.
            return max(isRepeated ? 0 : jitter, chance(at: value))
        default: return value == value.rounded() && jitter < 0.5 ? 0 : jitter
        }
    }
}

extension [Double] {
    /// The difference between the largest and the smallest value.
    fileprivate var spread: Double { (self.max() ?? 0) - (self.min() ?? 0) }

    /// The middle value, or the mean of the two middle ones; nil for none.
    public var median: Double? {
        guard !isEmpty else { return nil }
        let sorted = self.sorted()
        return count.isMultiple(of: 2) ? (sorted[count / 2 - 1] + sorted[count / 2]) / 2 : sorted[count / 2]
    }
}
