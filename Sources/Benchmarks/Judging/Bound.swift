/// The value from which on a commit is bad.
public struct Bound: Hashable, Sendable, CustomStringConvertible {
    /// On which side of the value bad lies.
    public enum Side: String, Hashable, Sendable {
        case above = ">"
        case atLeast = ">="
        case below = "<"
        case atMost = "<="
    }

    /// The side.
    public let side: Side
    /// The value, in the metric's unit.
    public let value: Double

    /// A bound.
    public init(_ side: Side, _ value: Double) {
        self.side = side
        self.value = value
    }

    /// Whether a value lies on the bad side.
    public func isCrossed(by candidate: Double) -> Bool {
        switch side {
        case .above: candidate > value
        case .atLeast: candidate >= value
        case .below: candidate < value
        case .atMost: candidate <= value
        }
    }

    /// Whether bad lies above.
    public var isUpward: Bool { side == .above || side == .atLeast }

    public var description: String { "\(side.rawValue) \(value)" }
}

extension Bound {
    /// The bound that lies a difference away from a value that is good.
    ///
    /// - Parameters:
    ///   - difference: How far away, in the metric's unit; not negative.
    ///   - good: The value.
    ///   - isDownward: Whether bad lies below.
    init(_ difference: Double, from good: Double, isDownward: Bool) {
        let value = isDownward ? good - difference : good + difference
        // Where good is 0 without a floor, or the sum rounds to good, the good end itself must not be bad.
        self =
            isDownward
            ? Bound(value < good ? .atMost : .below, value) : Bound(value > good ? .atLeast : .above, value)
    }
}
