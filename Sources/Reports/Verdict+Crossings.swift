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
