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
