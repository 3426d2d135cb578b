/// The value at which a commit counts as bad.
public struct Bound: Hashable, Sendable, CustomStringConvertible {
    /// On which side of the value bad lies.
    public enum Side: String, Hashable, Sendable {
        case above = ">"
        case atLeast = ">="
        case below = "<"
        case atMost = "<="
    }

    /// On which side of the value the bad values lie, and whether the value itself is bad.
    public let side: Side
    /// The value, in the metric's unit.
    public let value: Double

    /// Creates a bound at a value in the metric's unit.
    public init(_ side: Side, _ value: Double) {
        self.side = side
        self.value = value
    }

    /// Whether a value is on the bad side.
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
