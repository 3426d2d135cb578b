/// The rule that turns a series' values at one commit into good, bad, or the wish for more of them.
public struct Criterion: Hashable, Sendable {
    /// The metric of the series.
    public let metric: Metric
    /// From where on a commit is bad.
    public let bound: Bound
    /// The values at the good end, which a timed metric is compared with.
    public let reference: [Double]
    /// N2 of the series, which decides how far stray allocations move a value.
    public let iterations: Int

    /// A criterion.
    public init(metric: Metric, bound: Bound, reference: [Double], iterations: Int) {
        self.metric = metric
        self.bound = bound
        self.reference = reference
        self.iterations = iterations
    }

    /// What the values say.
    public enum Judgement: Hashable, Sendable {
        case good
        case bad
        /// Not decided until there are this many values.
        case needs(rounds: Int)
        /// The repeats lie on both sides of the bound however often it is measured.
        case noise
    }

    /// Judges repeated values of one commit; asks for more while they lie near the bound or on both sides of it.
    public func judge(_ values: [Double]) -> Judgement {
        guard let stands = metric.summary(of: values) else { return .needs(rounds: 1) }
        let isNear = isNear(stands)
        if metric.behavior == .counted {
            let judgement: Judgement = bound.isCrossed(by: stands) ? .bad : .good
            // Pollution only adds: what lies below the bound is below it without pollution as well.
            let isBelow = bound.isUpward ? judgement == .good : judgement == .bad
            return isNear && !isBelow && values.count < metric.leastRepeats
                ? .needs(rounds: metric.leastRepeats) : judgement
        }
        if isNear && values.count < metric.leastRepeats { return .needs(rounds: metric.leastRepeats) }
        let crossing = values.count { bound.isCrossed(by: $0) }
        if crossing != 0 && crossing != values.count && values.count < most { return .needs(rounds: most) }
        let share = Double(crossing) / Double(values.count)
        if share <= 0.2 { return .good }
        guard share >= 0.8 else { return .noise }
        if metric.behavior == .timed, !reference.isEmpty, MannWhitney.p(values, reference) >= 0.05 { return .noise }
        return .bad
    }

    /// Judges the values of the good end, whose own value sets the bound: pollution there would hide a change, so values
    /// near the bound are repeated whatever their side.
    public func judgeGoodEnd(_ values: [Double]) -> Judgement {
        guard let stands = metric.summary(of: values) else { return .needs(rounds: 1) }
        return isNear(stands) && values.count < metric.leastRepeats
            ? .needs(rounds: metric.leastRepeats) : judge(values)
    }

    private func isNear(_ value: Double) -> Bool {
        (value - bound.value).magnitude <= metric.jitter(iterations: iterations)
    }

    /// After how many repeats a value that will not settle is taken as it is.
    private var most: Int { metric.behavior == .timed ? 30 : 7 }
}
