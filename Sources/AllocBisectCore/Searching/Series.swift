import Benchmarks

/// One benchmark and metric over the commits of a search.
struct Series: Sendable {
    let benchmark: Benchmark
    let metric: Metric
    /// What a process runs to measure it.
    let target: Measurement.Target
    /// The package's import path, as it is printed.
    let importPath: String
    let threshold: Threshold
    /// The values that stand at the ends; nil where there is none.
    let good: Double?
    let bad: Double?
    /// What turns a value into good or bad; nil when there is nothing to compare with.
    let criterion: Criterion?
    /// Why a moving threshold has too few values to compare with; nil when it has enough, or does not move.
    let shortage: String?
    /// Whether it was not measured, since nothing that decides its values differs between the ends.
    var isUnchanged = false
    /// What the user should know about this series.
    var warnings: [String] = []
    /// Whether it is searched run by run, since its values say little one by one (`Sample.isNoisy`).
    var isTimed = false
    /// Why it is not searched; nil when it is.
    var outcome: SeriesOutcome?
    /// How much of what it grew by is accounted for, and what is asked next.
    var growth = Growth()

    /// What a measurement of the series' target says about a commit.
    ///
    /// - Parameter index: The commit's in the graph; nil for one outside.
    func evaluation(_ measurement: Measurement, at index: Int?) -> SeriesEvaluation {
        guard let criterion = criterion(at: index), let sample = measurement.sample(benchmark.name, metric) else {
            return .skip(measurement.failure(of: benchmark.name, metric))
        }
        return switch criterion.judge(sample) {
        case .good: .good
        case .bad: .bad
        case .needs(let rounds): .needs(rounds: rounds)
        case .noise: .noise(sample.values)
        }
    }
}

/// What a measurement says about a commit of a series.
enum SeriesEvaluation: Sendable {
    case good, bad
    case needs(rounds: Int)
    case noise([Double])
    case skip(Failure)
}

/// The outcome of a series; the raw values are those of the JSON document.
public enum SeriesOutcome: String, Sendable, Hashable, CaseIterable {
    /// The culprit is one commit.
    case found
    /// The culprit is one of several, of which no one can be measured alone.
    case oneOf = "one-of"
    /// The bad end is not beyond the threshold.
    case notCrossed = "not-crossed"
    /// The good end has it, and the bad end does not any more.
    case removed
    /// Noise, or an end that cannot be measured, leaves no answer.
    case inconclusive
    /// The threshold is relative, and there is no value at the good end, although the benchmark may be there.
    case missingAtGood = "missing-at-good"
    /// The threshold is relative, and the good end does not have the benchmark yet.
    case new
}

extension SeriesOutcome {
    /// The order in which series are listed.
    var rank: Int { SeriesOutcome.allCases.firstIndex(of: self) ?? 0 }
}
