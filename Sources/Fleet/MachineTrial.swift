import Benchmarks
import Git
package import Measuring

/// The result of asking a machine to measure something small that was measured here.
package struct MachineTrial: Sendable, Equatable {
    /// The machine, or whoever chooses one.
    package var machine: String
    /// Whether its measurements would be believed.
    package var isFit: Bool
    /// Whether something is odd about it all the same.
    package var isOdd = false
    /// What was found, and what to do when it isn't well.
    package var text: String
}

extension ExecutorChoice {
    /// Has each machine measure a benchmark of a repository that is made for it below a state folder, and gone afterwards.
    ///
    /// - Parameters:
    ///   - options: How measurements are made. What concerns the user's own commits does not count.
    ///   - time: How long to wait for each of them.
    /// - Throws: When this machine cannot measure it.
    package func trials(
        in state: StateDirectory, options: MeasuringOptions, environment: [String: String],
        time: Duration = .seconds(120)
    ) async throws -> [MachineTrial] {
        let folder = try RunFolder(in: state)
        defer { folder.remove() }
        let path = folder.path + "/trial"
        let commit = try ExecutorChoice.writeTrial(to: path)
        var options = options
        (options.testsFrom, options.beforeBuild, options.patch, options.executor) = (nil, nil, nil, nil)
        options.cache = .shared
        let silent: @Sendable (Event) -> Void = { _ in }
        return try await Measurer.with(
            Repository(discovering: path), options: options, environment: environment, events: silent
        ) { measurer in
            let targets = try await measurer.targets(of: BenchmarkSelection(), at: commit, from: "", builds: true)
            let job = MeasurementJob(
                commit: commit, targets: targets.flatMap(\.targets), purpose: "to compare machines", minimumRounds: 1)
            let known = try await measurer.measureHere(job)
            if let failure = known.lazy.compactMap(\.measurement.failure).first {
                throw CoreError(.surroundings, "This machine itself could not measure: \(failure.title).")
            }
            return await withTaskGroup(of: (Int, MachineTrial).self) { tasks in
                for (number, choice) in parts.enumerated() {
                    tasks.addTask { (number, await choice.trial(job, measurer, environment, time)) }
                }
                return await tasks.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
            }
        }
    }

    /// The choices that can be asked one by one.
    private var parts: [ExecutorChoice] {
        guard case .ssh(let machines) = self else { return [self] }
        return machines.map { .ssh([SSHMachine(name: $0.name, width: 1)]) }
    }

    private var title: String {
        switch self {
        case .ssh(let machines): machines[0].name
        case .slurm: "Slurm"
        case .command: "exec"
        }
    }

    /// Has one of them measure a job whose targets are known here.
    private func trial(
        _ job: MeasurementJob, _ measurer: Measurer, _ environment: [String: String], _ time: Duration
    ) async -> MachineTrial {
        let start = ContinuousClock.now
        do {
            let facts = try await facts(environment)
            let found = try await FleetMeasurements.with(self, for: measurer, environment: environment) {
                try await $0.trial(job, time)
            }
            let name = found.machine == title ? title : "\(title) (\(found.machine))"
            if let refusal = found.refusal {
                return MachineTrial(
                    machine: name, isFit: false,
                    text: "\(refusal). It would not be believed: make sure that it has the same Go and settings"
                )
            }
            let seconds = (ContinuousClock.now - start) / .seconds(1)
            let text = "measures as this machine does, in \(Int(seconds.rounded(.up))) s"
            return MachineTrial(machine: name, isFit: true, isOdd: facts.isOdd, text: text + facts.text)
        } catch let lost as LostJob {
            return MachineTrial(machine: title, isFit: false, text: "no record came: \(lost.reason)")
        } catch {
            return MachineTrial(machine: title, isFit: false, text: "\(error)")
        }
    }

    /// What a machine says of itself before it is asked to measure.
    private func facts(_ environment: [String: String]) async throws -> (text: String, isOdd: Bool) {
        guard case .ssh(let machines) = self else { return ("", false) }
        let facts = try await SSHConnection(machines[0].name, program: nil, environment: environment).facts()
        var text = "; \(facts.freeBytes >> 30) GiB are free"
        let (isSmall, isAhead) = (facts.freeBytes < 2 << 30, abs(facts.clockAhead) > 60)
        if isSmall { text += ", which builds may fill up: make room" }
        // Nothing that is measured goes by it, but logs and certificates do.
        if isAhead { text += "; its clock is \(abs(facts.clockAhead)) s \(facts.clockAhead > 0 ? "ahead" : "behind")" }
        return (text, isSmall || isAhead)
    }

    /// Makes a repository with a benchmark whose counts are the same on all machines.
    private static func writeTrial(to path: String) throws(GitError) -> ObjectID {
        let repository = try Repository.create(at: path)
        let author = Signature(name: "allocbisect", email: "allocbisect@localhost", time: 0)
        let commit = try repository.writeCommit(
            files: [
                "go.mod": "module trial\n\ngo 1.18\n",
                "trial_test.go": String(decoding: PackageResources.trial_test_go, as: UTF8.self),
            ], parents: [],
            message: "Allocate\n", author: author)
        try repository.setBranch("main", to: commit)
        return commit
    }
}

extension FleetMeasurements {
    /// Has a job measured elsewhere whose targets are known here.
    ///
    /// - Returns: By which machine, and why it would not be believed; nil when it would.
    fileprivate func trial(
        _ job: MeasurementJob, _ time: Duration
    ) async throws -> (machine: String, refusal: String?) {
        let parts = try await references.parts(for: job).parts
        let request = try workerJob(job, parts, id: await references.nextID(1))
        let delivery = try await withThrowingTaskGroup(of: Delivery?.self) { tasks in
            tasks.addTask { try await executor.run(request, avoiding: []) }
            tasks.addTask {
                try await Task.sleep(for: time)
                return nil
            }
            defer { tasks.cancelAll() }
            return try await tasks.next() ?? nil
        }
        guard let delivery else {
            throw LostJob(machine: nil, reason: "nothing was heard within \(time.components.seconds) s")
        }
        return (delivery.machine, try reasonToRefuse(delivery, parts)?.text)
    }
}
