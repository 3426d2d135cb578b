import Benchmarks
import Bisection
import Git
import Measuring

extension Session {
    /// The commits that are needed next: those of which too little is known yet, those that shrink the open searches
    /// most, then those that confirm.
    func wantedJobs(limit: Int, inFlight: Set<ObjectID>) throws -> [MeasurementJob] {
        var jobs: [MeasurementJob] = []
        if !deadline.hasPassed {
            jobs = unclear.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }.map { commit, targets in
                MeasurementJob(
                    commit: commit, targets: targets.sorted(), purpose: "again, to tell a step from chance",
                    minimumRounds: 1)
            }
            let others = request.wantsAll ? exhaustiveJobs() : bisectingJobs(limit: limit, inFlight: inFlight)
            jobs += others.filter { other in !jobs.contains { $0.commit == other.commit } }
        }
        jobs.removeAll { inFlight.contains($0.commit) }
        if jobs.count < limit {
            for job in confirmingJobs() where !inFlight.contains(job.commit) {
                if let same = jobs.firstIndex(where: { $0.commit == job.commit }) {
                    jobs[same].targets = Array(Set(jobs[same].targets + job.targets)).sorted()
                    jobs[same].minimumRounds = max(jobs[same].minimumRounds, job.minimumRounds)
                    jobs[same].isOfItself = true
                } else {
                    jobs.append(job)
                }
            }
        }
        return Array(jobs.prefix(limit))
    }

    /// The searches in the order of their targets.
    var allSearches: [Search] { searches.sorted { $0.key < $1.key }.flatMap(\.value) }

    /// The searches that have no result yet.
    var openSearches: [Search] {
        let all = allSearches
        return zip(all, results(of: all.map(\.bisector))).filter { $1 == nil }.map(\.0)
    }

    private func bisectingJobs(limit: Int, inFlight: Set<ObjectID>) -> [MeasurementJob] {
        let open = openSearches
        let next = nextMeasurements(
            of: open.map(\.bisector), limit: limit, inFlight: inFlight, pace: times.pace(at: times.now))
        return next.map { commit in
            let targets = Set(open.filter { $0.bisector.wants(commit) }.map(\.target)).sorted()
            let purpose =
                open.contains { $0.bisector.isLead(commit) } ? "since the profiles point here" : "to halve the range"
            return MeasurementJob(commit: commit, targets: targets, purpose: purpose, minimumRounds: 1)
        }
    }

    /// Every commit that has no evaluation yet, for those who want every crossing.
    private func exhaustiveJobs() -> [MeasurementJob] {
        let all = allSearches
        return range.graph.ids.lazy.compactMap { commit in
            let targets = Set(all.filter { $0.bisector.evaluation(of: commit) == nil }.map(\.target)).sorted()
            return targets.isEmpty
                ? nil
                : MeasurementJob(
                    commit: commit, targets: targets, purpose: "to see every crossing", minimumRounds: 1)
        }.prefix(request.measuring.jobs * 2).map { $0 }
    }

    /// What is still to be measured at that very commit, twice: each culprit and its parents.
    private func confirmingJobs() -> [MeasurementJob] {
        var jobs: [ObjectID: MeasurementJob] = [:]
        for search in allSearches where !search.isAccounted {
            for culprit in culprits(of: search) {
                for commit in [culprit] + range.parents(of: culprit) where !isConfirmed(search.target, at: commit) {
                    let job = MeasurementJob(
                        commit: commit, targets: [], purpose: "to confirm \(culprit.short)", minimumRounds: 2,
                        isOfItself: true)
                    jobs[commit, default: job].targets.append(search.target)
                }
            }
        }
        return jobs.values.sorted { $0.commit < $1.commit }
    }

    /// Whether a target was measured often enough at that very commit for it to be named, or cannot be.
    func isConfirmed(_ target: Measurement.Target, at commit: ObjectID) -> Bool {
        guard let own = readings.own(target, at: commit)?.measurement else { return false }
        if own.hasFailed { return true }
        // What cannot be read of other machines is not about them.
        let isForeign = (try? measurements.isForeign(target, at: commit)) ?? false
        return own.rounds.count >= 2 && !isForeign && isEnough(own, at: commit)
    }

    /// The commits that a search names by now; several only when every crossing is wanted.
    func culprits(of search: Search) -> [ObjectID] {
        if request.wantsAll { return crossings(of: search).filter { $0.count == 1 }.map { $0[0] } }
        guard case .found(let culprit) = search.bisector.result else { return [] }
        return [culprit]
    }

    /// Every crossing of a search by what is known, each as the commits of which one is the culprit.
    func crossings(of search: Search) -> [[ObjectID]] {
        range.graph.crossings { search.bisector.evaluation(of: range.graph.ids[$0]) }.map(\.culprits)
    }

    /// How many rounds of a target its series want, by what is known of it, to be decided.
    func rounds(
        of target: Measurement.Target, minimum: Int, after measurement: Measurement?, at commit: ObjectID
    ) -> Int {
        let minimum = max(minimum, request.measuring.rounds)
        let open = (searches[target] ?? []).filter { !$0.isAccounted }.flatMap(\.series).map { series[$0] }
        guard let measurement else { return open.reduce(minimum) { max($0, $1.metric.certainRepeats) } }
        if measurement.hasFailed { return minimum }
        return open.reduce(minimum) { most, series in
            if case .needs(let rounds) = series.evaluation(measurement, at: range.graph.index(of: commit)) {
                max(most, rounds)
            } else {
                most
            }
        }
    }

    /// Whether a measurement of a commit has all the rounds that its series want to be decided.
    func isEnough(_ measurement: Measurement, at commit: ObjectID) -> Bool {
        measurement.isDone(with: rounds(of: measurement.target, minimum: 1, after: measurement, at: commit))
    }
}
