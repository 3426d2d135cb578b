import Benchmarks
import Git
import GoToolchain
import MeasurementCache
import Measuring

/// Brings together the measurements of a history: from the cache, and by measuring each set of equal inputs once.
struct HistorySession {
    let request: HistoryRequest
    let commits: HistoryCommits
    let measurements: any Measurements
    var readings: KnownMeasurements
    var targets: [Measurement.Target] = []
    /// Import paths by folder.
    var importPaths: [String: String] = [:]
    var cost = SearchCost()
    /// What the user should know of how it went.
    var warnings: [String] = []
    /// The commits that lacked something at the start, the last one first, and those of them that still do.
    private var waiting: [ObjectID] = []
    private var open: Set<ObjectID> = []
    /// How many repeats some measurements need, to tell steps from jitter.
    private var wantedRounds: [ObjectID: [Measurement.Target: Int]] = [:]
    /// The commits that fall to the shard, by package; nil where all do.
    private var ours: [String: Set<ObjectID>]?
    /// The inputs that measurements of a target had; empty for one that no other commit may take over.
    private var inputs: [Measurement.Target: Set<Inputs>] = [:]
    /// Whether readings that were shared are missing since.
    private var hasStoppedSharing = false

    init(_ request: HistoryRequest, _ commits: HistoryCommits, _ measurements: any Measurements) {
        (self.request, self.commits, self.measurements) = (request, commits, measurements)
        readings = KnownMeasurements(measurements: measurements, commits: commits.ids)
    }

    /// Lists the benchmarks, and takes in what is known of them.
    private mutating func recall() async throws {
        let listed = try await measurements.targets(
            of: request.selection, at: commits.bad, from: commits.prefix, builds: !request.cachedOnly)
        targets = listed.flatMap(\.targets).sorted()
        guard !targets.isEmpty else {
            throw try await measurements.noBenchmark(
                matching: request.selection, at: [commits.bad], from: commits.prefix)
        }
        for (package, _) in listed { importPaths[package.directory] = package.importPath }
        try readings.addRecorded(targets, metrics: request.metrics)
    }

    /// The positions of the commits in the order in which they are measured.
    private var order: [Int] {
        request.spread ? spreadOrder(commits.ids.count) : commits.ids.indices.reversed()
    }

    /// The jobs that `run` would have measured, as far as that is known beforehand.
    mutating func plan() async throws -> [MeasurementJob] {
        try await recall()
        try refuseUnreportedMetrics(isMeasured: false)
        for target in targets {
            guard let state = readings.reading(target, at: commits.bad)?.reading.state else { continue }
            inputs[target, default: []].insert(state.inputs)
        }
        var jobs: [MeasurementJob] = []
        // By target and digest, what is covered by a job.
        var covered: [Measurement.Target: Set<ObjectID>] = [:]
        for commit in order.map({ commits.ids[$0] }) {
            let targets = try missing(at: commit).filter { target in
                guard measurements.usesInputClasses, let known = inputs[target]?.first,
                    let digest = try readings.classes.digest(of: commit, over: known)
                else { return true }
                return covered[target, default: []].insert(digest).inserted
            }
            if targets.isEmpty { continue }
            jobs.append(
                MeasurementJob(
                    commit: commit, targets: targets, purpose: "for the history",
                    minimumRounds: request.measuring.rounds))
        }
        return jobs
    }

    /// Obtains every measurement that is needed and available.
    mutating func run() async throws {
        try await recall()
        if request.cachedOnly { return }
        let order = order
        do {
            if let shard = request.shard {
                try await measure([commits.bad])
                ours = try commits(of: shard)
            }
            repeat {
                hasStoppedSharing = false
                try await measure(order.map { commits.ids[$0] })
            } while hasStoppedSharing
            // Repeats may show further changes.
            while true {
                let news = undecided().filter { commit, repeats in
                    repeats.contains { wantedRounds[commit]?[$0.key, default: 0] ?? 0 < $0.value }
                }
                guard !news.isEmpty else { break }
                for (commit, repeats) in news {
                    wantedRounds[commit, default: [:]].merge(repeats, uniquingKeysWith: max)
                }
                try await measure(commits.ids.filter { news[$0] != nil })
            }
        } catch {
            guard Task.isCancelled else { throw error }
            // What was measured last has not been handed out yet.
            try readings.addRecorded(targets, metrics: request.metrics)
            warnings.append(interruption)
        }
    }

    /// Refuses a metric that no benchmark of these commits reports.
    ///
    /// - Parameter isMeasured: Whether all of them are measured.
    func refuseUnreportedMetrics(isMeasured: Bool = true) throws {
        let known = targets.lazy.flatMap { readings.runs(of: $0) }.compactMap { $0?.measurement }
        try CoreError.refuse(unreported: request.metrics, in: known, isMeasured: isMeasured)
    }

    /// Refuses what none of these commits can give for a reason that can be helped.
    func refuseWhatCannotBeHad() async throws {
        let known = targets.lazy.flatMap { readings.runs(of: $0) }.compactMap { $0?.measurement }
        if known.contains(where: { $0.names.contains(where: request.selection.includes) }) { return }
        try CoreError.refuse(olderGo: known, at: commits.bad)
        try await measurements.refuse(absentPartsOf: request.selection, in: Array(known), at: commits.bad)
    }

    /// Measures what commits lack, the first one first.
    private mutating func measure(_ order: [ObjectID]) async throws {
        waiting = order.filter { !missing(at: $0).isEmpty }.reversed()
        open = Set(waiting)
        try await MeasuringLoop(measurements: measurements, width: measurements.options.jobs).run(
            next: { free, inFlight in
                var jobs: [MeasurementJob] = []
                while jobs.count < free, let job = try nextJob(inFlight + jobs) { jobs.append(job) }
                return jobs
            },
            take: { found, job in
                var touched: Set<ObjectID> = []
                for reading in found { touched.formUnion(try take(reading, at: job.commit)) }
                open.subtract(touched.filter { missing(at: $0).isEmpty })
                let seconds = cost.secondsEach.map { $0 * Double(open.count) }
                measurements.events(.progress(.init(candidates: open.count, steps: open.count, seconds: seconds)))
            })
    }

    /// Takes what is known of a target at a commit into the rows.
    ///
    /// - Returns: The commits that it speaks for.
    private mutating func take(_ reading: KnownMeasurement, at commit: ObjectID) throws -> [ObjectID] {
        cost.count(reading, at: commit)
        inputs[reading.measurement.target, default: []].formUnion(reading.state.map { [$0.inputs] } ?? [])
        let (commits, contradicting) = try readings.add(reading, at: commit)
        guard let contradicting else { return commits }
        let target = reading.measurement.target
        try readings.stopSharing(target)
        warnings.append(readings.warning(of: target, commit, contradicting))
        inputs[target] = []
        hasStoppedSharing = true
        return [commit]
    }

    private mutating func nextJob(_ inFlight: [MeasurementJob]) throws -> MeasurementJob? {
        while let last = waiting.last, !open.contains(last) { waiting.removeLast() }
        for commit in waiting.reversed()
        where open.contains(commit) && !inFlight.contains(where: { $0.commit == commit }) {
            let targets = try missing(at: commit).filter { try !mayBeAnswered($0, at: commit, by: inFlight) }
            guard !targets.isEmpty else { continue }
            let repeats = wantedRounds[commit] ?? [:]
            return MeasurementJob(
                commit: commit, targets: targets,
                purpose: repeats.isEmpty ? "for the history" : "again, to tell a step from chance",
                minimumRounds: request.measuring.rounds, repeats: repeats)
        }
        return nil
    }

    /// The targets of which too little is known at a commit.
    private func missing(at commit: ObjectID) -> [Measurement.Target] {
        targets.filter { target in
            if let ours, ours[target.package]?.contains(commit) != true { return false }
            guard let measurement = readings.reading(target, at: commit)?.reading.measurement else { return true }
            let rounds = max(request.measuring.rounds, wantedRounds[commit]?[target] ?? 0)
            return !measurement.isDone(with: rounds)
        }
    }

    /// Whether a measurement that is under way will probably serve a commit as well: the files are the same that
    /// decided an earlier one. Before there was any, nothing can be determined, and the first one is waited for.
    private mutating func mayBeAnswered(
        _ target: Measurement.Target, at commit: ObjectID, by inFlight: [MeasurementJob]
    ) throws -> Bool {
        guard measurements.usesInputClasses else { return false }
        for other in inFlight where other.targets.contains(target) {
            guard let known = inputs[target] else { return true }
            for inputs in known {
                let digest = try readings.classes.digest(of: commit, over: inputs)
                if try digest == readings.classes.digest(of: other.commit, over: inputs) { return true }
            }
        }
        return false
    }

    private var interruption: String {
        let known = commits.ids.map { commit in targets.count { readings.reading($0, at: commit) != nil } }
        let isKnown = known.map { $0 == targets.count }
        let partly = known.count { $0 > 0 && $0 < targets.count }
        let gap = isKnown.split(separator: true).map(\.count).max() ?? 0
        return
            "interrupted: \(isKnown.count { $0 }) of \(isKnown.count) commits have values; "
            + "\(request.measuring.continuation) (at most \(gap) in a row are incomplete"
            + (partly > 0 ? "; \(partly) have some of their values)" : ")")
    }
}

/// The positions from 0 to below `count` in the order that covers them evenly at every moment: the last one, the first
/// one, the middle, the quarters, and so on.
func spreadOrder(_ count: Int) -> [Int] {
    guard count > 1 else { return Array(0..<count) }
    var order = [count - 1, 0]
    var gaps = [0..<count - 1]
    while !gaps.isEmpty {
        gaps = gaps.flatMap { gap -> [Range<Int>] in
            guard gap.count > 1 else { return [] }
            let middle = gap.lowerBound + gap.count / 2
            order.append(middle)
            return [gap.lowerBound..<middle, middle..<gap.upperBound]
        }
    }
    return order
}
