/// What one recipe gave at one commit for one run of a package's benchmarks: values, a failure, or both.
///
/// ```swift
/// let round = Round(
///     short: ["BenchmarkDepth": ["probe-mallocs": 300]], long: ["BenchmarkDepth": ["probe-mallocs": 3000]])
/// let measurement = Measurement(
///     target: Measurement.Target(package: "book", pattern: "^BenchmarkDepth$"),
///     pair: IterationPair(short: 100, long: 1000), rounds: [round])
/// measurement.value("BenchmarkDepth", .allocations)   // 3, since 900 iterations more allocate 2,700 times
/// ```
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

        /// Creates a target; nothing is checked, and that the package exists is found out when it is built.
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

    /// What the rounds say of a benchmark and metric; nil when none has it.
    public func sample(_ name: String, _ metric: Metric) -> Sample? {
        var reported: [Double] = []
        var totals: [Sample.Totals] = []
        var ran = pair
        for round in rounds {
            guard let long = round.long[name] else { continue }
            if let value = long[metric.unit] {
                reported.append(value)
            } else if let unit = metric.total?.rawValue, let total = long[unit] {
                if metric.isPeak {
                    // A page is the smallest amount.
                    reported.append(max(total, 4096))
                    continue
                }
                let short = round.short[name]
                totals.append(Sample.Totals(short: short?[unit], long: total))
                ran = pair?.running(short?[ProbeUnit.iterations.rawValue], long[ProbeUnit.iterations.rawValue])
            }
        }
        guard reported.isEmpty else { return Sample(metric, reported: reported) }
        return ran.flatMap { Sample(metric, totals: totals, pair: $0) }
    }

    /// The values of a benchmark and metric, one a round that has it.
    public func values(_ name: String, _ metric: Metric) -> [Double] { sample(name, metric)?.values ?? [] }

    /// The value that stands for the repeats; nil when there is none.
    public func value(_ name: String, _ metric: Metric) -> Double? { sample(name, metric)?.value }

    /// The metrics of a benchmark that have a value.
    public func metrics(of name: String) -> Set<Metric> {
        let units = rounds.reduce(into: Set<String>()) { $0.formUnion(($1.long[name] ?? [:]).keys) }
        let derived = [
            Metric.allocations, .bytes, .goroutines, .retainedObjects, .retainedBytes, .cpuTime, .instructions,
            .peakMemory, .peakHeap,
        ]
        return Set(units.filter { ProbeUnit(rawValue: $0) == nil }.map { Metric($0) } + derived)
            .filter { sample(name, $0) != nil }
    }

    /// Whether something was still ending when the probe stopped waiting, so that what stays behind may be less.
    public func isUnsettled(_ name: String) -> Bool {
        rounds.contains { $0.long[name]?[ProbeUnit.unsettled.rawValue] != nil }
    }

    /// Whether an iteration allocates the same at N1 as at N2, apart from a few dozen allocations of setting up, or a
    /// fiftieth.
    public func isSteady(_ name: String) -> Bool {
        guard let pair, pair.span > 0, let sample = sample(name, .allocations) else { return true }
        let unit = ProbeUnit.mallocs.rawValue
        guard let first = rounds.compactMap({ $0.short[name]?[unit] }).min() else { return true }
        let mean = first / Double(pair.short)
        return (mean - sample.value).magnitude <= 0.02 * sample.value + 50 / Double(pair.short)
    }

    /// The names of the benchmarks that gave a value.
    public var names: Set<String> {
        rounds.reduce(into: []) { $0.formUnion($1.long.filter { !$0.value.isEmpty }.keys) }
    }

    /// Why a benchmark of this run has no value of a metric.
    public func failure(of name: String, _ metric: Metric) -> Failure {
        if let failure, !failure.isWarning { return failure }
        if rounds.contains(where: { $0.long[name]?.isEmpty == false }) {
            return Failure(.unreported, metric.presence ?? "\(name) has no \(metric)")
        }
        return Failure(.missingBenchmark, "\(name) printed no result")
    }
}

extension Measurement {
    /// Whether another pair of iteration counts would have given the same counts, as far as this one can tell.
    ///
    /// That is so where an operation costs the same throughout both: they overlap, and every count is a whole number
    /// that does not grow. What is allocated every now and then only makes fractions.
    public func fits(_ other: IterationPair) -> Bool {
        guard let pair else { return true }
        if pair == other { return true }
        guard pair.short < other.long, other.short < pair.long else { return false }
        return names.allSatisfy { name in
            let isWhole = [Metric.allocations, .goroutines, .retainedObjects].allSatisfy { metric in
                guard let sample = sample(name, metric) else { return true }
                // Of few iterations every value is a whole number.
                return max(metric.jitter(pair), metric.jitter(other)) < 0.5 && !sample.isVarying && !sample.isGrowing
                    && sample.value == sample.value.rounded()
            }
            return isWhole && [Metric.bytes, .retainedBytes].allSatisfy { sample(name, $0)?.isGrowing != true }
        }
    }
}

extension IterationPair {
    /// The pair that ran where a benchmark changed its number of iterations by itself.
    fileprivate func running(_ short: Double?, _ long: Double?) -> IterationPair {
        guard short != nil || long != nil else { return self }
        return IterationPair(
            short: short.flatMap { Int(exactly: $0) } ?? self.short,
            long: long.flatMap { Int(exactly: $0) } ?? self.long)
    }
}
