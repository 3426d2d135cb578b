public import Git
import Measuring

/// All that is known about a repository's hooks: whether they are in place, what waits, and the latest results.
public struct HookStatus: Sendable {
    /// Which hooks are in place, and in which folder.
    public let installation: HookInstallation
    /// What waits to be measured, the oldest first.
    public let queue: [QueueEntry]
    /// Whether a recorder is at work.
    public let recorder: Recorder
    /// The outcomes of the last commits, the newest last.
    public let runs: [HookRun]
    /// The last ten, and what was set aside before them.
    public var shownRuns: [HookRun] { runs.dropLast(10).filter(\.isSetAside) + runs.suffix(10) }
    /// The last regression; nil when there was none.
    public let lastAlert: HookAlert?
    /// How many lines wait to be reported.
    public let pendingAlerts: Int
    /// The file in which the recorder says what it does.
    public let log: String

    /// What the recorder does.
    public enum Recorder: Sendable {
        case idle
        /// It measures, in a process whose number is nil where it could not be written down.
        case working(process: Int32?)
    }

    /// A status from its parts, for which no repository is read.
    init(
        installation: HookInstallation, queue: [QueueEntry], recorder: Recorder, runs: [HookRun],
        lastAlert: HookAlert?, pendingAlerts: Int, log: String
    ) {
        (self.installation, self.queue, self.recorder, self.runs) = (installation, queue, recorder, runs)
        (self.lastAlert, self.pendingAlerts, self.log) = (lastAlert, pendingAlerts, log)
    }

    /// Looks at the repository around a folder, and changes nothing.
    ///
    /// - Throws: `GitError` if there is no repository, or its settings cannot be read.
    public init(directory: String) throws(GitError) {
        installation = try HookInstallation(directory: directory)
        let state = StateDirectory(commonDirectory: try Repository(discovering: directory).commonDirectory)
        queue = HookQueue(folder: state.queue).entries()
        recorder = PIDFile.recorder(state)
        runs = HookJournal(state).runs
        lastAlert = runs.last { !$0.alerts.isEmpty }?.alerts.last
        pendingAlerts = PendingAlerts(state).lines.count
        log = state.hookLog
    }
}
