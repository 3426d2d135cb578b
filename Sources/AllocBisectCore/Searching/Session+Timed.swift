import Benchmarks
import Bisection
import Git
import Measuring

/// Timed series are searched one run at a time, and never while something else is measured.
extension Session {
    /// Starts a search for each timed series of a target that the ends leave open.
    mutating func startTimed(_ open: [Int], of target: Measurement.Target) throws {
        guard !open.isEmpty else { return }
        let canDiffer = try canDiffer(target)
        timed[target] = open.map { position in
            let series = series[position]
            return TimedSearch(
                series: position, threshold: series.threshold, metric: series.metric,
                pair: series.criterion?.pair ?? .standard, limit: request.mostRuns,
                NoisyBisector(
                    graph: range.graph, good: range.base, bad: range.bad, canDiffer: canDiffer,
                    alpha: request.alpha))
        }
    }

    /// Runs what the timed series ask for until they ask for nothing. A run serves all series of its target.
    ///
    /// The n-th run of a commit is the n-th round that is known of it; only what is not known yet is measured.
    mutating func searchTimed() async throws {
        for target in timed.keys.sorted() {
            var taken: [ObjectID: Int] = [:]
            while let commit = nextRun(of: target) {
                let number = taken[commit, default: 0]
                taken[commit] = number + 1
                let measurement = try await measurement(of: target, at: commit, rounds: number + 1)
                tell(target, round: measurement.flatMap { $0.round(number) }, at: commit)
            }
        }
    }

    /// The commit to run next: first for the series whose ends are known to differ.
    private func nextRun(of target: Measurement.Target) -> ObjectID? {
        let isOver = deadline.hasPassed
        let asking = (timed[target] ?? []).compactMap { search in
            search.next(isOver: isOver).map { (commit: $0, isEstablished: search.bisector.isEstablished) }
        }
        return (asking.first(where: \.isEstablished) ?? asking.first)?.commit
    }

    /// What is known of a commit once it has so many rounds, or can have no more.
    private mutating func measurement(
        of target: Measurement.Target, at commit: ObjectID, rounds: Int
    ) async throws -> Measurement? {
        let job = MeasurementJob(
            commit: commit, targets: [target], purpose: "run \(rounds) of it, to tell a step from noise",
            minimumRounds: rounds, isOfItself: true)
        if let known = try measurements.recall(target, at: commit), job.isDone(by: known.measurement) {
            if readings.own(target, at: commit)?.measurement.rounds.count != known.measurement.rounds.count {
                try learn([known], at: commit)
            }
            return known.measurement
        }
        let found = try await measurements.measure(job)
        try learn(found, at: commit)
        let left = timed[target]?.map(\.bisector.suspects.count).max() ?? 0
        measurements.events(
            .measured(commit: commit, summary: "\(summary(of: found)), \(left) commits left"))
        return found.first?.measurement
    }

    /// Tells the searches of a target what a run gave.
    private mutating func tell(_ target: Measurement.Target, round: Measurement?, at commit: ObjectID) {
        let isOver = deadline.hasPassed
        timed[target] = timed[target]?.map { search in
            var search = search
            let value = round?.value(series[search.series].benchmark.name, search.metric)
            search.take(value, at: commit, wasAsked: search.next(isOver: isOver) == commit)
            if let culprit = search.culprit { search.check(beside: range.parents(of: culprit)) }
            return search
        }
    }

    /// The commits that can still be the culprit of a timed series whose search is not at its end.
    var timedCandidates: Int {
        timed.values.joined().filter { $0.next(isOver: false) != nil }.map(\.bisector.suspects.count).max() ?? 0
    }
}

extension Measurement {
    /// One of the rounds by itself; nil where there are not so many.
    fileprivate func round(_ number: Int) -> Measurement? {
        guard rounds.indices.contains(number) else { return nil }
        return Measurement(target: target, pair: pair, rounds: [rounds[number]])
    }
}
