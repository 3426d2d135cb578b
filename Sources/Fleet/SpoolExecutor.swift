import Benchmarks
import Measuring

import struct Foundation.Data
import class Foundation.FileManager
import class Foundation.JSONEncoder
import struct Foundation.URL

/// Where job files go that are in a folder which all machines see.
protocol JobQueue: Sendable {
    var title: String { get }
    /// Whether it can leave a machine out.
    var choosesMachines: Bool { get }
    /// Has a worker started for a job's file.
    ///
    /// - Throws: `CoreError` when it is not taken.
    func submit(_ file: String) async throws
    /// Where a job is that was submitted.
    func state(of file: String) async -> QueueState
    func cancel(_ file: String) async
    /// Takes note that a job's records are here, whatever becomes of its worker.
    func end(_ file: String) async
    func refuse(_ machine: String) async
    /// Cancels all that is left.
    func close() async
}

/// What a queue says of a job. Only how long to wait for its records depends on it.
enum QueueState: Sendable, Equatable {
    case waiting
    /// It was handed over. Only its own signs of life tell whether it has begun.
    case taken
    /// The queue says that it has begun on some machine.
    case running
    /// The queue could not be asked.
    case unknown
    /// It is gone, whether it was done or not; why, where that is known.
    case gone(String?)
}

/// Has jobs measured by way of files in a folder that all machines see.
struct SpoolExecutor<Queue: JobQueue>: Executor {
    let queue: Queue
    let width: Int
    let folder: RunFolder
    let session: WorkerSession
    let patience: Patience
    /// Takes a sentence for the user.
    let note: @Sendable (String) -> Void

    var title: String { queue.title }
    var choosesMachines: Bool { queue.choosesMachines }

    func run(_ job: WorkerJob, avoiding machines: Set<String>) async throws -> Delivery {
        let file = "\(folder.path)/\(job.id).json"
        let answer = JobAnswer(of: file)
        do {
            try JSONEncoder().encode(JobFile(session: session, job: job)).write(
                to: URL(filePath: file), options: .atomic)
        } catch {
            throw CoreError(.surroundings, "\(file) cannot be written: \(error.localizedDescription)")
        }
        try await queue.submit(file)
        do {
            let text = try await text(of: answer, file)
            await queue.end(file)
            return try Delivery(machine: nil, text: text)
        } catch {
            await queue.cancel(file)
            throw error
        }
    }

    /// Waits for the records.
    private func text(of answer: JobAnswer, _ file: String) async throws -> String {
        var (beat, lastBeat) = (nil as String?, ContinuousClock.now)
        var goneSince: ContinuousClock.Instant?
        while true {
            if let text = answer.text { return text }
            if let trouble = answer.trouble { throw trouble }
            let now = ContinuousClock.now
            // What changes counts, and no clock but this one.
            if let found = answer.beat, found != beat { (beat, lastBeat) = (found, now) }
            switch await queue.state(of: file) {
            case .waiting: (lastBeat, goneSince) = (now, nil)
            case .taken where beat == nil: goneSince = nil
            case .unknown:
                goneSince = nil
                if now - lastBeat > patience.unasked {
                    throw LostJob(
                        machine: nil,
                        reason: "its queue could not be asked for \(patience.unasked.components.seconds) s")
                }
            case .running, .taken:
                goneSince = nil
                if now - lastBeat > patience.silence {
                    throw LostJob(
                        machine: beat.map { String($0.prefix { $0 != " " }) },
                        reason: "its worker was silent for \(patience.silence.components.seconds) s")
                }
            case .gone(let trouble):
                let since = goneSince ?? now
                goneSince = since
                // A network's disk may show a file later than a queue says so.
                if now - since > (trouble == nil ? patience.afterEnd : patience.afterFailure), answer.text == nil {
                    throw LostJob(machine: nil, reason: trouble ?? "it ended without a record")
                }
            }
            try await Task.sleep(for: patience.poll)
        }
    }

    func refuse(_ machine: String, _ reason: String) async { await queue.refuse(machine) }

    func close() async {
        await queue.close()
        noteContradictions()
        folder.remove()
    }
}

extension SpoolExecutor {
    /// Says where two copies of one job found different counts. What came first stands.
    private func noteContradictions() {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        where name.hasSuffix(".second") {
            let answer = JobAnswer(of: "\(folder.path)/\(name.dropLast(7)).json")
            guard
                let (first, second) = try? (
                    Delivery(machine: nil, text: answer.text ?? ""),
                    Delivery(machine: nil, text: answer.secondText ?? "")
                )
            else { continue }
            for (one, other) in zip(first.records, second.records) {
                guard let difference = one.measurement.countDifference(from: other.measurement) else { continue }
                note(
                    "two copies of a job differ at \(one.commit.prefix(10)): \(one.machine) and \(other.machine) have "
                        + "\(difference); the first one counts")
            }
        }
    }
}

/// How long to wait for what.
struct Patience: Sendable {
    /// A worker that shows no sign of life for so long is lost.
    var silence = Duration.seconds(60)
    /// A queue that cannot be asked for so long, while the worker shows no sign of life either, has lost the job.
    var unasked = Duration.seconds(600)
    /// A job that ended without a word is lost after this time.
    var afterEnd = Duration.seconds(10)
    /// A job that ended with trouble is lost after this time.
    var afterFailure = Duration.seconds(1)
    /// The time between two looks at the answers and the queue.
    var poll = Duration.milliseconds(200)
}
