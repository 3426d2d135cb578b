extension StackCosts {
    /// The heap profiles around one run: the run added what `after` has more than `before`.
    public struct Snapshot: Sendable, Equatable {
        /// The profile before the run; nil when there was nothing yet.
        public let before: Profile?
        /// The profile after the run.
        public let after: Profile

        /// The profiles around a run.
        public init(before: Profile? = nil, after: Profile) {
            self.before = before
            self.after = after
        }
    }
}
