/// Two evaluations that no single step from good to bad explains.
public struct Contradiction<ID: Hashable & Sendable>: Sendable, Hashable {
    /// A commit marked good.
    public let good: ID
    /// The nearest ancestor of `good` that is marked bad: the one latest in topological order.
    public let bad: ID

    /// A pair of evaluations, by their commits.
    public init(good: ID, bad: ID) {
        self.good = good
        self.bad = bad
    }
}
