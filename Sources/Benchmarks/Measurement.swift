/// What one recipe gave at one commit for one run of a package's benchmarks: values, a failure, or both.
public struct Measurement: Sendable, Equatable {
    /// The package's directory and the `-test.bench` pattern that ran.
    public let target: Target
    /// The iteration counts; nil when nothing ran.
    public var pair: IterationPair?
    /// The rounds in the order in which they ran, each in processes of its own.
    public var rounds: [Round]
    /// What kept benchmarks from giving a value; values of other benchmarks of the same run stand.
    public var failure: Failure?

    /// What a process measures: one package, one pattern.
    public struct Target: Hashable, Comparable, Sendable {
        /// The package's directory relative to the repository's root.
        public let package: String
        /// The pattern given to `-test.bench`, selecting one function.
        public let pattern: String

        /// A target.
        public init(package: String, pattern: String) {
            self.package = package
            self.pattern = pattern
        }

        public static func < (left: Target, right: Target) -> Bool {
            (left.package, left.pattern) < (right.package, right.pattern)
        }
    }

    /// A measurement; one without rounds and failure has yet to be made.
    public init(target: Target, pair: IterationPair? = nil, rounds: [Round] = [], failure: Failure? = nil) {
        self.target = target
        self.pair = pair
        self.rounds = rounds
        self.failure = failure
    }

    /// The values of a benchmark and metric, one a round that has it.
    public func values(_ name: String, _ metric: Metric) -> [Double] {
        rounds.compactMap { $0.values[name]?[metric] }
    }

    /// The value that stands for the repeats; nil when there is none.
    public func value(_ name: String, _ metric: Metric) -> Double? {
        metric.summary(of: values(name, metric))
    }

    /// The names of the benchmarks that gave a value.
    public var names: Set<String> { rounds.reduce(into: []) { $0.formUnion($1.values.keys) } }

    /// Why a benchmark of this run has no value.
    public func failure(of name: String) -> Failure {
        if let failure, !failure.isWarning { return failure }
        return Failure(.missingBenchmark, "\(name) printed no result")
    }

    /// Whether allocations per iteration are well above at N2 what they are at N1.
    public func growsWithIterations(_ name: String) -> Bool {
        guard let long = value(name, .allocations),
            let short = Metric.allocations.summary(of: rounds.compactMap { $0.shortAllocations[name] })
        else { return false }
        return long > short * 1.5 && long > short + 1
    }
}

extension Metric {
    /// The value that stands for repeated values: the minimum of counts, the median of everything else.
    public func summary(of values: [Double]) -> Double? {
        behavior == .counted ? values.min() : values.median
    }
}

extension [Double] {
    /// The middle value, or the mean of the two middle ones; nil for none.
    public var median: Double? {
        guard !isEmpty else { return nil }
        let sorted = self.sorted()
        return count.isMultiple(of: 2) ? (sorted[count / 2 - 1] + sorted[count / 2]) / 2 : sorted[count / 2]
    }
}
