import Benchmarks
import Git
import GoToolchain
import Measuring

/// A worker on another machine, which is started over ssh when it is first needed, and again when it is lost.
actor SSHWorker {
    nonisolated let name: String
    private let width: Int
    private let measurer: Measurer
    private let connection: SSHConnection
    private let patience: Patience

    private enum State {
        case idle
        case starting
        case ready
    }
    private var state = State.idle
    /// The number of the worker that is listened to. What an earlier one says is not meant any more.
    private var number = 0
    private var companion: Companion?
    private var waiting: [CheckedContinuation<Void, any Error>] = []
    private var jobs: [String: CheckedContinuation<Delivery, any Error>] = [:]
    private var lastWord = ContinuousClock.now
    /// The objects that it has.
    private var known: Set<ObjectID> = []
    /// How often it was lost.
    private var losses = 0
    /// Why it was lost, as a clause.
    private(set) var trouble: String?

    init(
        _ machine: ExecutorChoice.SSHMachine, _ measurer: Measurer, environment: [String: String],
        patience: Patience = Patience()
    ) {
        (name, width, self.measurer, self.patience) = (machine.name, machine.width, measurer, patience)
        connection = SSHConnection(machine.name, program: measurer.options.launcher, environment: environment)
    }

    /// Whether it is not worth another try.
    var isGivenUp: Bool { losses >= 3 }

    /// A worker that cannot be started, which is not a job's fault; why, as a clause.
    struct Unreachable: Error { var reason: String }

    /// Has a job measured.
    ///
    /// - Throws: `Unreachable`, `LostJob`.
    func run(_ job: WorkerJob) async throws -> Delivery {
        try await start()
        let current = number
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                do {
                    try send(job)
                    jobs[job.id] = continuation
                } catch {
                    continuation.resume(throwing: error)
                }
            }
        } onCancel: {
            // Its work is not needed any more: it ends with the connection.
            Task { await lose(current, "the job was cancelled") }
        }
    }

    private func start() async throws {
        if state == .ready { return }
        if state == .idle { connect() }
        try await withCheckedThrowingContinuation { waiting.append($0) }
    }

    private func connect() {
        (state, known, lastWord) = (.starting, [], .now)
        number += 1
        let current = number
        // One after the other, in their order.
        let (words, heard) = AsyncStream.makeStream(of: Word.self)
        Task { for await word in words { await hear(word, from: current) } }
        Task { [connection] in
            do {
                let command = try await connection.workerCommand()
                let companion = Companion(
                    command, environment: connection.environment, onLine: { heard.yield(.line($0)) },
                    onEnd: {
                        heard.yield(.end($0))
                        heard.finish()
                    })
                await listen(to: companion, current)
            } catch {
                await lose(current, "\(error)")
            }
        }
    }

    private enum Word: Sendable {
        case line(String)
        case end(String)
    }

    private func listen(to companion: Companion, _ current: Int) async {
        guard number == current, state == .starting else { return await companion.end() }
        self.companion = companion
        do {
            say(.session(try WorkerSession(of: measurer, source: nil, width: width)))
        } catch {
            return await lose(current, "\(error)")
        }
        Task {
            while number == current, self.companion != nil {
                try await Task.sleep(for: .seconds(5))
                if ContinuousClock.now - lastWord > patience.silence {
                    await lose(current, "it was silent for \(patience.silence.components.seconds) s")
                }
            }
        }
    }

    private func hear(_ word: Word, from current: Int) async {
        guard number == current else { return }
        lastWord = .now
        switch word {
        case .end(let said):
            await lose(current, "the connection ended" + (said.isEmpty ? "" : ": \(said.lastLine)"))
        case .line(SSHConnection.absent):
            do {
                // The next one finds it.
                try await connection.copyProgram()
                await lose(current, nil)
            } catch {
                await lose(current, "\(error)")
            }
        case .line(let line):
            do { try await take(line, current) } catch { await lose(current, "\(error)") }
        }
    }

    private func take(_ line: String, _ current: Int) async throws {
        // What a login prints is none.
        guard let reply = WorkerReply(line: line) else { return }
        switch reply {
        case .beat: break
        case .mirror(let commits):
            let repository = try Repository(discovering: measurer.repository)
            for commit in commits.compactMap(ObjectID.init) { try? repository.transfer(commit, known: &known, nil) }
            if let pinned = measurer.pinnedTests { try send(pinned) }
            say(.begin)
        case .ready:
            state = .ready
            for continuation in waiting { continuation.resume() }
            waiting = []
        case .records(let id, let text):
            guard let job = jobs.removeValue(forKey: id) else { return }
            do { job.resume(returning: try Delivery(machine: name, text: text)) } catch { job.resume(throwing: error) }
        case .trouble(let id?, let text):
            jobs.removeValue(forKey: id)?.resume(throwing: LostJob(machine: name, reason: text))
        case .trouble(nil, let text): await lose(current, text)
        }
    }

    private func send(_ job: WorkerJob) throws {
        for part in job.parts {
            if let commit = ObjectID(part.commit) { try send(commit) }
        }
        say(.job(job))
    }

    /// Sends what the worker lacks of a commit.
    private func send(_ commit: ObjectID) throws {
        let batches = try SSHWorker.objects(of: commit, in: measurer.repository, known: &known)
        for batch in batches { say(.objects(batch)) }
        if !batches.isEmpty { say(.complete([commit.description])) }
    }

    /// What somebody lacks of a commit, in lines of some size.
    private static func objects(
        of commit: ObjectID, in repository: String, known: inout Set<ObjectID>
    ) throws -> [[SentObject]] {
        var batches: [[SentObject]] = []
        var size = batch
        try Repository(discovering: repository).transfer(commit, known: &known) { object in
            if size >= batch { (batches, size) = (batches + [[]], 0) }
            batches[batches.count - 1].append(SentObject(object))
            size += object.bytes.count
        }
        return batches
    }

    /// How many bytes of objects go into one line, as soon as there are that many.
    private static let batch = 1 << 20

    private func say(_ request: WorkerRequest) {
        if let line = try? request.line { companion?.say(line) }
    }

    /// Gives a worker up, with all that it was to do.
    ///
    /// - Parameter reason: Why, as a clause; nil when it is to be started again at once.
    private func lose(_ current: Int, _ reason: String?) async {
        guard number == current, state != .idle else { return }
        let (wasReady, companion) = (state == .ready, self.companion)
        (state, self.companion) = (.idle, nil)
        if let reason {
            trouble = reason
            losses += 1
            let (jobs, waiting) = (self.jobs, self.waiting)
            (self.jobs, self.waiting) = ([:], [])
            for job in jobs.values { job.resume(throwing: LostJob(machine: name, reason: reason)) }
            for continuation in waiting { continuation.resume(throwing: Unreachable(reason: reason)) }
            if !wasReady { losses = 3 }
        } else {
            connect()
        }
        await companion?.end()
    }

    /// Ends the worker: jobs that it still has are lost, and no connection is left.
    func close() async { await lose(number, trouble ?? "it is not needed any more") }
}

extension String {
    /// The last line that says anything.
    fileprivate var lastLine: String { split(whereSeparator: \.isNewline).last.map(String.init) ?? "" }
}
