extension Profile {
    /// One call on a stack.
    public struct Frame: Hashable, Sendable {
        /// The function as Go names it in a stack trace, with its package's path and without type arguments:
        /// `example.com/a.(*Set[...]).Add`. Empty when the profile names none.
        public let function: String
        /// The path of the source file as the compiler recorded it; empty when the profile names none.
        public let file: String
        /// The line of the call, counted from 1; 0 when the profile has none.
        public let line: Int

        /// A frame from its parts.
        public init(function: String, file: String, line: Int) {
            self.function = function
            self.file = file
            self.line = line
        }
    }
}
