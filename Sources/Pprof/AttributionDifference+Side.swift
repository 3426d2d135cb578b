extension AttributionDifference {
    /// One of the two commits that are compared.
    public enum Side: Sendable, Hashable, CaseIterable {
        /// The old one.
        case before
        /// The new one.
        case after
    }
}
