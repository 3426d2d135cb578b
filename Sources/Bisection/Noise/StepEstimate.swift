/// How large a step is, as far as runs tell. Differences are those of natural logarithms: 0.05 is 5.1 % more.
public struct StepEstimate: Sendable, Hashable {
    /// The logarithm of a bad value over a good one; above 0 where bad values are larger.
    public let change: Double
    /// The standard error of `change`; noise and drift are in it.
    public let standardError: Double
    /// The standard deviation of a run around its level, sigma.
    public let deviation: Double
    /// How likely the level of all runs wanders in time, from 0 to 1.
    public let driftProbability: Double

    /// The smallest change that this many runs, with this much noise, could have shown.
    public var smallestVisibleChange: Double { 4 * standardError }

    /// Whether the change is beyond noise: four standard errors or more.
    public var isSignificant: Bool { change.magnitude >= smallestVisibleChange }
}
