import Git

/// What each machine has lost since it did something.
///
/// One commit alone may be to blame for what becomes of it, so several count.
actor Losses {
    private var commits: [String: Set<ObjectID>] = [:]

    /// When it has lost jobs of so many commits, a machine gets no further one.
    static let most = 3

    /// Takes note of a job that was done.
    func end(on machine: String) { commits[machine] = nil }

    /// Takes note of a lost job, and says whether it is the one that makes it too many.
    func isTooMuch(on machine: String, _ commit: ObjectID) -> Bool {
        let isNew = commits[machine, default: []].insert(commit).inserted
        return isNew && commits[machine]?.count == Losses.most
    }
}
