/// A place in a recorded series from which on its values stand at another level.
public struct Step: Hashable, Sendable {
    /// The position of the new level's first value.
    public let index: Int
    /// The position of the old level's last value: what lies between the two has no value and may hold the change.
    public let previousIndex: Int
    /// The old level, in the metric's unit.
    public let before: Double
    /// The new level, in the metric's unit.
    public let after: Double
    /// The two-sided p-value of Student's t-test at this position, corrected for serial correlation but not for the
    /// positions it was chosen from; nil for an exact metric, whose steps are no matter of chance.
    public let p: Double?

    /// A step.
    public init(index: Int, previousIndex: Int, before: Double, after: Double, p: Double? = nil) {
        self.index = index
        self.previousIndex = previousIndex
        self.before = before
        self.after = after
        self.p = p
    }

    /// The change in parts of the old level; infinite for a change from 0.
    public var relativeChange: Double { after == before ? 0 : (after - before) / before.magnitude }
}
