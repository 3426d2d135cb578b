/// What keeps a profile from being read or used.
///
/// `message` is written for the user: it says what happened, where, and what can be done about it.
public struct ProfileError: Error, CustomStringConvertible, Sendable, Hashable {
    /// The kinds of failure that a caller may want to tell apart.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// The profile ends too early.
        case truncated
        /// The bytes are no profile, or contradict themselves.
        case damaged
        /// The profile unpacks to more than this program takes in.
        case tooLarge
        /// The profile has no values of the type that was asked for.
        case missingSampleType
        /// zlib failed in a way that has no case of its own.
        case library
    }

    /// The kind of failure.
    public let code: Code
    /// What was being done, as a verb phrase: "reading the profile heap.pprof".
    public let operation: String
    /// Full sentences for the user.
    public let message: String

    /// Makes an error from its three parts.
    public init(_ code: Code, operation: String, message: String) {
        self.code = code
        self.operation = operation
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
