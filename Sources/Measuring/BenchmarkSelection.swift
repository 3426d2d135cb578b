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
            throw CoreError(.usage, "The pattern '\(pattern.text)' is not a valid regular expression: \(error).")
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

extension BenchmarkSelection {
    /// Writes package patterns that begin with an absolute path as what they are below the folder that the others start
    /// from.
    ///
    /// - Parameters:
    ///   - folder: That folder, by its absolute path.
    ///   - root: The work tree that it is in.
    /// - Throws: `CoreError` for a path outside of the work tree.
    package mutating func resolvePaths(from folder: String, in root: String) throws(CoreError) {
        let (start, root) = (BenchmarkSelection.parts(realPath(folder)), BenchmarkSelection.parts(realPath(root)))
        for index in packages.indices where packages[index].hasPrefix("/") {
            let parts = BenchmarkSelection.parts(packages[index])
            let fixed = parts.prefix { !$0.contains("...") }
            let path = BenchmarkSelection.parts(realPath("/" + fixed.joined(separator: "/")))
            guard path.starts(with: root) else {
                throw CoreError(
                    .usage,
                    "The path '\(packages[index])' is outside of the repository, which is in /\(root.joined(separator: "/")). "
                        + "Name a folder in it, as in -p ./book.")
            }
            let rest = path + parts[fixed.count...]
            packages[index] = BenchmarkSelection.pattern(naming: rest, from: start)
        }
    }

    /// How a folder is named as a package pattern that starts from another one, both relative to the root.
    static func pattern(naming directory: String, from folder: String) -> String {
        pattern(naming: parts(directory).filter { $0 != "." }, from: parts(folder))
    }

    private static func pattern(naming path: [String], from folder: [String]) -> String {
        let common = zip(path, folder).prefix { $0 == $1 }.count
        let steps = Array(repeating: "..", count: folder.count - common)
        return ((steps.isEmpty ? ["."] : steps) + path.dropFirst(common)).joined(separator: "/")
    }

    private static func parts(_ path: String) -> [String] { path.split(separator: "/").map(String.init) }
}
