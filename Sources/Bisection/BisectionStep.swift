/// What the search of one series needs next.
public enum BisectionStep<ID: Hashable & Sendable>: Sendable, Hashable {
    /// The commits to measure next, never empty, none of them evaluated yet.
    ///
    /// Usually one; several when several parents of the same commit must be known.
    case measure([ID])
    /// Nothing more to measure.
    case finished(BisectionResult<ID>)
}
