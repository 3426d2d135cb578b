import Benchmarks
import Git

extension HistorySession {
    /// How many repeats would tell steps of counts from what a few stray allocations do, by commit and target.
    func undecided() -> [ObjectID: [Measurement.Target: Int]] {
        let metrics = request.metrics.filter { request.thresholds.threshold(for: $0).baseline == nil }
        let own = Set(commits.ids)
        var wishes: [ObjectID: [Measurement.Target: Int]] = [:]
        for target in targets {
            let runs = readings.runs(of: target)
            let iterations = runs.last { $0?.measurement.pair != nil }??.measurement.pair?.long ?? 1
            for (name, metric) in names(in: runs).flatMap({ name in metrics.map { (name, $0) } }) {
                for position in undecided(runs, name, metric, iterations: iterations) {
                    // What was measured elsewhere is measured here.
                    let commit = runs[position].map(\.source).flatMap { own.contains($0) ? $0 : nil }
                    wishes[commit ?? commits.ids[position], default: [:]][target, default: 0].raise(
                        to: metric.leastRepeats)
                }
            }
        }
        return wishes
    }

    /// The positions whose repeats would decide.
    private func undecided(
        _ runs: [Readings.Run?], _ name: String, _ metric: Metric, iterations: Int
    ) -> Set<Int> {
        let repeats = runs.map { $0?.measurement.values(name, metric) ?? [] }
        let threshold = request.thresholds.threshold(for: metric)
        var found: Set<Int> = []
        for stretch in commits.stretches(valued: repeats.map { !$0.isEmpty }) {
            let values = stretch.map { $0.flatMap { metric.summary(of: repeats[$0]) } }
            let places = StepFinder().undecided(
                in: values, repeats: stretch.map { $0.map { repeats[$0].count } ?? 0 }, metric: metric,
                iterations: iterations, threshold: threshold)
            found.formUnion(places.compactMap { stretch[$0] })
        }
        return found
    }
}

extension Int {
    fileprivate mutating func raise(to value: Int) { self = Swift.max(self, value) }
}
