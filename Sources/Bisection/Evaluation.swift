/// What a measurement of one commit says about one series.
public enum Evaluation: Sendable, Hashable {
    /// On the good side of the bound.
    case good
    /// On the bad side of the bound.
    case bad
    /// Unmeasurable: it doesn't build, crashes, or has no such benchmark.
    case skip
}
