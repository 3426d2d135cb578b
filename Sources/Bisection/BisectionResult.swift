/// How the search of one series ended.
public enum BisectionResult<ID: Hashable & Sendable>: Sendable, Hashable {
    /// The culprit: bad, while all its parents are good, outside the range, or skipped ancestors of a good commit.
    case found(culprit: ID)
    /// Only skips are left between good and bad: one of the suspects is the culprit.
    ///
    /// In topological order, at least two, the one marked bad last.
    /// Each of them agrees with every evaluation; a good commit on any branch clears its ancestors.
    case oneOf(suspects: [ID])
    /// No commit of the range is marked bad.
    case notCrossed

    /// The same result in terms of other ids.
    ///
    /// - Parameter transform: gives the other id; distinct ids must stay distinct.
    public func map<Other>(_ transform: (ID) -> Other) -> BisectionResult<Other> {
        switch self {
        case .found(let culprit): .found(culprit: transform(culprit))
        case .oneOf(let suspects): .oneOf(suspects: suspects.map(transform))
        case .notCrossed: .notCrossed
        }
    }
}

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

/// What a measurement of one commit says about one series.
public enum Evaluation: Sendable, Hashable {
    /// On the good side of the bound.
    case good
    /// On the bad side of the bound.
    case bad
    /// Unmeasurable: it doesn't build, crashes, or has no such benchmark.
    case skip
}
