/// A revision range, with everything that its names stand for.
public struct ResolvedRange: Sendable, Hashable {
    /// The commit that `good` names.
    public let good: ObjectID
    /// The commit that `bad` names.
    public let bad: ObjectID
    /// Where the histories of the two ends met last; set only when `good` is not an ancestor of `bad`.
    ///
    /// It equals `bad` when the ends were swapped: `bad` is then an ancestor of `good`, and there are no candidates.
    public let mergeBase: ObjectID?
    /// The candidates: reachable from `bad` and not from `good`, in topological order, parents before children.
    ///
    /// The last one is `bad` itself. Empty when `bad` is `good`, or an ancestor of it.
    public let commits: [CommitNode]

    /// Makes a range from its parts.
    public init(good: ObjectID, bad: ObjectID, mergeBase: ObjectID?, commits: [CommitNode]) {
        self.good = good
        self.bad = bad
        self.mergeBase = mergeBase
        self.commits = commits
    }
}
