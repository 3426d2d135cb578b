import Measuring

extension StateDirectory {
    /// The commits that the hooks ask to have measured.
    var queue: String { path + "/queue" }
    /// What the hooks or the next command are to tell, a line each.
    var alerts: String { path + "/alerts" }
    /// The outcomes of the commits that the hooks asked for.
    var runs: String { path + "/hook.runs.json" }
    /// What the recorder had begun when it was killed.
    var unendedTries: String { path + "/hook.unended" }
    /// What the recorder says while it works.
    var hookLog: String { path + "/hook.log" }
    /// The number of the recorder's process, as long as it holds its lock.
    var recorder: String { path + "/hook.pid" }
    /// The byte of the lock file that the recorder holds: above those of the slots, below those of commits.
    var recorderLock: UInt64 { 1 << 32 - 1 }
}
