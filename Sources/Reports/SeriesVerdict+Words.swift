import AllocBisectCore
import Benchmarks
import Git

extension SeriesVerdict {
    /// From where on a value is bad, and why: `bad when >= 14.33 (+5% and at least +1)`.
    var boundText: String? {
        bound.map { "bad when \($0.side.rawValue) \(metric.formatted($0.value)) (\(appliedThreshold))" }
    }
}

extension Verdict {
    /// The series of which no single commit can be named, those together that share their commits.
    var suspectLists: [[SeriesVerdict]] {
        var order: [[ObjectID]] = []
        var groups: [[ObjectID]: [SeriesVerdict]] = [:]
        for series in series where !series.suspects.isEmpty {
            if groups[series.suspects] == nil { order.append(series.suspects) }
            groups[series.suspects, default: []].append(series)
        }
        return order.map { groups[$0] ?? [] }
    }
}
