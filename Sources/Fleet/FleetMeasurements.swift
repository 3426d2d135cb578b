package import Benchmarks
package import Git
package import GoToolchain
package import MeasurementCache
package import Measuring

/// Measurements that other machines make, with this one's results cache and its word on what counts.
///
/// Each job takes something along that was measured here. Only a machine that finds the same counts there, by the same
/// recipe, is believed; what it measures is kept as if it had been measured here. What no such machine can tell is
/// measured here: targets of which nothing is known yet, and failures for which a machine may be to blame.
package struct FleetMeasurements: Measurements {
    let base: Measurer
    let executor: any Executor
    let references: References
    private let ledger = Ledger()
    /// How often a job is handed over before it counts as lost.
    static let tries = 4

    init(_ base: Measurer, by executor: any Executor) {
        (self.base, self.executor) = (base, executor)
        references = References(base)
    }

    package var repository: String { base.repository }
    package var directory: String { base.directory }
    package var options: MeasuringOptions {
        var options = base.options
        options.jobs = executor.width
        return options
    }
    package var usesInputClasses: Bool { base.usesInputClasses }
    /// The first build is this machine's, and those of others do not wait for it.
    package var startsCold: Bool { base.startsCold }
    package var platform: String { base.platform }
    package var goVersion: String { base.goVersion }
    package var notes: Notes { base.notes }
    package var warnings: [String] { base.warnings }
    package var untrusted: [String] { get throws { try base.untrusted } }
    package var events: @Sendable (Event) -> Void {
        let (events, ledger) = (base.events, ledger)
        return { event in
            guard case .progress(var progress) = event else { return events(event) }
            progress.fleet = ledger.progress
            events(.progress(progress))
        }
    }

    package func targets(
        of selection: BenchmarkSelection, at commit: ObjectID, from prefix: String, builds: Bool
    ) async throws -> [(package: GoPackage, targets: [Measurement.Target])] {
        try await base.targets(of: selection, at: commit, from: prefix, builds: builds)
    }

    package func recall(_ target: Measurement.Target, at commit: ObjectID) throws -> KnownMeasurement? {
        try base.recall(target, at: commit)
    }

    package func recall(
        _ targets: [Measurement.Target], at commits: [ObjectID], metrics: [Metric]?
    ) throws -> [[Int: KnownMeasurement]] { try base.recall(targets, at: commits, metrics: metrics) }

    package func commits(of target: Measurement.Target) throws -> [ObjectID] { try base.commits(of: target) }

    package func states(
        of target: Measurement.Target
    ) throws -> [(commit: String, state: MeasurementCache.InputState)] { try base.states(of: target) }

    package func trustsInputs(of target: Measurement.Target) throws -> Bool { try base.trustsInputs(of: target) }

    package func distrustInputs(of target: Measurement.Target) throws { try base.distrustInputs(of: target) }

    package func unchanged(
        _ targets: [Measurement.Target], between one: ObjectID, and other: ObjectID
    ) async throws -> [Measurement.Target: [String]]? {
        try await base.unchanged(targets, between: one, and: other)
    }

    package func isForeign(_ target: Measurement.Target, at commit: ObjectID) throws -> Bool {
        try base.isForeign(target, at: commit)
    }

    /// Brings a commit's measurements up to what a job asks for: by another machine where this one can tell whether it
    /// measures alike, and here otherwise. What confirms a culprit is measured here on both of its sides.
    package func measure(_ job: MeasurementJob) async throws -> [KnownMeasurement] {
        if job.isOfItself { return try await base.measure(job) }
        return try await base.claiming(job) { job in
            let (parts, unknown) = try await references.parts(for: job)
            do {
                var found = unknown.isEmpty ? [] : try await references.measureHere(job.with(unknown))
                await references.release(unknown)
                if !parts.isEmpty { found += try await measureElsewhere(job, parts) }
                return job.targets.compactMap { target in found.first { $0.measurement.target == target } }
            } catch {
                await references.release(unknown)
                throw error
            }
        }
    }

    /// Has those targets of a job measured that something is known of here.
    ///
    /// - Parameter parts: Where it is known.
    private func measureElsewhere(_ job: MeasurementJob, _ parts: [References.Part]) async throws -> [KnownMeasurement]
    {
        events(.measuring(commit: job.commit, purpose: "\(job.purpose), \(executor.title)"))
        let targets = parts.flatMap(\.targets)
        var parts = parts
        var reasons: [String] = []
        var avoided: Set<String> = []
        var attempt = 1
        while attempt <= FleetMeasurements.tries {
            let request = try workerJob(job.with(targets), parts, id: await references.nextID(attempt))
            do {
                ledger.begin()
                defer { ledger.end() }
                let delivery = try await executor.run(request, avoiding: avoided)
                ledger.count(doneBy: delivery.machine)
                guard let reason = try reasonToRefuse(delivery, parts) else {
                    return try await adopt(delivery, job, targets)
                }
                // Counts that vary by chance are not a difference between machines.
                if let target = reason.target, try await references.deepen(target) {
                    parts = try await references.parts(for: job.with(targets)).parts
                    continue
                }
                await refuse(delivery.machine, reason.text)
                reasons.append("\(delivery.machine): \(reason.text)")
            } catch let lost as LostJob {
                let reason = (lost.machine.map { "\($0): " } ?? "") + lost.reason
                if attempt < FleetMeasurements.tries {
                    notes.add(["\(job.commit.short) was submitted again: \(reason)"])
                }
                reasons.append(reason)
                if let machine = lost.machine {
                    avoided.insert(machine)
                    if executor.choosesMachines, ledger.isTooMuch(on: machine, job.commit) {
                        await refuse(
                            machine, "it has lost \(Ledger.most) commits in a row, the last one by this: \(lost.reason)"
                        )
                    }
                }
            }
            attempt += 1
        }
        let message = Set(reasons).sorted().joined(separator: "\n")
        return targets.map { KnownMeasurement($0, failure: Failure(.lost, message)) }
    }

    private func refuse(_ machine: String, _ reason: String) async {
        await executor.refuse(machine, reason)
        // Whoever a command asks is asked again, and believed as little.
        notes.add(["\(machine) is not \(executor.choosesMachines ? "asked any more" : "believed"): \(reason)"])
    }

    func workerJob(_ job: MeasurementJob, _ parts: [References.Part], id: String) throws -> WorkerJob {
        let repository = try Repository(discovering: repository)
        func part(_ commit: ObjectID, _ targets: [(Measurement.Target, rounds: Int)]) throws -> WorkerJob.Part {
            WorkerJob.Part(
                commit: commit.description, tree: try repository.commit(commit).tree.description,
                targets: try targets.map { target, rounds in
                    let pair = try base.pair(of: target)
                    return WorkerJob.Target(
                        package: target.package, pattern: target.pattern, short: pair?.short, long: pair?.long,
                        rounds: rounds)
                })
        }
        return WorkerJob(
            id: id,
            references: try parts.map { reference in
                try part(reference.commit, reference.known.map { ($0.target, $0.rounds.count) })
            },
            wanted: try part(job.commit, job.targets.map { ($0, job.rounds(of: $0)) }))
    }

    /// Keeps what a believed machine has measured. What failed there is measured here, unless it is plain from the commit's
    /// files.
    private func adopt(
        _ delivery: Delivery, _ job: MeasurementJob, _ targets: [Measurement.Target]
    ) async throws -> [KnownMeasurement] {
        var found: [KnownMeasurement] = []
        var left: [Measurement.Target] = []
        for target in targets {
            let record = delivery.records.last {
                $0.commit == job.commit.description && $0.measurement.target == target
            }
            guard let record, !record.measurement.hasFailed || record.measurement.failure?.isOfFiles == true,
                try !contradictsOwn(record, at: job.commit), let known = try base.adopt(record, at: job.commit)
            else {
                left.append(target)
                continue
            }
            found.append(known)
        }
        return left.isEmpty ? found : found + (try await references.measureHere(job.with(left)))
    }
}

extension MeasurementJob {
    /// The job with some of its targets.
    fileprivate func with(_ targets: [Measurement.Target]) -> MeasurementJob {
        var copy = self
        copy.targets = targets
        return copy
    }
}

extension Failure {
    /// Whether a commit's files alone come to it, on every machine with the same Go.
    fileprivate var isOfFiles: Bool {
        [.missingBenchmark, .missingPackage, .missingModule, .newerGo].contains(reason)
    }
}
