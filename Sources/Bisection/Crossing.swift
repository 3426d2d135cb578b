/// One place of a completely measured history where a series goes from good to bad.
public struct Crossing<ID: Hashable & Sendable>: Sendable, Hashable {
    /// The commits that may have crossed the bound, in topological order, the one measured as bad last.
    ///
    /// One id is exact. Several mean one of these: skips lie between the last good commits and the first bad one.
    public let culprits: [ID]

    /// A crossing at one of some commits, given in topological order.
    public init(culprits: [ID]) {
        self.culprits = culprits
    }
}
