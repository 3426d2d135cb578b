import Git

/// Why a request could not be carried out, told so that the user can act on it.
public struct CoreError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of trouble.
    public enum Code: Sendable {
        case usage, nothingToMeasure, slots, evidence, surroundings, hooks, noCache, exchange, interrupted
    }

    /// The kind.
    public let code: Code
    /// What happened, where, and what to do: a whole sentence.
    public let description: String

    package init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description.withoutPasswords
    }

    /// Nothing of what was selected exists at a place, such as a commit.
    package init(noBenchmarkAt place: String, _ selection: BenchmarkSelection) {
        self.init(
            .nothingToMeasure,
            "No benchmark matches at \(place). Check -p (packages) and -b or --only (benchmarks): looked in "
                + "\(selection.packages.joined(separator: " ")).")
    }
}
