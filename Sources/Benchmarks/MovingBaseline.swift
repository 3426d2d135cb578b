/// A bound that moves with a series, taken from its last values: `3sigma`, `x3 of the last 10`, `+200%`, and `-3sigma`,
/// `x0.5`, `-50%` downwards.
public struct MovingBaseline: Hashable, Sendable, CustomStringConvertible {
    /// How far from the baseline bad begins; amounts are positive.
    public enum Distance: Hashable, Sendable {
        /// Standard deviations from the mean, as in Shewhart, Economic Control of Quality of Manufactured Product (1931).
        case sigmas(Double)
        /// A fraction of the median; the factor 3 is the fraction 2.
        case fraction(Double)
    }

    /// The distance.
    public let distance: Distance
    /// Whether what is searched is a fall.
    public let isDownward: Bool
    /// How many values the baseline is taken from.
    public let count: Int
    /// The least difference that counts, in the metric's unit; nil for the metric's own.
    public let absoluteFloor: Double?
    /// The least difference that counts, in parts of the baseline.
    public let relativeFloor: Double
    /// The text, which names the count and the floors that were set; it parses back.
    public let description: String

    /// How many values the previous window holds when the text does not say.
    ///
    /// So many normal values cross `3sigma` by chance 4 times in 1,000, ten cross it 9 times; the 1.3 times of the normal
    /// distribution would take the true mean and deviation.
    public static let standardCount = 20

    /// Reads a moving baseline: `3sigma`, `x3 of the last 10`, `+200% of the previous window`, each with floors if need
    /// be, as in `3sigma of the last 30, at least +1 and +5%`.
    ///
    /// Where no floor is given, the absolute one is the metric's, and the relative one is 5 % for standard deviations,
    /// which are next to nothing in a quiet series, and none for what is relative by itself.
    ///
    /// - Throws: `MovingBaselineError` with a sentence that shows the accepted forms.
    public init(_ text: String) throws(MovingBaselineError) {
        let given = text
        let text = given.filter { $0 != " " }
        let parts = text.split(separator: ",atleast", maxSplits: 1, omittingEmptySubsequences: false)
        let words = parts[0].split(separator: "ofthe", maxSplits: 1, omittingEmptySubsequences: false)
        let floors = parts.count > 1 ? MovingBaseline.floors(parts[1]) : (absolute: nil, relative: nil)
        guard let floors, let (distance, isDownward) = MovingBaseline.distance(words[0]),
            let count = words.count > 1 ? MovingBaseline.count(words[1]) : MovingBaseline.standardCount,
            count >= distance.least
        else { throw MovingBaselineError(given) }
        self.distance = distance
        self.isDownward = isDownward
        self.count = count
        absoluteFloor = floors.absolute
        relativeFloor = floors.relative ?? distance.relativeFloor
        let written = parts.count > 1 ? ", at least \(parts[1].replacing("and", with: " and "))" : ""
        description = "\(words[0]) of the last \(count)" + written
    }

    /// The bound for the value that follows; nil when there are fewer values than the baseline is taken from.
    ///
    /// - Parameters:
    ///   - history: The values so far, the oldest first, in the metric's unit and without gaps.
    ///   - metric: The metric, which decides the absolute floor where none was given.
    ///   - pair: The iterations of the series; nil for values without jitter.
    public func bound(for history: [Double], metric: Metric, pair: IterationPair? = nil) -> Bound? {
        let window = history.suffix(count)
        guard window.count == count, let median = Array(window).median else { return nil }
        let (baseline, difference): (Double, Double) =
            switch distance {
            case .sigmas(let sigmas):
                (window.mean, sigmas * (window.squaredDeviations / Double(count - 1)).squareRoot())
            case .fraction(let fraction): (median, fraction * median.magnitude)
            }
        let least = max(
            absoluteFloor ?? metric.floor(pair), relativeFloor * baseline.magnitude, metric.least(pair))
        return Bound(max(difference, least), from: baseline, isDownward: isDownward)
    }
}

/// A moving baseline that could not be read.
public struct MovingBaselineError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The text.
    public let text: String
    init(_ text: String) { self.text = text }

    public var description: String {
        "'\(text)' is no moving baseline. Write 3sigma, x3 of the last 10 or +200% of the previous window for what got "
            + "worse, -3sigma, x0.5 of the last 10 or -50% of the previous window for what got better, and ', at least +1 "
            + "and +5%' behind it to set floors."
    }
}
