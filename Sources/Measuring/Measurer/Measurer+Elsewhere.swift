package import Benchmarks
package import Git
import GoToolchain
import MeasurementCache

/// What another machine needs to measure instead of this one.
extension Measurer {
    /// Does some work with a measurer, which leaves nothing running and no slot taken when this returns or throws.
    ///
    /// - Throws: What making the measurer throws, and what the work throws.
    package static func with<Result: Sendable>(
        _ repository: borrowing Repository, options: MeasuringOptions, usesInputClasses: Bool = true,
        triesFailuresAgain: Bool = true, environment: [String: String], events: @escaping @Sendable (Event) -> Void,
        _ work: @Sendable (Measurer) async throws -> Result
    ) async throws -> Result {
        let measurer = try await Measurer(
            repository, options: options, usesInputClasses: usesInputClasses, triesFailuresAgain: triesFailuresAgain,
            environment: environment, events: events)
        let outcome: Swift.Result<Result, any Error>
        do { outcome = .success(try await work(measurer)) } catch { outcome = .failure(error) }
        await measurer.close()
        return try outcome.get()
    }

    /// The options that another machine is to have.
    package var portableOptions: PortableOptions {
        PortableOptions(options, hasBox: sandbox.kind != .none, pinnedTests: pinnedTests)
    }

    /// Go's own settings that decide numbers, as variables.
    package var settings: [String: String] { toolchain.portableSettings }
    /// The variables that the user lets through, with their values.
    package var extraVariables: [String: String] { toolchain.extraVariables }

    /// The iteration counts that were chosen for a target; nil when none were.
    package func pair(of target: Measurement.Target) throws -> IterationPair? {
        try cache.pair(of: target, recipe: recipe)
    }

    /// What the cache has of a target that was measured here, and not imported.
    package func recallOwn(_ target: Measurement.Target, at commit: ObjectID) throws -> KnownMeasurement? {
        try recall(target, at: commit, recipe: recipe)
    }

    /// Measures a target with some iteration counts from now on, whatever was chosen here before.
    package func insist(on pair: IterationPair, for target: Measurement.Target) throws {
        if try cache.choose(pair, for: target, recipe: recipe) != pair {
            try cache.replace(pair, for: target, recipe: recipe)
        }
    }

    /// A measurement as another machine reads it.
    package func record(of known: KnownMeasurement, at commit: ObjectID) -> MeasurementRecord {
        MeasurementRecord(
            commit: commit.description, recipe: fullRecipe, machine: Machine.name, measurement: known.measurement,
            inputs: known.state.map { ($0.inputs, $0.digest) })
    }

    /// Keeps what another machine has measured with this very recipe as if it had been measured here.
    ///
    /// - Returns: What is known now; nil when the record belongs to another recipe, has other iteration counts, or its
    ///   inputs are not what the commit has here.
    package func adopt(_ record: MeasurementRecord, at commit: ObjectID) throws -> KnownMeasurement? {
        guard record.recipe == fullRecipe, record.commit == commit.description else { return nil }
        let measurement = record.measurement
        if let pair = measurement.pair,
            try cache.choose(pair, for: measurement.target, recipe: recipe) != pair
        {
            return nil
        }
        var state: MeasurementCache.InputState?
        if let (files, digest) = record.inputs {
            let own = try Repository(discovering: repository).digests(of: [commit], over: TreeSelection(files))[0]
            guard own.description == digest else { return nil }
            if usesInputClasses { state = MeasurementCache.InputState(inputs: files, digest: digest) }
        }
        try cache.store(measurement, at: commit.description, recipe: recipe, state: state)
        try setForeign(record.machine, measurement.target, at: commit)
        return KnownMeasurement(measurement: measurement, state: state, isNew: true)
    }

    package func isForeign(_ target: Measurement.Target, at commit: ObjectID) throws -> Bool {
        try foreignMachine(of: target, at: commit)?.isEmpty == false
    }

    /// The job with a round more than there are of each target that only other machines have measured, where a commit is to
    /// be measured itself.
    func addingOwnRounds(to job: MeasurementJob) throws -> MeasurementJob {
        guard job.isOfItself else { return job }
        var job = job
        for target in job.targets where try isForeign(target, at: job.commit) {
            let rounds = try recallOwn(target, at: job.commit)?.measurement.rounds.count ?? 0
            job.repeats[target] = max(job.rounds(of: target), rounds + 1)
        }
        return job
    }

    /// Notes which machine has measured a target; nil for this one.
    func setForeign(_ machine: String?, _ target: Measurement.Target, at commit: ObjectID) throws {
        if machine == nil, try foreignMachine(of: target, at: commit) == nil { return }
        try cache.store(
            answer: machine ?? "", to: Measurer.question(target), at: commit.description, recipe: recipe)
    }

    private func foreignMachine(of target: Measurement.Target, at commit: ObjectID) throws -> String? {
        try cache.answer(to: Measurer.question(target), at: commit.description, recipe: recipe)
    }

    private static func question(_ target: Measurement.Target) -> String {
        "measured by \(target.package)\t\(target.pattern)"
    }
}
