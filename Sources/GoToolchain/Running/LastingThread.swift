import Foundation

/// A thread that lasts as long as the program, for the work of starting processes.
///
/// Linux tells a process of its parent's death when the thread ends that started it (`PR_SET_PDEATHSIG` in prctl(2)),
/// and those that usually do a task's work end whenever there is none. A box would be gone with it.
// What changes is guarded by the condition.
final class LastingThread: TaskExecutor, @unchecked Sendable {
    static let shared = LastingThread()

    private let condition = NSCondition()
    private var jobs: [UnownedJob] = []

    private init() {
        Thread.detachNewThread { [unowned(unsafe) self] in
            while true { next().runSynchronously(on: asUnownedTaskExecutor()) }
        }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        condition.withLock { jobs.append(job) }
        condition.signal()
    }

    private func next() -> UnownedJob {
        condition.withLock {
            while jobs.isEmpty { condition.wait() }
            return jobs.removeFirst()
        }
    }
}
