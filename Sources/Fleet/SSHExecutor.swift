import Benchmarks
import Git
import GoToolchain
import Measuring

/// Has jobs measured by workers that ssh starts, one on each machine for as long as the run lasts.
actor SSHExecutor: Executor {
    private let machines: [SSHWorker]
    private var free: [Int]
    private var refused: Set<String> = []
    private var waiting: [CheckedContinuation<Void, Never>] = []

    nonisolated let width: Int
    nonisolated var title: String { "over ssh" }

    init(_ choice: [ExecutorChoice.SSHMachine], _ measurer: Measurer, environment: [String: String]) {
        machines = choice.map { SSHWorker($0, measurer, environment: environment) }
        free = choice.map(\.width)
        width = choice.map(\.width).reduce(0, +)
    }

    func run(_ job: WorkerJob) async throws -> Delivery {
        while true {
            let left = machines.indices.filter { !refused.contains(machines[$0].name) }
            guard !left.isEmpty else {
                throw CoreError(
                    .surroundings,
                    "No machine is left that measures: \(await reasons()). Nothing that was measured is lost; the same "
                        + "command goes on from there.")
            }
            // The one with the most room has waited longest.
            guard let machine = left.filter({ free[$0] > 0 }).max(by: { free[$0] < free[$1] }) else {
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
            } catch is SSHWorker.Unreachable {
                refused.insert(machines[machine].name)
            } catch let lost as LostJob {
                if await machines[machine].isGivenUp { refused.insert(machines[machine].name) }
                throw lost
            }
        }
    }

    private func reasons() async -> String {
        var reasons: [String] = []
        for machine in machines {
            reasons.append("\(machine.name) \(await machine.trouble ?? "does not measure like this machine")")
        }
        return reasons.joined(separator: "; ")
    }

    func refuse(_ machine: String) async {
        refused.insert(machine)
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
