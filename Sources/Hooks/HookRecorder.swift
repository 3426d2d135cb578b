public import Git
import GoToolchain
public import Measuring
public import Policy

/// Measures what the hooks have put into the queue: one recorder a repository, one commit at a time.
///
/// An entry is taken off the queue only after everything that it stands for was written down, so that a recorder that
/// is killed loses nothing; what it had measured is in the results cache.
public struct HookRecorder: Sendable {
    let directory: String
    let state: StateDirectory
    let options: MeasuringOptions
    let environment: [String: String]
    let today: Day
    let wording: @Sendable (HookAlert) -> String
    let command: String?
    let queue: HookQueue
    let log: HookLog

    /// How often an entry is tried when it is not the commit that fails.
    private static let tries = 5

    /// A recorder for the repository around a folder.
    ///
    /// - Parameters:
    ///   - today: The day that decides which entries of a policy have expired.
    ///   - wording: The line that tells an alert, with nothing in it that could steer a terminal.
    /// - Throws: `GitError` if there is no repository or its settings cannot be read.
    public init(
        directory: String, options: MeasuringOptions, environment: [String: String], today: Day,
        wording: @escaping @Sendable (HookAlert) -> String
    ) throws(GitError) {
        let repository = try Repository(discovering: directory)
        // Whole commits are measured, in whichever folder the hook was called.
        self.directory = repository.workDirectory ?? repository.commonDirectory
        state = StateDirectory(commonDirectory: repository.commonDirectory)
        command = try repository.setting("allocbisect.notify")
        self.options = options
        self.environment = environment
        self.today = today
        self.wording = wording
        queue = HookQueue(folder: state.queue)
        log = HookLog(path: state.hookLog)
    }

    /// Works until the queue is empty, or holds only what failed just now. Returns at once when another recorder works.
    ///
    /// - Throws: When nothing can be written below the common git directory, and on cancellation.
    public func run() async throws {
        var tried: Set<QueueEntry.Key> = []
        // Again after the lock was given up: a hook that came in between found it taken, and its recorder gone.
        while queue.entries().contains(where: { !tried.contains($0.key) }) {
            try state.create()
            guard let lock = try FileLock(trying: state.locks, at: state.recorderLock) else { return }
            PIDFile.write(to: state.recorder)
            while let entry = queue.entries().first(where: { !tried.contains($0.key) }) {
                tried.insert(entry.key)
                try await handle(entry)
            }
            PIDFile.remove(from: state.recorder)
            withExtendedLifetime(lock) {}
        }
    }

    /// Measures what an entry stands for; whatever fails besides the commit leaves it for the next recorder.
    private func handle(_ entry: QueueEntry) async throws {
        log.write("\(entry.hook): \(entry.commit.short)")
        do {
            try await record(entry)
            try queue.remove(entry)
            log.write("\(entry.commit.short) is done")
        } catch {
            try Task.checkCancellation()
            let isLast = entry.tries + 1 >= HookRecorder.tries
            log.write("\(entry.commit.short) is \(isLast ? "given up" : "left for the next time"): \(error)")
            if isLast { try? queue.remove(entry) } else { queue.noteTry(of: entry) }
            let reason = "\(error)"
            var journal = HookJournal(state)
            // What was reported before it failed stays known, so that the next try does not tell it again.
            let told = journal.runs.last { $0.commit == entry.commit }?.alerts ?? []
            // Where this cannot be written either, the queue alone has to tell.
            try? journal.add([
                HookRun(entry.commit, isLast ? .givenUp(reason: reason) : .postponed(reason: reason), told)
            ])
        }
    }
}
