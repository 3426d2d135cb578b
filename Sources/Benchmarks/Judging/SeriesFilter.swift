/// Which series are meant: those of a package, with a benchmark's name, of a metric. What is nil fits all.
public struct SeriesFilter: Hashable, Sendable, CustomStringConvertible {
    /// A folder as in `./book`, or with all below it as in `./book/...`; `.` is the repository's root.
    public let package: String?
    /// A regular expression for the full name as Go prints it; it may fit anywhere in the name.
    public var benchmark: String? { expression?.pattern }
    /// The one metric that is meant, such as `B/op`; nil for every metric.
    public private(set) var metric: Metric?
    private let expression: NameExpression?

    /// A filter for whole packages or metrics.
    public init(package: String? = nil, metric: Metric? = nil) {
        self.package = package
        expression = nil
        self.metric = metric
    }

    /// A filter for benchmarks.
    ///
    /// - Throws: `SeriesFilterError` for a text that is not a regular expression.
    public init(package: String? = nil, benchmark: String, metric: Metric? = nil) throws(SeriesFilterError) {
        do { expression = try NameExpression(benchmark) } catch { throw SeriesFilterError(pattern: benchmark) }
        self.package = package
        self.metric = metric
    }

    /// The filter for one metric of what it means.
    public func of(_ metric: Metric) -> SeriesFilter {
        var filter = self
        filter.metric = metric
        return filter
    }

    /// Whether a series is meant.
    public func matches(_ benchmark: Benchmark, _ metric: Metric) -> Bool {
        guard self.metric == nil || self.metric == metric, matches(package: benchmark.package) else { return false }
        return expression?.matches(benchmark.name) ?? true
    }

    private func matches(package directory: String) -> Bool {
        guard let package else { return true }
        var parts = package.split(separator: "/").filter { $0 != "." }
        let isTree = parts.last == "..."
        if isTree { parts.removeLast() }
        let folders = directory.split(separator: "/").filter { $0 != "." }
        return isTree ? folders.starts(with: parts) : folders == parts
    }

    public var description: String {
        let parts = [package, benchmark, metric?.unit].compactMap { $0 }
        return parts.isEmpty ? "every series" : parts.joined(separator: " ")
    }
}

/// A text that is not a regular expression.
public struct SeriesFilterError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The expression as the user wrote it.
    public let pattern: String
    public var description: String {
        "'\(pattern)' is not a valid regular expression. Write a part of the benchmark's name, or ^BenchmarkName$ for "
            + "just one."
    }
}
