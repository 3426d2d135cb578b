import Benchmarks

extension SeriesVerdict {
    /// The outcome of a compared series; the raw values are the words that documents have for it.
    public enum Judgement: String, Sendable, CaseIterable {
        /// Worse by its threshold, or more.
        case worse
        case better
        /// Different, and within its threshold.
        case within = "within threshold"
        case same
        /// Only the later side has it.
        case new
        /// Only the earlier side has it.
        case removed
        /// A side has no value, or noise hides what the threshold asks for.
        case unknown
    }

    /// Its outcome, as the later of two commits that are compared.
    public var judgement: Judgement {
        switch outcome {
        case .found, .oneOf: return .worse
        case .new: return .new
        case .removed: return .removed
        case .inconclusive, .missingAtGood: return .unknown
        case .notCrossed: break
        }
        guard let good, let bad, hasChanged(from: good, to: bad) else { return .same }
        let isUpward = bound?.isUpward ?? metric.isCost
        return (bad > good) == isUpward ? .within : .better
    }

    private func hasChanged(from good: Double, to bad: Double) -> Bool {
        if let interval { return !interval.contains(0) }
        return metric.hasChanged(from: good, to: bad)
    }
}
