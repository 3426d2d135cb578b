public import Benchmarks

/// What the compiler decided about the heap in some packages of a checked-out tree.
public struct Escapes: Hashable, Sendable {
    /// The notes on the packages that build, by file, line and column, each once.
    public let notes: [EscapeNote]
    /// Why there are none on a package, by the folder that it was asked for by.
    public let failures: [String: Failure]

    /// Notes and failures.
    public init(notes: [EscapeNote], failures: [String: Failure]) {
        self.notes = notes
        self.failures = failures
    }
}
