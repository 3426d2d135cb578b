import Benchmarks
import GoToolchain
import Measuring

import struct Foundation.Data
import struct Foundation.URL

/// Slurm, asked by its own programs. Jobs that come within a moment are tasks of one array.
actor SlurmQueue: JobQueue {
    private let partition: String?
    /// The folder with the job files.
    private let folder: String
    /// The program that a node starts.
    private let program: String
    private let environment: [String: String]
    /// The name of all our jobs.
    private let name: String
    /// Where jobs are: the array's number and the task's.
    private var tasks: [String: ArrayTask] = [:]
    private var pending: [(file: String, taken: CheckedContinuation<Void, any Error>)] = []
    private var batches = 0
    private var refused: Set<String> = []
    /// What the last look has shown.
    private var active: [ArrayTask: TaskState] = [:]
    private var lastLook: ContinuousClock.Instant?
    /// Since when none of the jobs that are waited for runs, and what was said of it.
    private var idle: (since: ContinuousClock.Instant, told: String?)?
    /// Tells why jobs wait.
    private let tell: @Sendable (_ jobs: Int, _ reason: String) -> Void

    nonisolated var title: String { "by Slurm" }
    nonisolated var choosesMachines: Bool { true }

    /// One task of an array.
    struct ArrayTask: Hashable, Sendable {
        var array, number: Int
    }

    /// What Slurm says of a task.
    struct TaskState: Equatable, Sendable {
        /// What Slurm calls the state, such as PENDING.
        var state: String
        /// Why it waits, in Slurm's words.
        var reason: String

        /// Whether Slurm could not start it, and does not try again by itself.
        var isGivenUp: Bool {
            ["REQUEUE_HOLD", "SPECIAL_EXIT"].contains(state) || reason == "JobHoldMaxRequeue"
                || (reason.contains("requeued") && reason.contains("held"))
        }
    }

    init(
        partition: String?, folder: String, name: String, program: String, environment: [String: String],
        tell: @escaping @Sendable (_ jobs: Int, _ reason: String) -> Void
    ) {
        self.tell = tell
        (self.partition, self.folder, self.name, self.program) = (partition, folder, name, program)
        self.environment = environment
    }

    func submit(_ file: String) async throws {
        let isFirst = pending.isEmpty
        try await withCheckedThrowingContinuation { taken in
            pending.append((file, taken))
            if isFirst { Task { await submitAll() } }
        }
    }

    private func submitAll() async {
        try? await Task.sleep(for: SlurmQueue.gathering)
        let batch = pending
        pending = []
        batches += 1
        do {
            let array = try await submit(batch.map(\.file), as: batches)
            for (number, job) in batch.enumerated() { tasks[job.file] = ArrayTask(array: array, number: number) }
            // What was seen before does not have them.
            lastLook = nil
            for job in batch { job.taken.resume() }
        } catch {
            for job in batch { job.taken.resume(throwing: error) }
        }
    }

    /// How long a submission waits for others.
    private static let gathering = Duration.milliseconds(50)

    /// Submits some files as one array, and returns its number.
    private func submit(_ files: [String], as batch: Int) async throws -> Int {
        let list = "batch-\(batch).list"
        let names = files.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
        let script = """
            #!/bin/sh
            cd \(folder.shellQuoted) || exit 1
            exec \(program.shellQuoted) worker "$(sed -n "$((SLURM_ARRAY_TASK_ID + 1))p" \(list))"

            """
        let file = "\(folder)/batch-\(batch).sh"
        try Data(names.map { $0 + "\n" }.joined().utf8).write(to: URL(filePath: "\(folder)/\(list)"))
        try Data(script.utf8).write(to: URL(filePath: file))
        let command = SlurmQueue.command(
            count: files.count, name: name, folder: folder, partition: partition, refused: refused)
        let (text, trouble) = try await UserCommand.output(of: command + [file], in: "/", environment: environment)
        // "123", or "123;cluster".
        guard trouble == nil,
            let number = text.split(whereSeparator: { $0 == ";" || $0.isNewline }).first.flatMap({ Int($0) })
        else {
            throw CoreError(
                .surroundings,
                "Slurm accepted no job: sbatch \(trouble ?? "printed “\(text)”"). Check that 'sinfo' lists a partition that is up."
            )
        }
        return number
    }

    /// The command that takes a script for an array of this many tasks.
    static func command(
        count: Int, name: String, folder: String, partition: String?, refused: Set<String>
    ) -> [String] {
        ["sbatch", "--parsable", "--requeue", "--array=0-\(count - 1)", "--job-name=\(name)"]
            + ["--output=\(folder)/%A-%a.log", "--open-mode=append"] + (partition.map { ["--partition=\($0)"] } ?? [])
            + (refused.isEmpty ? [] : ["--exclude=\(refused.sorted().joined(separator: ","))"])
    }

    func state(of file: String) async -> QueueState {
        guard let task = tasks[file] else { return .waiting }
        await look()
        guard lastLook != nil else { return .unknown }
        guard let found = active[task] else { return .gone(nil) }
        if found.isGivenUp { return .gone("Slurm could not start it (\(found.reason))") }
        return found.state == "RUNNING" ? .running : .waiting
    }

    /// Asks what there is, for all jobs at once and not too often.
    private func look() async {
        let now = ContinuousClock.now
        if let lastLook, now - lastLook < .seconds(2) { return }
        lastLook = now
        let answer = try? await UserCommand.output(
            of: [
                "squeue", "--noheader", "--array", "--name=\(name)", "-O",
                "ArrayJobID:30,ArrayTaskID:30,State:30,Reason:300",
            ],
            in: "/", environment: environment, time: .seconds(20))
        guard let answer, answer.trouble == nil else {
            lastLook = nil
            return
        }
        active = SlurmQueue.states(answer.text)
        tellWhyJobsWait(now)
    }

    /// Says once why nothing goes on, after half a minute in which nothing has.
    private func tellWhyJobsWait(_ now: ContinuousClock.Instant) {
        let states = tasks.values.compactMap { active[$0] }
        guard !states.isEmpty, states.allSatisfy({ $0.state == "PENDING" && !$0.isGivenUp }) else {
            idle = nil
            return
        }
        let (since, told) = idle ?? (now, nil)
        let reason = Set(states.map(\.reason)).sorted().joined(separator: "; ")
        let isDue = now - since > .seconds(30) && told != reason
        idle = (since, isDue ? reason : told)
        if isDue { tell(states.count, "Slurm says: \(reason)") }
    }

    /// Reads what squeue prints: a task's array, its number, its state and the reason why it waits.
    static func states(_ text: String) -> [ArrayTask: TaskState] {
        var states: [ArrayTask: TaskState] = [:]
        for line in text.split(whereSeparator: \.isNewline) {
            let words = line.split(whereSeparator: \.isWhitespace)
            guard words.count > 3, let array = Int(words[0]), let number = Int(words[1]) else { continue }
            states[ArrayTask(array: array, number: number)] = TaskState(
                state: String(words[2]), reason: words[3...].joined(separator: " "))
        }
        return states
    }

    func cancel(_ file: String) async {
        guard let task = tasks.removeValue(forKey: file) else { return }
        await scancel("\(task.array)_\(task.number)")
    }

    func end(_ file: String) { tasks[file] = nil }

    func refuse(_ machine: String) { refused.insert(machine) }

    func close() async {
        guard batches > 0 else { return }
        await scancel("--name=\(name)")
        // What was being given back to the queue is there again a moment later.
        for _ in 0..<5 {
            lastLook = nil
            await look()
            guard lastLook != nil, active.values.contains(where: { $0.state == "PENDING" || $0.isGivenUp }) else {
                return
            }
            try? await Task.sleep(for: .seconds(1))
            await scancel("--name=\(name)")
        }
    }

    /// Cancels, whoever does so: also when this task is cancelled.
    private func scancel(_ what: String) async {
        let environment = self.environment
        await Task.detached {
            _ = try? await UserCommand.output(
                of: ["scancel", "--quiet", what], in: "/", environment: environment, time: .seconds(20))
        }.value
    }
}
