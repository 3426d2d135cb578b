import Benchmarks
import Git
import Measuring

/// What was measured on this machine, by which others are known to measure alike; and the one place where this machine
/// measures for want of that, one job after the other.
actor References {
    private let measurer: Measurer
    private var known: [Measurement.Target: (commit: ObjectID, measurement: Measurement)] = [:]
    /// The targets that the results cache was asked for.
    private var asked: Set<Measurement.Target> = []
    /// The targets that this machine is measuring for the first time.
    private var underWay: Set<Measurement.Target> = []
    private var isMeasuring = false
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var lastID = 0

    init(_ measurer: Measurer) { self.measurer = measurer }

    /// Targets that were measured at one commit.
    struct Part: Sendable {
        var commit: ObjectID
        var known: [Measurement]
        var targets: [Measurement.Target] { known.map(\.target) }
    }

    /// Where the targets of a job are known, by commit, and those that are known nowhere.
    ///
    /// While this machine measures a target for the first time, whoever wants the same one waits.
    ///
    /// - Returns: Those that are known nowhere are the caller's to measure until it releases them.
    func parts(for job: MeasurementJob) async throws -> (parts: [Part], unknown: [Measurement.Target]) {
        while try job.targets.contains(where: { try reference($0) == nil && underWay.contains($0) }) { await wait() }
        var parts: [Part] = []
        var unknown: [Measurement.Target] = []
        for target in job.targets {
            guard let (commit, measurement) = try reference(target) else {
                unknown.append(target)
                continue
            }
            if let number = parts.firstIndex(where: { $0.commit == commit }) {
                parts[number].known.append(measurement)
            } else {
                parts.append(Part(commit: commit, known: [measurement]))
            }
        }
        underWay.formUnion(unknown)
        return (parts, unknown)
    }

    /// Says that targets are not being measured for the first time any more.
    func release(_ targets: [Measurement.Target]) {
        underWay.subtract(targets)
        wakeAll()
    }

    /// Measures a job here, when no other one is measured here.
    func measureHere(_ job: MeasurementJob) async throws -> [KnownMeasurement] {
        while isMeasuring { await wait() }
        isMeasuring = true
        defer {
            isMeasuring = false
            wakeAll()
        }
        let found = try await measurer.measureHere(job)
        for one in found where !one.measurement.rounds.isEmpty && known[one.measurement.target] == nil {
            known[one.measurement.target] = (job.commit, one.measurement)
        }
        return found
    }

    private func wait() async { await withCheckedContinuation { waiting.append($0) } }

    private func wakeAll() {
        let waiting = self.waiting
        self.waiting = []
        for continuation in waiting { continuation.resume() }
    }

    /// Measures a target again where it is known, so often that it shows by how much its counts vary.
    ///
    /// - Returns: Whether that tells more than before.
    func deepen(_ target: Measurement.Target) async throws -> Bool {
        guard let (commit, measurement) = known[target], measurement.rounds.count < References.deepRounds else {
            return false
        }
        let found = try await measureHere(
            MeasurementJob(
                commit: commit, targets: [target], purpose: "again, to see by how much its counts vary",
                minimumRounds: References.deepRounds))
        guard let deeper = found.first?.measurement, deeper.rounds.count > measurement.rounds.count else {
            return false
        }
        known[target] = (commit, deeper)
        return true
    }

    /// How many rounds show by how much counts vary.
    private static let deepRounds = 5

    /// A name for the next try of a job, which no other has in this run.
    func nextID(_ attempt: Int) -> String {
        lastID += 1
        return "\(lastID)-\(attempt)"
    }

    private func reference(
        _ target: Measurement.Target
    ) throws -> (commit: ObjectID, measurement: Measurement)? {
        if let reference = known[target] { return reference }
        guard asked.insert(target).inserted else { return nil }
        for commit in try measurer.commits(of: target).prefix(References.looks) {
            guard let found = try measurer.recallOwn(target, at: commit)?.measurement, !found.rounds.isEmpty else {
                continue
            }
            known[target] = (commit, found)
            return known[target]
        }
        return nil
    }

    /// At how many commits a measurement of a target is looked for.
    private static let looks = 20
}
