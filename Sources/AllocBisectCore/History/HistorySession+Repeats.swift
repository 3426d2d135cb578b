import Benchmarks
import Git
import Measuring

extension HistorySession {
    /// How many repeats would tell steps of counts from what a few stray allocations do, by commit and target.
    func undecided() -> [ObjectID: [Measurement.Target: Int]] {
        let metrics = request.metrics.filter {
            $0.behavior == .counted && request.thresholds.threshold(for: $0).baseline == nil
        }
        guard !metrics.isEmpty else { return [:] }
        let own = Set(commits.ids)
        var wantedRounds: [ObjectID: [Measurement.Target: Int]] = [:]
        for target in targets {
            let runs = readings.runs(of: target)
            for (name, metric) in names(in: runs).flatMap({ name in metrics.map { (name, $0) } }) {
                let cells = zip(commits.ids, runs).map { cell($0, $1, name, metric) }
                let positions = commits.stretches(cells).flatMap { stretch in
                    StepFinder().undecided(
                        in: stretch.values, tolerances: stretch.tolerances, repeats: stretch.repeats, metric: metric,
                        pair: pair(of: runs), threshold: request.thresholds.threshold(for: metric)
                    ).compactMap { stretch.positions[$0] }
                }
                for position in positions {
                    // What was measured elsewhere is measured here.
                    let source = runs[position].map(\.source).flatMap { own.contains($0) ? $0 : nil }
                    wantedRounds[source ?? commits.ids[position], default: [:]].merge(
                        [target: metric.minimumRepeats], uniquingKeysWith: max)
                }
            }
        }
        return wantedRounds
    }
}
