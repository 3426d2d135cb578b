/// Who wrote or committed a change, and when.
public struct Signature: Sendable, Hashable {
    /// The name as it is recorded; bytes that are no text appear as U+FFFD.
    public var name: String
    /// The e-mail address as it is recorded, without the angle brackets.
    public var email: String
    /// Seconds since 1970-01-01 00:00 UTC.
    public var time: Int64
    /// How far the writer's clock was ahead of UTC, in minutes.
    public var offsetMinutes: Int

    /// Makes a signature from its parts.
    public init(name: String, email: String, time: Int64, offsetMinutes: Int = 0) {
        self.name = name
        self.email = email
        self.time = time
        self.offsetMinutes = offsetMinutes
    }
}
