extension Bound {
    /// The bound that lies a difference away from a value that is good.
    ///
    /// - Parameters:
    ///   - difference: How far away, in the metric's unit; not negative.
    ///   - good: The value.
    ///   - isDownward: Whether bad lies below.
    ///   - slack: What set-up allocations may have added to the value; no more than a quarter of the difference counts.
    init(_ difference: Double, from good: Double, isDownward: Bool, slack: Double) {
        let value = isDownward ? good - difference : good + difference
        let slack = min(slack, difference / 4)
        // Where good is 0 without a floor, or the sum rounds to good, the good end itself must not be bad.
        self =
            isDownward
            ? Bound(value < good ? .atMost : .below, value + slack)
            : Bound(value > good ? .atLeast : .above, value - slack)
    }
}
