/// Something that keeps Go from being used at all, told so that the user can act on it.
public struct GoError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of trouble.
    public enum Code: Sendable { case notFound, tooOld, cannotRun, list, probe, heapDump, sandbox }

    /// The kind.
    public let code: Code
    /// What happened, where, and what to do: a whole sentence.
    public let description: String

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
