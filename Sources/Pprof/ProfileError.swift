/// What keeps a profile from being read or used.
///
/// `message` is written for the user: it says what happened, where, and what can be done about it.
public struct ProfileError: Error, CustomStringConvertible, Sendable, Hashable {
    /// The kinds of failure that a caller may want to tell apart.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// The profile ends too early.
        case truncated
        /// The bytes are not a profile, or contradict themselves.
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

    public var description: String { message }
}

extension ProfileError {
    /// The profile at `place` ends too early.
    static func truncated(_ place: String) -> ProfileError {
        reading(
            .truncated, place,
            "\(place) ends in the middle of a profile. The process that wrote it was probably stopped: run it again.")
    }

    /// The profile at `place` cannot be believed.
    ///
    /// - Parameter reason: What is wrong with it, as a part of a sentence: "it holds …".
    static func damaged(_ place: String, _ reason: String) -> ProfileError {
        reading(
            .damaged, place,
            "\(place) cannot be read as a pprof profile: \(reason). Write it again with Go's own profiling.")
    }

    /// The profile at `place` goes beyond a limit.
    ///
    /// - Parameter limit: The limit with its unit: "256 MiB".
    static func tooLarge(_ place: String, _ limit: String) -> ProfileError {
        reading(
            .tooLarge, place,
            "\(place) unpacks to more than \(limit), which is more than any profile of a benchmark should take. "
                + "Profile fewer iterations or a higher -test.memprofilerate.")
    }

    /// zlib failed for a reason that is not in the profile at `place`.
    static func library(_ place: String, _ text: String) -> ProfileError {
        reading(.library, place, "\(place) could not be unpacked: zlib says “\(text)”.")
    }

    private static func reading(_ code: Code, _ place: String, _ message: String) -> ProfileError {
        ProfileError(code, operation: "reading the profile \(place)", message: message)
    }
}
