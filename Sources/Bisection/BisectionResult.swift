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
