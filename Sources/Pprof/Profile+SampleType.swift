extension Profile {
    /// What one of the values of every sample means.
    public struct SampleType: Hashable, Sendable {
        /// What is counted, e.g. `alloc_space`.
        public let type: String
        /// The unit it is counted in, e.g. `bytes`.
        public let unit: String

        /// A type by its two names.
        public init(type: String, unit: String) {
            self.type = type
            self.unit = unit
        }
    }
}
