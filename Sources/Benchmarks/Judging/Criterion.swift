/// The rule that turns a series' values at one commit into good, bad, or the wish for more of them.
///
/// ```swift
/// let criterion = Criterion(metric: .allocations, bound: Bound(.atLeast, 2), pair: .standard)
/// criterion.judge(nil)                                        // .needs(rounds: 1)
/// criterion.judge(Sample(.allocations, reported: [3, 3, 3]))  // .bad
/// ```
public struct Criterion: Hashable, Sendable {
    /// The metric of the series.
    public let metric: Metric
    /// The bound at which a value counts as bad.
    public let bound: Bound
    /// What is known of the good end; nil when nothing is.
    public let good: Sample?
    /// The value at the bad end; nil when nothing is known of it.
    public let bad: Double?
    /// The repeats at the bad end; empty when nothing is known of it.
    public let badValues: [Double]
    /// Whether the bound is where the user put it, regardless of the good end.
    public let isAbsolute: Bool
    /// The iterations of the series, which decide how far a value may be off.
    public let pair: IterationPair

    /// Creates the criterion of a series; what is not known of its ends is left out.
    public init(
        metric: Metric, bound: Bound, good: Sample? = nil, bad: Double? = nil, badValues: [Double] = [],
        isAbsolute: Bool = false, pair: IterationPair
    ) {
        (self.metric, self.bound, self.good) = (metric, bound, good)
        (self.bad, self.badValues) = (bad, badValues)
        (self.isAbsolute, self.pair) = (isAbsolute, pair)
    }

    /// What the values say.
    public enum Judgement: Hashable, Sendable {
        case good
        case bad
        /// Not decided until there are this many values.
        case needs(rounds: Int)
        /// The repeats are on both sides of the bound however often it is measured.
        case noise
    }

    /// Judges repeated values of one commit; asks for more while they are near the bound or on both sides of it.
    public func judge(_ sample: Sample?) -> Judgement {
        guard let sample else { return .needs(rounds: 1) }
        let count = sample.values.count
        if metric.behavior == .found {
            if bound.isCrossed(by: sample.value) { return .bad }
            return count < roundsWithoutFault ? .needs(rounds: roundsWithoutFault) : .good
        }
        let isNoisy = isNoisy(sample)
        if isNoisy && count < Criterion.enoughOfNoise { return .needs(rounds: Criterion.enoughOfNoise) }
        let isNear = isNear(sample)
        if isNear && count < metric.minimumRepeats { return .needs(rounds: metric.minimumRepeats) }
        if metric.behavior == .counted && !sample.isVarying { return isBad(sample) ? .bad : .good }
        // What is seen to vary must be known well enough before it is believed.
        if sample.isVarying && isNear && count < Criterion.most { return .needs(rounds: Criterion.most) }
        let most = isNoisy ? 30 : Criterion.most
        let crossing = sample.values.count { bound.isCrossed(by: $0) }
        if crossing != 0 && crossing != count && count < most { return .needs(rounds: most) }
        let share = Double(crossing) / Double(count)
        if share <= 0.2 { return .good }
        guard share >= 0.8 else { return .noise }
        if isNoisy, let good, MannWhitney.p(sample.values, good.values) >= 0.05 { return .noise }
        return .bad
    }

    /// Whether values differ from those of the good end only where a rank test says so.
    private func isNoisy(_ sample: Sample) -> Bool {
        if metric.behavior == .timed { return true }
        guard !isAbsolute, let good else { return false }
        return sample.isNoisy || good.isNoisy
    }

    /// How many repeats the bad end has at least, beyond those that decide about it: where it has a fault, enough to tell how
    /// often one meets it.
    public var roundsAtBadEnd: Int {
        metric.behavior == .found && badValues.contains { bound.isCrossed(by: $0) } ? 10 : 0
    }

    /// After how many repeats without a fault there is none, where one run may meet it and another one miss it.
    ///
    /// By how many repeats at the bad end met it (and one more of each sort, for what so few of them tell), a commit that has
    /// that many would miss it at most once in a hundred times.
    private var roundsWithoutFault: Int {
        let hits = badValues.count { bound.isCrossed(by: $0) }
        guard hits > 0 else { return metric.minimumRepeats }
        let miss = 1 - Double(hits + 1) / Double(badValues.count + 2)
        var (rounds, chance) = (0, 1.0)
        while chance > 0.01 { (rounds, chance) = (rounds + 1, chance * miss) }
        return max(metric.minimumRepeats, rounds)
    }

    /// How many noisy values a rank test needs.
    private static let enoughOfNoise = 10

    /// After how many repeats a value that will not settle is taken as it is.
    private static let most = 7

    /// Whether a settled count is beyond the bound.
    ///
    /// Where it cannot be distinguished from the bound, the bound tells nothing, as where a step is exactly as large as
    /// what was asked for. Then it belongs to the level that it is closer to: that of the good end, or the first bad
    /// one.
    private func isBad(_ sample: Sample) -> Bool {
        let value = sample.value
        let uncertainty = max(sample.tolerance, good?.tolerance ?? 0)
        guard let good, uncertainty > 0, (value - bound.value).magnitude <= uncertainty else {
            return bound.isCrossed(by: value)
        }
        let bad = bad ?? bound.value
        let level = bound.isUpward ? min(bad, bound.value) : max(bad, bound.value)
        return (value - level).magnitude < (value - good.value).magnitude
    }

    /// Whether the value might be on the other side of the bound.
    ///
    /// A whole number does not, and what is none may vary in ways that a single measurement does not show.
    private func isNear(_ sample: Sample) -> Bool {
        let distance = (sample.value - bound.value).magnitude
        let uncertainty = max(sample.tolerance, good?.tolerance ?? 0)
        guard uncertainty > 0 else { return false }
        guard metric.behavior != .timed, let asked else { return distance <= uncertainty }
        switch metric.behavior {
        // Growth that is not there is a value of its own, and no reason to measure on.
        case .growth: return distance <= min(max(uncertainty, asked / 2), asked * 0.6)
        case .counted: return distance <= max(uncertainty, asked / 2)
        case .reported, .timed, .found: return distance <= uncertainty
        }
    }

    /// How large a difference the threshold asks for; nil when it asks for none.
    private var asked: Double? {
        guard !isAbsolute, let good else { return nil }
        return (bound.value - good.value).magnitude
    }
}

extension Criterion {
    /// Why a commit cannot be the one that made the step, although it is bad and the one before it is not; nil when it
    /// can.
    ///
    /// What noise carries over the bound is not a step: it must be larger than what both values may be off, and at
    /// least half of what the threshold asks for.
    public func objection(to after: Sample, after before: Sample) -> String? {
        let difference = bound.isUpward ? after.value - before.value : before.value - after.value
        let values = "\(metric.formatted(before.value)) → \(metric.formatted(after.value)) \(metric)"
        if metric.behavior == .counted || metric.behavior == .growth {
            let jitter = max(before.tolerance, after.tolerance)
            if difference <= jitter { return "\(values) is within the spread of its repeats" }
        }
        if let asked, difference < asked / 2 {
            return "\(values) is less than half of the \(metric.formatted(asked)) that the threshold asks for"
        }
        return nil
    }
}
