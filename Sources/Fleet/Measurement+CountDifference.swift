import Benchmarks

extension Measurement {
    /// Where another machine counts otherwise, as words such as "BenchmarkParse with 12 instead of 11 allocs/op"; nil where
    /// all counts are equal, up to what strays make of them.
    func countDifference(from other: Measurement) -> String? {
        guard pair == other.pair, !rounds.isEmpty, !other.rounds.isEmpty else {
            return hasValues == other.hasValues && pair == other.pair
                ? nil : "\(target.pattern) with \(outcome) instead of \(other.outcome)"
        }
        for name in names.union(other.names).sorted() {
            for metric in [Metric.allocations, .bytes] {
                let (mine, others) = (sample(name, metric), other.sample(name, metric))
                guard mine != nil || others != nil else { continue }
                guard let mine, let others else {
                    return "\(name) \(mine == nil ? "without" : "with") \(metric.unit)"
                }
                if abs(mine.value - others.value) > mine.tolerance + others.tolerance {
                    return "\(name) with \(mine.value.short) instead of \(others.value.short) \(metric.unit)"
                }
            }
        }
        return nil
    }

    private var hasValues: Bool { !rounds.isEmpty }
    private var outcome: String { failure?.title ?? (pair.map { "N = \($0.long)" } ?? "no value") }
}

extension Double {
    /// The number without what nobody would compare.
    fileprivate var short: String { self == rounded() ? "\(Int(self))" : "\((self * 1000).rounded() / 1000)" }
}

extension Recipe {
    /// In what another machine's recipe differs, as a clause; nil when it does not.
    func difference(from other: Recipe) -> String? {
        guard self != other else { return nil }
        if goVersion != other.goVersion { return "it has \(goVersion), and not \(other.goVersion)" }
        if platform != other.platform { return "it is \(platform), and not \(other.platform)" }
        if probe != other.probe { return "its allocbisect has the probe \(probe), and not \(other.probe)" }
        let names = Set(environment.keys).union(other.environment.keys).filter {
            environment[$0] != other.environment[$0]
        }
        guard names.isEmpty else { return "it differs in \(names.sorted().joined(separator: ", "))" }
        return "its options differ"
    }
}
