import Git

/// Why the demo's repository cannot be made at a path, worded so that the user can act on it.
public struct DemoError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is there, and what to name instead: whole sentences.
    public let description: String

    init(_ description: String) { self.description = description.withoutPasswords }
}
