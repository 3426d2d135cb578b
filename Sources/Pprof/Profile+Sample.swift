extension Profile {
    /// What was seen on one call stack.
    public struct Sample: Hashable, Sendable {
        /// The calls from the innermost outwards, with every inlined call as a frame of its own.
        public let stack: [Frame]
        /// One value for each of the profile's sample types, in that order and in their units. None is negative.
        public let values: [Int64]

        /// A sample from its parts.
        public init(stack: [Frame], values: [Int64]) {
            self.stack = stack
            self.values = values
        }
    }
}
