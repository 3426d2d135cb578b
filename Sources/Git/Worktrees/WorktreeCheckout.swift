import CGit2

/// One checkout of a commit in a slot.
///
/// libgit2's own checkout is not used. It leaves repositories inside of the work tree alone, and, when a file, a directory
/// and a submodule take each other's place, ends with files missing.
struct WorktreeCheckout {
    let slot: WorktreeSlot
    let commit: ObjectID
    /// The commits of submodules that are to be at others than the tree has, by path.
    let submodules: [String: ObjectID]

    init(_ slot: WorktreeSlot, _ commit: ObjectID, submodules: [String: ObjectID] = [:]) {
        (self.slot, self.commit, self.submodules) = (slot, commit, submodules)
    }

    private var operation: String { "checking out \(commit.short) in \(slot.path)" }

    private func objects() throws(GitError) -> ObjectDatabase {
        try ObjectDatabase(in: slot.commonDirectory, slot.rules.substitutes)
    }

    /// The tree to check out. Read before the slot is touched.
    func tree() throws(GitError) -> ObjectID {
        try objects().tree(of: commit, operation)
    }

    /// Fills the slot. While this runs, and when it ends early in any way, the slot is not marked as complete, and
    /// what it holds is thrown away by the next checkout.
    func run(_ target: ObjectID) throws(GitError) -> [UnfaithfulFile] {
        try slot.prepare(at: commit)
        try slot.breakLocks()
        let complete = slot.completeCommit
        try slot.markIncomplete()
        let objects = try objects()
        // The commit that was checked out before may be gone by now.
        let old = complete.flatMap { try? objects.tree(of: $0, operation) }
        if old == nil { try slot.clear() }
        let checkout = TreeCheckout(root: slot.path, index: slot.index, rules: slot.rules, operation: operation)
        let outcome = try checkout.run(from: old, to: target, objects)
        let checkouts = SubmoduleCheckout(
            admin: slot.admin + "/allocbisect-submodules", root: slot.path, rules: slot.rules, operation: operation)
        let wanted = outcome.submodules.map { (path: $0.path, commit: submodules[$0.path] ?? $0.commit) }
        let unfaithful = try checkouts.run(wanted, of: target, objects, in: [slot.commonDirectory])
        try slot.markComplete(commit)
        return outcome.unfaithful + unfaithful
    }
}
