import Benchmarks
import Git
import GoToolchain
import Measuring

/// Has jobs measured by workers that ssh starts, one on each machine for as long as the run lasts.
actor SSHExecutor: Executor {
    private let machines: [SSHWorker]
    private var free: [Int]
    private let repository: String
    /// The folders that each machine has built in some commit, so that its build cache has them.
    private var built: [Set<ObjectID>]
    /// Why machines get no further job, by their names.
    private var refused: [String: String] = [:]
    private var waiting: [CheckedContinuation<Void, Never>] = []

    nonisolated let width: Int
    nonisolated var title: String { "over ssh" }
    nonisolated var choosesMachines: Bool { true }

    init(_ choice: [ExecutorChoice.SSHMachine], _ measurer: Measurer, environment: [String: String]) {
        machines = choice.map { SSHWorker($0, measurer, environment: environment) }
        (free, repository) = (choice.map(\.width), measurer.repository)
        built = choice.map { _ in [] }
        width = choice.map(\.width).reduce(0, +)
    }

    func run(_ job: WorkerJob, avoiding avoided: Set<String>) async throws -> Delivery {
        while true {
            let left = machines.indices.filter { refused[machines[$0].name] == nil }
            guard !left.isEmpty else {
                throw CoreError(
                    .surroundings,
                    "No machine is left to measure: \(reasons). Nothing that was measured is lost; the same "
                        + "command continues from there.")
            }
            let others = left.filter { !avoided.contains(machines[$0].name) }
            guard let machine = choice(for: job, among: (others.isEmpty ? left : others).filter { free[$0] > 0 }) else {
                await withCheckedContinuation { waiting.append($0) }
                try Task.checkCancellation()
                continue
            }
            free[machine] -= 1
            defer {
                free[machine] += 1
                wakeAll()
            }
            do {
                return try await machines[machine].run(job)
            } catch let away as SSHWorker.Unreachable {
                refused[machines[machine].name] = away.reason
            } catch let lost as LostJob {
                if await machines[machine].isGivenUp { refused[machines[machine].name] = lost.reason }
                throw lost
            }
        }
    }

    /// The machine that has the least to build for a job, as whoever has built a neighbour of its commit; of several, the
    /// one with the most room, which has waited longest. It counts as the one that builds it.
    private func choice(for job: WorkerJob, among candidates: [Int]) -> Int? {
        guard let first = candidates.first else { return nil }
        guard machines.count > 1, let commit = ObjectID(job.wanted.commit),
            let repository = try? Repository(discovering: repository)
        else { return first }
        var best: (machine: Int, new: Set<ObjectID>)?
        for machine in candidates {
            guard let new = try? repository.folders(of: commit, beyond: built[machine]) else { return first }
            if let known = best, (known.new.count, -free[known.machine]) <= (new.count, -free[machine]) { continue }
            best = (machine, new)
        }
        guard let best else { return nil }
        built[best.machine].formUnion(best.new)
        return best.machine
    }

    private var reasons: String {
        machines.compactMap { machine in refused[machine.name].map { "\(machine.name): \($0)" } }
            .joined(separator: "; ")
    }

    func refuse(_ machine: String, _ reason: String) async {
        refused[machine] = reason
        await machines.first { $0.name == machine }?.close()
        wakeAll()
    }

    func close() async {
        for machine in machines { await machine.close() }
        wakeAll()
    }

    private func wakeAll() {
        let waiting = self.waiting
        self.waiting = []
        for continuation in waiting { continuation.resume() }
    }
}
