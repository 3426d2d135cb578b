/// How long measurements take that are under way at once. The unit is the time that one takes alone.
public struct Pace: Sendable, Hashable {
    /// How much longer each one takes for each other one beside it: 0 where they don't disturb each other, 1 where as many
    /// take as long as they would one after the other.
    public var slowdown: Double
    /// How long it takes until all of those in flight have ended.
    public var rest: Double

    /// A pace, without any slowdown unless one is given.
    public init(slowdown: Double = 0, rest: Double = 1) {
        (self.slowdown, self.rest) = (slowdown, rest)
    }

    /// How long some measurements take that are begun at once.
    ///
    /// - Parameter count: all that are under way, at least 1.
    func duration(of count: Int) -> Double { 1 + slowdown * Double(count - 1) }
}
