import Benchmarks
import Foundation
import Synchronization
import Testing

@testable import Fleet
@testable import Measuring

/// A queue that does to a job's file what a test says.
private final class ScriptedQueue: JobQueue {
    private let work: @Sendable (_ answer: JobAnswer) throws -> Void
    private let states: Mutex<[QueueState]>
    let cancelled = Mutex<[String]>([])
    let ended = Mutex<[String]>([])
    let (title, choosesMachines) = ("by a script", true)

    /// A queue that starts the work at once, and says these states one by one, the last one forever.
    init(_ states: [QueueState] = [.running], _ work: @escaping @Sendable (_ answer: JobAnswer) throws -> Void) {
        self.states = Mutex(states)
        self.work = work
    }

    func submit(_ file: String) throws { try work(JobAnswer(of: file)) }
    func state(of file: String) -> QueueState { states.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] } }
    func cancel(_ file: String) { cancelled.withLock { $0.append(file) } }
    func end(_ file: String) { ended.withLock { $0.append(file) } }
    func refuse(_ machine: String) {}
    func close() {}
}

@Suite("Jobs in files")
struct SpoolExecutorTests {
    private static let pair = IterationPair(short: 10, long: 100)

    /// The records of a benchmark that allocates so often in an operation.
    static func text(allocations: Double = 1, machine: String = "a") -> String {
        let target = Benchmarks.Measurement.Target(package: ".", pattern: "^BenchmarkWork$")
        let round = Round(
            short: ["BenchmarkWork": ["probe-mallocs": allocations * 10]],
            long: ["BenchmarkWork": ["probe-mallocs": allocations * 100]])
        return AnswerText.text(of: [
            MeasurementRecord(
                commit: String(repeating: "a", count: 40),
                recipe: Recipe(goVersion: "go1.27.3", platform: "linux/amd64/v1", probe: 6), machine: machine,
                measurement: Benchmarks.Measurement(target: target, pair: pair, rounds: [round]))
        ])
    }

    private static let job = WorkerJob(
        id: "1-1", references: [], wanted: WorkerJob.Part(commit: "", tree: "", targets: []))

    /// Runs the job by a queue; returns what came, and what was noted at the end.
    private func run(_ queue: ScriptedQueue) async throws -> (delivery: Delivery, notes: [String]) {
        let state = StateDirectory(commonDirectory: NSTemporaryDirectory() + "/allocbisect-spool-\(UUID().uuidString)")
        let folder = try RunFolder(in: state)
        defer { try? FileManager.default.removeItem(atPath: state.path) }
        let notes = Mutex<[String]>([])
        let options = PortableOptions(MeasuringOptions(), hasBox: true, pinnedTests: nil)
        let executor = SpoolExecutor(
            queue: queue, width: 1, folder: folder,
            session: WorkerSession(repository: "x", source: nil, options: options, go: nil, width: 1),
            patience: Patience(
                silence: .milliseconds(800), unasked: .milliseconds(400), afterEnd: .milliseconds(100),
                afterFailure: .milliseconds(20),
                poll: .milliseconds(5))
        ) { note in notes.withLock { $0.append(note) } }
        let delivery = try await executor.run(SpoolExecutorTests.job, avoiding: [])
        await executor.close()
        #expect(!FileManager.default.fileExists(atPath: folder.path))
        return (delivery, notes.withLock { $0 })
    }

    @Test("are done when their records are there, whatever the queue says")
    func done() async throws {
        for state in [QueueState.waiting, .running, .gone(nil), .gone("the command ended with the status 1")] {
            let queue = ScriptedQueue([state]) { try $0.publish(SpoolExecutorTests.text()) }
            let delivery = try await run(queue).delivery
            #expect(queue.ended.withLock { $0.count } == 1 && queue.cancelled.withLock { $0.isEmpty })
            #expect(delivery.machine == "a" && delivery.records.count == 1)
        }
    }

    @Test("are done by a record that comes after the queue has said that the job is gone")
    func late() async throws {
        let queue = ScriptedQueue([.gone(nil)]) { answer in
            DispatchQueue.global().asyncAfter(deadline: .now() + 0.05) {
                try? answer.publish(SpoolExecutorTests.text())
            }
        }
        #expect(try await run(queue).delivery.records.count == 1)
    }

    @Test("are lost without a record, and cancelled")
    func lost() async throws {
        let queues: [(ScriptedQueue, String)] = [
            (ScriptedQueue([.waiting, .gone(nil)]) { _ in }, "it ended without a record"),
            (ScriptedQueue([.gone("no such host")]) { _ in }, "no such host"),
            (ScriptedQueue { try $0.beat(0) }, "silent"),
            (ScriptedQueue([.taken]) { try $0.beat(0) }, "silent"),
            (ScriptedQueue { _ in }, "silent"),
            (ScriptedQueue([.unknown]) { _ in }, "could not be asked"),
            (ScriptedQueue { try $0.fail("the disk is full") }, "the disk is full"),
            (ScriptedQueue { try $0.publish(String(SpoolExecutorTests.text().dropLast(40))) }, "damaged"),
            (ScriptedQueue { try $0.publish(SpoolExecutorTests.text().replacing("100", with: "101")) }, "damaged"),
            (ScriptedQueue { try $0.publish("") }, "damaged"),
            (ScriptedQueue { try $0.publish(AnswerText.text(of: [])) }, "damaged"),
        ]
        for (queue, reason) in queues {
            let error = await #expect(throws: LostJob.self) { try await run(queue) }
            #expect(error?.reason.contains(reason) == true)
            #expect(queue.cancelled.withLock { $0.count } == 1)
        }
    }

    @Test("wait in a queue for as long as it takes, and for a worker that shows that it lives")
    func patient() async throws {
        let waiting = ScriptedQueue([.waiting]) { answer in
            try answer.beat(0)
            DispatchQueue.global().asyncAfter(deadline: .now() + 1.2) {
                try? answer.publish(SpoolExecutorTests.text())
            }
        }
        #expect(try await run(waiting).delivery.records.count == 1)
        let working = ScriptedQueue { answer in
            DispatchQueue.global().async {
                for count in 0..<14 {
                    try? answer.beat(count)
                    Thread.sleep(forTimeInterval: 0.1)
                }
                try? answer.publish(SpoolExecutorTests.text())
            }
        }
        #expect(try await run(working).delivery.records.count == 1)
    }

    @Test("have the answer that came first, and a second one that differs is reported")
    func copies() async throws {
        for (second, isTold) in [(1.0, false), (2.0, true)] {
            let queue = ScriptedQueue { answer in
                try answer.publish(SpoolExecutorTests.text())
                try answer.publish(SpoolExecutorTests.text(allocations: second, machine: "b"))
            }
            let (delivery, notes) = try await run(queue)
            #expect(delivery.machine == "a")
            #expect(notes.isEmpty != isTold)
            if isTold { #expect(notes[0].contains("a and b have BenchmarkWork with 1 instead of 2 allocs/op")) }
        }
    }
}
