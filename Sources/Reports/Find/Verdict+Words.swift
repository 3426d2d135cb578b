import AllocBisectCore
import Benchmarks
import Git

extension Verdict {
    /// A series with a commit where it crossed its threshold.
    typealias Crossing = (series: SeriesVerdict, culprit: Culprit)

    /// The crossings by culprit, in the order in which the series are listed; of each culprit leaks come first.
    var crossings: [[Crossing]] {
        let all: [Crossing] = series.flatMap { series in series.culprits.map { (series, $0) } }
        var order: [ObjectID] = []
        var groups: [ObjectID: [Crossing]] = [:]
        for crossing in all {
            let id = crossing.culprit.commit.id
            if groups[id] == nil { order.append(id) }
            groups[id, default: []].append(crossing)
        }
        let leaks: [Metric] = [.goroutines, .retainedObjects, .retainedBytes]
        return order.map { id in
            let group = groups[id] ?? []
            let isLeak = { (crossing: Crossing) in leaks.contains(crossing.series.metric) }
            return leaks.flatMap { metric in group.filter { $0.series.metric == metric } }
                + group.filter { !isLeak($0) }
        }
    }
}

extension Verdict {
    /// What a search says of the benchmarks that its budget was not enough for; nil when it was enough for all.
    var leftOutNote: String? {
        guard !leftOut.isEmpty else { return nil }
        let names = leftOut.prefix(5).map { "\($0)".terminalSafe }.joined(separator: ", ")
        let rest = leftOut.count > 5 ? ", and \(leftOut.count - 5) more" : ""
        return
            "the budget ran out before \(counted(leftOut.count, "benchmark function")) could be measured at both ends: "
            + "\(names)\(rest). The same command continues from there"
    }
}

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
