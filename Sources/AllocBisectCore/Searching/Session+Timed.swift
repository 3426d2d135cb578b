import Benchmarks
import Bisection
import Git
import Measuring

/// What is searched run by run, one target after the other: a search holds a belief over all commits, and is there only
/// while it is under way.
struct TimedSeries {
    /// The series whose turn has not come, by target.
    var waiting: [Measurement.Target: [Int]] = [:]
    /// The searches of the target whose turn it is.
    var underWay: [TimedSearch] = []
    /// The result of the series whose turn is over, by their positions.
    var verdicts: [Int: SeriesVerdict] = [:]
    /// The commits that they went around, and why.
    var skips: [ObjectID: String] = [:]

    /// Whether there is none.
    var isEmpty: Bool { waiting.isEmpty && underWay.isEmpty && verdicts.isEmpty }
}

/// Timed series are searched one run at a time, and never while something else is measured.
extension Session {
    /// Makes the searches of a target's timed series, with the prior that its other series have.
    private mutating func startTimed(_ target: Measurement.Target, _ positions: [Int]) throws {
        let indexed = (leads[target] ?? [:]).compactMap { id, share in range.graph.index(of: id).map { ($0, share) } }
        let changes = try changedInputs(target)
        let prior = CulpritPrior(
            canDiffer: changes?.map { $0 > 0 }, changes: changes, leads: Dictionary(uniqueKeysWithValues: indexed))
        timed.underWay = positions.map { position in
            let series = series[position]
            return TimedSearch(
                series: position, threshold: series.threshold, metric: series.metric,
                pair: series.criterion?.pair ?? .standard, limit: request.mostRuns,
                NoisyBisector(
                    graph: range.graph, good: range.base, bad: range.bad, prior: prior, alpha: request.alpha))
        }
    }

    /// Runs what the timed series ask for until they ask for nothing. A run serves all series of its target.
    ///
    /// The n-th run of a commit is the n-th round that is known of it; only what is not known yet is measured.
    mutating func searchTimed() async throws {
        for (target, positions) in timed.waiting.sorted(by: { $0.key < $1.key }) {
            timed.waiting[target] = nil
            try startTimed(target, positions)
            var taken: [ObjectID: Int] = [:]
            while let (commit, asking) = nextRun {
                let number = taken[commit, default: 0]
                taken[commit] = number + 1
                let measurement = try await measurement(of: target, at: commit, rounds: number + 1)
                tell(measurement.flatMap { $0.round(number) }, at: commit, asking)
            }
            try concludeTimed()
        }
    }

    /// The commit to run next, first for the series whose ends are known to differ, and the series that ask for it.
    private var nextRun: (commit: ObjectID, asking: Set<Int>)? {
        let isOver = deadline.hasPassed
        let needs = timed.underWay.compactMap { search in
            search.next(isOver: isOver).map {
                (commit: $0, series: search.series, isEstablished: search.bisector.isEstablished)
            }
        }
        guard let first = needs.first(where: \.isEstablished) ?? needs.first else { return nil }
        return (first.commit, Set(needs.filter { $0.commit == first.commit }.map(\.series)))
    }

    /// What is known of a commit once it has this many rounds, or can have no more.
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
        let left = timed.underWay.map(\.bisector.suspects.count).max() ?? 0
        measurements.events(
            .measured(commit: commit, summary: "\(summary(of: found)), \(left) commits left"))
        return found.first?.measurement
    }

    /// Tells the searches what a run gave, which some of the series had asked for.
    private mutating func tell(_ round: Measurement?, at commit: ObjectID, _ asking: Set<Int>) {
        timed.underWay = timed.underWay.map { search in
            var search = search
            let value = round?.value(series[search.series].benchmark.name, search.metric)
            search.take(value, at: commit, wasAsked: asking.contains(search.series))
            if let culprit = search.culprit { search.check(beside: range.parents(of: culprit)) }
            return search
        }
    }

    /// The commits that can still be the culprit of a timed series whose search is not at its end.
    var timedCandidates: Int {
        timed.underWay.filter { $0.next(isOver: false) != nil }.map(\.bisector.suspects.count).max() ?? 0
    }
}

extension Measurement {
    /// One of the rounds by itself; nil where there are fewer.
    fileprivate func round(_ number: Int) -> Measurement? {
        guard rounds.indices.contains(number) else { return nil }
        return Measurement(target: target, pair: pair, rounds: [rounds[number]])
    }
}
