/// The values of one round: every benchmark that one pair of processes reported, at N1 and at N2.
public struct Round: Sendable, Equatable {
    /// Values by benchmark name and metric, read at N2; growth metrics are slopes between N1 and N2.
    public var values: [String: [Metric: Double]] = [:]
    /// Allocations per iteration at N1 by benchmark name, to see whether they grow with `b.N`.
    public var shortAllocations: [String: Double] = [:]

    /// A round from what the two processes printed.
    ///
    /// - Parameters:
    ///   - short: The results at N1; empty when N1 equals N2 (there is no growth then).
    ///   - long: The results at N2.
    public init(short: [BenchmarkResult], long: [BenchmarkResult]) {
        let shortByName = Dictionary(short.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
        for result in long {
            values[result.name] = Round.values(of: result, against: shortByName[result.name])
        }
        for result in short {
            shortAllocations[result.name] = Round.exact(.mallocs, printed: .allocations, in: result)
        }
    }

    /// A round whose values are known, as a cache keeps them.
    public init(values: [String: [Metric: Double]], shortAllocations: [String: Double]) {
        self.values = values
        self.shortAllocations = shortAllocations
    }

    private static func values(of long: BenchmarkResult, against short: BenchmarkResult?) -> [Metric: Double] {
        var values: [Metric: Double] = [:]
        for (unit, value) in long.values where ProbeUnit(rawValue: unit) == nil { values[Metric(unit)] = value }
        values[.allocations] = exact(.mallocs, printed: .allocations, in: long)
        values[.bytes] = exact(.bytes, printed: .bytes, in: long)
        if let short {
            values[.goroutines] = slope(.goroutines, short, long)
            values[.retainedObjects] = slope(.liveObjects, short, long)
            values[.retainedBytes] = slope(.liveBytes, short, long)
        }
        return values
    }

    /// The untruncated quotient, unless what Go printed is no truncation of it: then the benchmark reported the unit
    /// itself with `b.ReportMetric`, and its word stands.
    private static func exact(_ total: ProbeUnit, printed metric: Metric, in result: BenchmarkResult) -> Double? {
        let printed = result.values[metric.unit]
        guard let total = result.values[total.rawValue] else { return printed }
        let quotient = total / Double(result.iterations)
        guard let printed else { return quotient }
        return quotient.rounded(.towardZero) == printed ? quotient : printed
    }

    private static func slope(_ unit: ProbeUnit, _ short: BenchmarkResult, _ long: BenchmarkResult) -> Double? {
        guard let low = short.values[unit.rawValue], let high = long.values[unit.rawValue],
            long.iterations > short.iterations
        else { return nil }
        return (high - low) / Double(long.iterations - short.iterations)
    }
}
