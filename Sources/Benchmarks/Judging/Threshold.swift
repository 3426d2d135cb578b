/// How much worse (or better) a value must be to count: `+5%`, `+1`, `x3`, `>100`, `3sigma`, and `-5%`, `-1`, `<100`,
/// `-3sigma` downwards.
///
/// ```swift
/// let threshold = try Threshold("+5%")
/// let bound = threshold.bound(good: 200, metric: .allocations, pair: .standard)
/// bound?.isCrossed(by: 209)   // false
/// bound?.isCrossed(by: 210)   // true
/// ```
public struct Threshold: Hashable, Sendable, CustomStringConvertible {
    /// The shapes a threshold takes; amounts are positive, the sign is in the case.
    public enum Shape: Hashable, Sendable {
        case riseBy(fraction: Double)
        case fallBy(fraction: Double)
        case rise(Double)
        case fall(Double)
        /// More than an amount above good; that amount itself is still good.
        case riseOver(Double)
        case factor(Double)
        case above(Double)
        case below(Double)
        /// Beyond what the values up to good make likely.
        case moving(MovingBaseline)
    }

    /// How the bound follows from the value at the good end, and by how much.
    public let shape: Shape
    /// The text as the user wrote it; that of a moving baseline names the count of its values.
    public let description: String

    /// Reads a threshold; one with `sigma` or `of the` in it is a moving baseline.
    ///
    /// - Throws: `ThresholdError` with a sentence that shows the accepted forms.
    public init(_ text: String) throws(ThresholdError) {
        let given = text
        let text = given.filter { $0 != " " }
        if text.contains("sigma") || text.contains("ofthe") {
            do {
                let baseline = try MovingBaseline(given)
                (shape, description) = (.moving(baseline), baseline.description)
                return
            } catch { throw ThresholdError("\(error)") }
        }
        guard let shape = Threshold.shape(of: text) else {
            throw ThresholdError(
                "'\(text)' is not a valid threshold. Write +5%, +1, x3 or >100 for what got worse, -5%, -1 or <100 for what got "
                    + "better, 3sigma or 'x3 of the last 10' to go by earlier values, and METRIC=… in front to set one "
                    + "metric only, for example -t 'allocs/op=+1'.")
        }
        self.shape = shape
        description = text
    }

    private static func shape(of text: String) -> Shape? {
        guard let kind = [">+", "+", "-", "x", ">", "<"].first(where: text.hasPrefix) else { return nil }
        var amount = text.dropFirst(kind.count)
        let isPercent = amount.last == "%"
        if isPercent { amount = amount.dropLast() }
        guard let value = Double(plain: amount), !isPercent || kind == "+" || kind == "-" else { return nil }
        // From a rise of nothing on, the good end itself would be bad.
        return switch kind {
        case ">": .above(value)
        case "<": .below(value)
        case _ where value == 0: nil
        case ">+": .riseOver(value)
        case "+": isPercent ? .riseBy(fraction: value / 100) : .rise(value)
        case "-": isPercent ? .fallBy(fraction: value / 100) : .fall(value)
        default: value == 1 ? nil : .factor(value)
        }
    }

    /// Whether it needs no good value to compare with.
    public var isAbsolute: Bool {
        switch shape {
        case .above, .below: true
        default: false
        }
    }

    /// Whether it compares a value with that of the good end, and does not go by the value alone or by earlier ones.
    public var isRelative: Bool { !isAbsolute && baseline == nil }

    /// What it is taken from when it moves with the series; nil otherwise.
    public var baseline: MovingBaseline? { if case .moving(let baseline) = shape { baseline } else { nil } }

    /// The bound that this threshold sets for a metric.
    ///
    /// A fraction or factor has an absolute floor, so 0.001 → 0.002 does not count as a doubling, and no difference is
    /// smaller than what the iterations can tell.
    ///
    /// - Parameters:
    ///   - good: The value at the good end; nil when there is none, which an absolute threshold can do without, and a
    ///     moving one.
    ///   - past: The values up to the good end, the oldest first, which a moving threshold needs enough of.
    ///   - metric: The metric, which decides the floor.
    ///   - pair: The iterations of the series; nil for values without jitter.
    ///   - isReversed: Whether the way back is meant, by as much as takes a value that just crossed back to good. What
    ///     compares nothing with good has none.
    public func bound(
        good: Double?, past: [Double] = [], metric: Metric, pair: IterationPair?, isReversed: Bool = false
    ) -> Bound? {
        if isReversed && !isRelative { return nil }
        switch shape {
        case .above(let value): return Bound(.above, value)
        case .below(let value): return Bound(.below, value)
        case .moving(let baseline): return baseline.bound(for: past, metric: metric, pair: pair)
        default: break
        }
        guard let good else { return nil }
        let part = isReversed ? relative / (isDownward ? max(1 - relative, 0.01) : 1 + relative) : relative
        let difference = max(good.magnitude * part, amount ?? metric.floor(pair), metric.minimum(pair))
        if case .riseOver = shape {
            return isReversed ? Bound(.below, good - difference) : Bound(.above, good + difference)
        }
        return Bound(difference, from: good, isDownward: isDownward != isReversed)
    }

    /// The difference in parts of good; 0 for an amount.
    private var relative: Double {
        switch shape {
        case .riseBy(let fraction), .fallBy(let fraction): fraction
        case .factor(let factor): (factor - 1).magnitude
        default: 0
        }
    }

    /// The difference as an amount; nil when it is relative.
    private var amount: Double? {
        switch shape {
        case .rise(let amount), .fall(let amount), .riseOver(let amount): amount
        default: nil
        }
    }

    /// Whether what is searched is a fall.
    private var isDownward: Bool {
        switch shape {
        case .fall, .fallBy, .below: true
        case .factor(let factor): factor < 1
        case .moving(let baseline): baseline.isDownward
        case .rise, .riseBy, .riseOver, .above: false
        }
    }

    /// The threshold of a metric for which the user gave none.
    public static func standard(for metric: Metric) -> Threshold {
        switch metric {
        case .goroutines, .retainedObjects: Threshold(shape: .riseOver(0.1), description: ">+0.1")
        case .reports: Threshold(shape: .rise(1), description: "+1")
        default:
            // Of a rate such as MB/s, less is worse.
            metric.isCost
                ? Threshold(shape: .riseBy(fraction: 0.05), description: "+5%")
                : Threshold(shape: .fallBy(fraction: 0.05), description: "-5%")
        }
    }

    /// A threshold that no user wrote.
    init(_ shape: Shape) { self.init(shape: shape, description: "") }

    private init(shape: Shape, description: String) {
        self.shape = shape
        self.description = description
    }
}

/// A threshold that could not be read.
public struct ThresholdError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A sentence for the user.
    public let description: String
    init(_ description: String) { self.description = description }
}

extension Threshold {
    /// The threshold as it was applied: where more than was asked for decided on the bound, that is included, as in
    /// `+5% and at least +1`.
    public func description(of bound: Bound?, good: Double?, _ metric: Metric) -> String {
        guard let bound, let good else { return description }
        let asked: Double
        switch shape {
        case .riseBy(let fraction), .fallBy(let fraction): asked = good.magnitude * fraction
        case .factor(let factor): asked = good.magnitude * (factor - 1).magnitude
        case .rise(let amount), .fall(let amount), .riseOver(let amount): asked = amount
        case .above, .below, .moving: return description
        }
        let applied = (bound.value - good).magnitude
        guard metric.formatted(applied) != metric.formatted(asked), applied > asked else { return description }
        return "\(description) and at least \(bound.isUpward ? "+" : "-")\(metric.formatted(applied))"
    }
}
