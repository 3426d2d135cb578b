extension StackCosts {
    /// What of a heap profile is counted.
    public enum Kind: String, Sendable, CaseIterable {
        /// Everything that was allocated, whether or not it was freed since.
        case allocated = "alloc"
        /// What is still reachable.
        case inUse = "inuse"

        /// The sample type that counts objects.
        var objects: String { rawValue + "_objects" }
        /// The sample type that counts bytes.
        var bytes: String { rawValue + "_space" }
    }
}
