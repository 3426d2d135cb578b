import Benchmarks
import Explaining
import Git

extension Check {
    /// The commits at which each series that was searched got worse, in order.
    package var culprits: [CheckedSeries.Key: [Culprit]] { searches.culprits }
}

extension [Verdict] {
    fileprivate var culprits: [CheckedSeries.Key: [Culprit]] {
        flatMap(\.series).reduce(into: [:]) {
            $0[CheckedSeries.Key($1), default: []] += $1.culprits.filter { !$0.isStepBack }
        }
    }
}

extension [CheckedSeries] {
    /// Finds the line of head where each series that got worse costs most, as far as the searches have explained it.
    mutating func locateCosts(
        by searches: [Verdict], at head: ObjectID, in repository: borrowing Repository
    ) throws {
        let culprits = searches.culprits
        var maps: [ObjectID: LineMap] = [:]
        for index in indices where self[index].isTold {
            let lines = (culprits[self[index].key] ?? []).flatMap { culprit in
                (culprit.explanation?.costs(of: self[index].metric) ?? []).map { (culprit.commit.id, $0) }
            }
            for (commit, cost) in lines.sorted(by: { $0.1.cost > $1.1.cost }) {
                let map = try maps[commit] ?? LineMap(repository.changes(from: commit, to: head))
                maps[commit] = map
                // A later commit may have changed the line, or removed its file.
                guard let place = map.newPosition(ofFile: cost.file, line: cost.line),
                    try repository.file(place.file, at: head) != nil
                else { continue }
                self[index].costliest = CheckedSeries.SourcePlace(path: place.file, line: place.line)
                break
            }
        }
    }
}

extension Explanation {
    /// The lines of the later commit that cost more of a metric than before, and how much more an iteration; none for a
    /// metric that lines do not account for.
    fileprivate func costs(of metric: Metric) -> [(file: String, line: Int, cost: Double)] {
        let sites: [SiteChange]
        switch metric {
        case .goroutines:
            return goroutines.map { ($0.createdBy?.file ?? $0.file, $0.createdBy?.line ?? $0.line, $0.perOp) }
                .filter { $0.2 > 0 }
        case .allocations, .bytes: sites = self.sites
        case .retainedObjects, .retainedBytes: sites = retained
        default: return []
        }
        return sites.map { ($0.file, $0.line, (metric.isInBytes ? $0.bytesPerOp : $0.allocsPerOp).difference) }
            .filter { $0.2 > 0 }
    }
}
