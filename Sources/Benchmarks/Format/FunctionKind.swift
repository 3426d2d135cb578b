/// A kind of function of Go's test files that a series can follow. The raw value is what its names begin with.
public enum FunctionKind: String, Sendable, Hashable, CaseIterable {
    /// An iteration is what the benchmark says.
    case benchmark = "Benchmark"
    /// An iteration is the test's whole run.
    case test = "Test"

    /// The kind of a function, or of what runs inside it, by its name; nil for any other one. As in Go, no lower-case
    /// letter follows the prefix.
    public init?(of name: some StringProtocol) {
        let kind = FunctionKind.allCases.first { kind in
            name.hasPrefix(kind.rawValue) && name.dropFirst(kind.rawValue.count).first?.isLowercase != true
        }
        guard let kind else { return nil }
        self = kind
    }

    /// A name as the Go benchmark format has it, in which every result begins with `Benchmark`.
    static func printed(_ name: String) -> String {
        FunctionKind(of: name) == .test ? benchmark.rawValue + name : name
    }

    /// What people call one.
    public var noun: String { self == .benchmark ? "benchmark" : "test" }
}
