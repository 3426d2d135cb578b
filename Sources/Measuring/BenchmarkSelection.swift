public import Benchmarks

/// Which benchmarks or tests of which packages are meant.
public struct BenchmarkSelection: Sendable, Hashable {
    /// Package patterns as the go command takes them.
    public var packages = ["./..."]
    /// What is measured: benchmarks, tests, or both.
    public var kinds: Set<FunctionKind> = [.benchmark]
    /// The `-bench` pattern; nil for all benchmarks, or for those that `only` names. Behind the first slash it has the exact
    /// name of a sub-test, or a pattern for sub-benchmarks.
    public var pattern: BenchPattern?
    /// Exact full names; empty for no further choice.
    public var only: [String] = []

    /// Every benchmark of every package.
    public init() {}

    /// The `-test.bench` patterns to run for a function, none when it is not meant.
    package func patterns(running function: String) throws(CoreError) -> [String] {
        guard let kind = FunctionKind(of: function), kinds.contains(kind) else { return [] }
        let named = only.filter { Benchmark.function(of: $0) == function }
        if !only.isEmpty && named.isEmpty { return [] }
        guard let pattern else {
            return named.isEmpty ? ["^\(function)$"] : named.map(BenchPattern.pattern(exactly:))
        }
        do {
            // Unanchored, as Go matches.
            guard try NameExpression(pattern.function).matches(function) else { return [] }
        } catch {
            throw CoreError(.usage, "The pattern '\(pattern.text)' is no regular expression: \(error).")
        }
        return kind == .test && !pattern.rest.isEmpty
            ? [BenchPattern.pattern(exactly: "\(function)/\(pattern.rest)")] : [pattern.pattern(running: function)]
    }

    /// Whether one of some words could be the name of a function that is meant.
    func mayInclude(anyOf words: [String]) throws(CoreError) -> Bool {
        for word in words where try !patterns(running: word).isEmpty { return true }
        return false
    }

    /// Whether a benchmark that a run reported is meant.
    package func includes(_ name: String) -> Bool { only.isEmpty || only.contains(name) }
}
