import Benchmarks
import Bisection
import Explaining
import Git
import Measuring

import class Foundation.ProcessInfo

/// One search, from the request to the verdict: the ends first, then every open series at once over the graph, and
/// the confirmation of each culprit.
///
/// ```
/// SearchRequest -> SearchRange -> ends -> [Series] -> leads -> (MeasurementJob -> KnownMeasurement -> evaluations)*
///     -> (run -> value)* of timed series -> Verdict -> explanations
/// ```
/// The bisector never measures, what measures never judges, a criterion never prints.
struct Session {
    let request: SearchRequest
    let range: SearchRange
    let measurements: any Measurements
    /// Tells where allocations come from; without one there are neither leads nor explanations.
    let explainer: Explainer?
    var readings: KnownMeasurements
    var past: EarlierValues?
    var series: [Series] = []
    /// What is searched, by target: one search, or several where series of it disagreed.
    var searches: [Measurement.Target: [Search]] = [:]
    /// How long measurements take.
    var times: JobTimes
    /// What the profiles say of each target: how likely a commit is to be the culprit.
    var leads: [Measurement.Target: [ObjectID: Double]] = [:]
    /// What is searched run by run.
    var timed = TimedSeries()
    /// Whether the ends are judged by their values alone, as in a check, before anything is searched.
    var judgesEnds = false
    /// The targets that are measured at the ends, in that order, and the import paths of their packages by folder.
    var targets: [Measurement.Target] = []
    var importPaths: [String: String] = [:]
    /// The benchmarks of targets whose measurement cannot differ between the ends.
    var unchanged: [Measurement.Target: [String]] = [:]
    /// For each target the rounds of the good and of the bad end that its series were made of.
    var roundsOfSeries: [Measurement.Target: [Int]] = [:]
    /// The targets that the budget was not enough for.
    var leftOut: [Measurement.Target] = []
    /// When the budget ends; nil without one.
    var deadline: ContinuousClock.Instant?
    var cost = SearchCost()
    /// What comes after the commits that made steps, by their positions.
    var descendants: [Int: CommitSet] = [:]
    /// What was measured, and needs more rounds until it tells something.
    var unclear: [ObjectID: Set<Measurement.Target>] = [:]
    /// What the user should know of how it went.
    var warnings: [String] = []
    /// The series that are searched, of all that are open; nil for every one.
    var wanted: Set<CheckedSeries.Key>?

    /// Gets a search ready; nothing is measured yet.
    ///
    /// - Parameter deadline: When nothing further is measured; nil for when the request's own budget ends.
    init(
        _ request: SearchRequest, _ range: SearchRange, _ measurements: any Measurements, _ explainer: Explainer?,
        deadline: ContinuousClock.Instant? = nil
    ) {
        (self.request, self.range, self.measurements, self.explainer) = (request, range, measurements, explainer)
        self.deadline = deadline ?? request.budget.map { ContinuousClock.now + $0 }
        readings = KnownMeasurements(measurements: measurements, commits: [range.base] + range.graph.ids)
        times = JobTimes(
            processors: ProcessInfo.processInfo.activeProcessorCount, built: [range.base, range.bad])
    }

    /// Measures both ends, and searches every series that crossed its bound between them.
    mutating func find() async throws -> Verdict {
        try await measureEnds()
        return try await conclude()
    }

    /// Searches every series that the ends leave open, and reports the result.
    mutating func conclude() async throws -> Verdict {
        while true {
            do {
                try startSearches()
                try await findLeads()
                repeat { try await search() } while accountForMore()
                if !endsMoved() {
                    try await searchTimed()
                    break
                }
            } catch is SharingEnded {}
            (searches, timed, unclear, leads) = ([:], TimedSeries(), [:], [:])
            times.abandon()
            try await measureEnds()
        }
        var verdict = try await verdict()
        if request.wantsExplanations { try await explain(&verdict) }
        if request.searchesNewBenchmarks { try await searchNewBenchmarks(&verdict) }
        return verdict
    }

    /// Measures what is wanted, several commits at a time, until nothing is.
    mutating func search() async throws {
        try await MeasuringLoop(measurements: measurements, width: request.measuring.jobs).run(
            next: { free, inFlight in
                let jobs = try jobs(limit: free, inFlight: Set(inFlight.map(\.commit)))
                for job in jobs { times.begin(job.commit, at: times.now) }
                return jobs
            },
            take: { found, job in
                times.end(job.commit, at: times.now)
                try take(found, at: job.commit)
            })
    }

    /// The next commits to measure; what the cache knows is taken at once and costs no job.
    private mutating func jobs(limit: Int, inFlight: Set<ObjectID>) throws -> [MeasurementJob] {
        while true {
            var jobs: [MeasurementJob] = []
            var tookSome = false
            for var job in try wantedJobs(limit: limit, inFlight: inFlight) {
                let wanted = job.targets
                job.targets = []
                for target in wanted {
                    let known = try readings.recall(target, at: job.commit)
                    let rounds = rounds(
                        of: target, minimum: job.rounds(of: target), after: known?.reading.measurement, at: job.commit)
                    job.repeats[target] = rounds
                    // What counts for a commit itself was measured there, and here.
                    if let known, job.isDone(by: known.reading.measurement),
                        try !job.isOfItself
                            || known.source == job.commit && !measurements.isForeign(target, at: job.commit)
                    {
                        try learn([known.reading], at: known.source)
                        unclear[job.commit]?.remove(target)
                        tookSome = true
                    } else {
                        job.targets.append(target)
                    }
                }
                if !job.targets.isEmpty { jobs.append(job) }
            }
            if !jobs.isEmpty || !tookSome { return jobs }
        }
    }

    /// Puts new readings to use, and tells how far the search is.
    mutating func take(_ found: [KnownMeasurement], at commit: ObjectID) throws {
        unclear[commit] = nil
        try learn(found, at: commit)
        for reading in found where !isEnough(reading.measurement, at: commit) {
            unclear[commit, default: []].insert(reading.measurement.target)
        }
        let summary = summary(of: found)
        if !summary.isEmpty { measurements.events(.measured(commit: commit, summary: summary)) }
        measurements.events(.progress(progress))
    }

    /// Lets every search of the readings' targets learn what they say, for every commit they speak for.
    ///
    /// - Throws: `SharingEnded` when two commits with equal inputs turn out to differ.
    mutating func learn(_ found: [KnownMeasurement], at commit: ObjectID) throws {
        var hasContradiction = false
        for reading in found {
            cost.count(reading, at: commit)
            let (commits, contradicting) = try readings.add(reading, at: commit)
            if let contradicting {
                hasContradiction = true
                try stopSharing(reading, at: commit, against: contradicting)
            }
            let target = reading.measurement.target
            searches[target] = searches[target].map { mark($0, commits, reading.measurement) }
        }
        if hasContradiction { throw SharingEnded() }
    }

    private mutating func stopSharing(
        _ reading: KnownMeasurement, at commit: ObjectID, against other: ObjectID
    ) throws {
        try readings.stopSharing(reading.measurement.target)
        warnings.append(readings.warning(of: reading.measurement.target, commit, other))
    }

    /// Lets searches of one target learn what a measurement says about some commits. Those that come after different
    /// steps may have different levels, although the measurement is the same.
    func mark(_ searches: [Search], _ commits: [ObjectID], _ measurement: Measurement) -> [Search] {
        searches.flatMap { search -> [Search] in
            let levels = series[search.series[0]].growth.levels
            let groups = levels.map { levels in
                Dictionary(grouping: commits) { range.graph.index(of: $0).map(levels.pattern) }
            }
            // In one order whatever the hashes are, since searches divide in it.
            let ordered = groups.map { $0.values.sorted { $0[0] < $1[0] } } ?? [commits]
            return ordered.reduce([search]) { searches, commits in
                searches.flatMap { search in
                    search.marking(commits) {
                        evaluation(of: measurement, in: series[$0], at: range.graph.index(of: commits[0]))
                    }
                }
            }
        }
    }

    /// What a search learns from a measurement; nil when it takes more rounds to tell.
    private func evaluation(of measurement: Measurement, in series: Series, at index: Int?) -> Evaluation? {
        switch series.evaluation(measurement, at: index) {
        case .good: .good
        case .bad: .bad
        // Rounds in which the benchmark gave nothing count as well: more would not end otherwise.
        case .needs(let rounds) where measurement.rounds.count < rounds && !measurement.hasFailed: nil
        case .needs, .noise, .skip: .skip
        }
    }
}

extension Engine {
    /// Searches a range: every series whose bad end is beyond its threshold, each to the commit that took it there.
    ///
    /// - Throws: When it cannot be carried out at all, and on cancellation; what was measured until then is kept.
    public func find(_ request: SearchRequest) async throws -> Verdict {
        let range = try range(of: request)
        return try await measuring(request.options, usesInputClasses: request.usesInputClasses) {
            var session = Session(request, range, $0, $1)
            do {
                return try await session.find()
            } catch {
                throw Task.isCancelled ? try session.interruption() : error
            }
        }
    }

    /// The commits of a search.
    func range(of request: SearchRequest) throws -> SearchRange {
        let repository = try openRepository()
        return try SearchRange(
            repository, range: request.range, firstParent: request.firstParent, from: repository.prefix(of: directory))
    }
}
