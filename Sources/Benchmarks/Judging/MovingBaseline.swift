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

    /// How far from the mean or the median of the earlier values the bound lies.
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
    /// That many normal values cross `3sigma` by chance 4 times in 1,000, ten cross it 9 times; the 1.3 times of the
    /// normal distribution would take the true mean and deviation.
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
            count >= distance.minimum
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
        let minimum = max(
            absoluteFloor ?? metric.floor(pair), relativeFloor * baseline.magnitude, metric.minimum(pair))
        return Bound(max(difference, minimum), from: baseline, isDownward: isDownward)
    }
}

/// A moving baseline that could not be read.
public struct MovingBaselineError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What the user wrote, as the message shows it.
    public let text: String
    init(_ text: String) { self.text = text }

    public var description: String {
        "'\(text)' is not a valid moving baseline. Write 3sigma, x3 of the last 10 or +200% of the previous window for "
            + "what got worse, -3sigma, x0.5 of the last 10 or -50% of the previous window for what got better, and "
            + "append ', at least +1 and +5%' to set floors."
    }
}

extension MovingBaseline {
    /// Reads what stands in front of the count, without blanks.
    static func distance(_ text: Substring) -> (Distance, isDownward: Bool)? {
        if text.hasPrefix("x") {
            guard let factor = Double(plain: text.dropFirst()), factor > 0, factor != 1 else { return nil }
            return (.fraction((factor - 1).magnitude), factor < 1)
        }
        let isSigned = text.hasPrefix("+") || text.hasPrefix("-")
        let unsigned = isSigned ? text.dropFirst() : text
        // A percentage without a sign could be meant as a level.
        guard let unit = (isSigned ? ["sigma", "%"] : ["sigma"]).first(where: unsigned.hasSuffix),
            let amount = Double(plain: unsigned.dropLast(unit.count)), amount > 0
        else { return nil }
        return (unit == "%" ? .fraction(amount / 100) : .sigmas(amount), text.hasPrefix("-"))
    }

    /// Reads what follows "of the".
    static func count(_ text: Substring) -> Int? {
        if text == "previouswindow" { return standardCount }
        let digits = text.dropFirst(4)
        // A sign is not a digit, though Int reads it.
        guard text.hasPrefix("last"), digits.first?.isNumber == true, let count = Int(digits), count > 0 else {
            return nil
        }
        return count
    }

    /// Reads what follows "at least": an amount, a percentage, or both.
    static func floors(_ text: Substring) -> (absolute: Double?, relative: Double?)? {
        var floors: (absolute: Double?, relative: Double?) = (nil, nil)
        for floor in text.split(separator: "and", omittingEmptySubsequences: false) {
            let isPercent = floor.last == "%"
            let amount = isPercent ? floor.dropFirst().dropLast() : floor.dropFirst()
            guard floor.first == "+", let value = Double(plain: amount),
                (isPercent ? floors.relative : floors.absolute) == nil
            else { return nil }
            if isPercent { floors.relative = value / 100 } else { floors.absolute = value }
        }
        return floors
    }
}

extension MovingBaseline.Distance {
    /// The relative floor where none is given: a quiet series deviates by next to nothing.
    var relativeFloor: Double {
        switch self {
        case .sigmas: 0.05
        case .fraction: 0
        }
    }

    /// The fewest values of a window: one value has no deviation.
    var minimum: Int {
        switch self {
        case .sigmas: 2
        case .fraction: 1
        }
    }
}

/// The last values of a series along a line of commits, from which a moving baseline is taken.
///
/// Each measurement counts once, where it was last: commits that share one, since nothing that decides it differs, would
/// make the series look steadier than it is.
public struct MovingWindow<Source: Equatable & Sendable>: Sendable {
    /// How many measurements are kept.
    public let count: Int
    private var entries: [(source: Source, value: Double)] = []

    /// Creates a window without values.
    public init(count: Int) { self.count = count }

    /// The values, the newest last.
    public var values: [Double] { entries.map(\.value) }

    /// Goes on to the next commit's value.
    ///
    /// - Parameter source: What tells measurements apart, such as the commit that was really measured.
    public mutating func add(_ value: Double, from source: Source) {
        entries.removeAll { $0.source == source }
        entries.append((source, value))
        if entries.count > count { entries.removeFirst() }
    }
}
