/// A directory in which one commit after another is checked out, while the user's own work tree stays untouched.
///
/// It is a linked worktree of the repository with a detached `HEAD`: `git worktree list` shows it. Nothing but the
/// slot and its administrative directory is ever written. Only one process at a time may use a slot.
public struct Worktree: ~Copyable, Sendable {
    /// The root of its files: absolute, without a trailing slash, and always the same for the same slot.
    public var path: String { slot.path }

    let slot: WorktreeSlot

    init(_ slot: WorktreeSlot) {
        self.slot = slot
    }

    /// Makes the files equal to those of a commit, whatever was left in the slot before.
    ///
    /// Everything that is not in the commit is removed: ignored files, repositories inside, directories that cannot be
    /// written. Contents are written as they are stored: no filter, line end conversion, hook or submodule update
    /// takes place. A slot that was left half-made or damaged is made anew.
    ///
    /// - Throws: `GitError` with the code `missingObject`, `partialClone`, `damagedObject` or `notACommit` if the commit
    ///   cannot be read; `worktree` or `fileSystem` if the files cannot be written. What the slot holds is then no
    ///   commit's files, and the next checkout repairs it.
    public mutating func checkout(_ commit: ObjectID) throws(GitError) {
        let checkout = WorktreeCheckout(slot: slot, commit: commit)
        let tree = try checkout.tree()
        do {
            try checkout.run(tree)
        } catch {
            // Whatever it was that the slot lacked, or had too much of: an empty one lacks nothing.
            try slot.remove()
            try checkout.run(tree)
        }
    }

    /// Takes the link to the repository away, so that git commands that run in the slot find none. Git calls the worktree
    /// prunable meanwhile. The next checkout puts it back.
    ///
    /// - Throws: `GitError` with the code `fileSystem` if it cannot be removed.
    public mutating func hideRepository() throws(GitError) { try FileSystem.removeTree(slot.link) }

    /// Puts the link to the repository back.
    ///
    /// - Throws: `GitError` with the code `fileSystem` if it cannot be written.
    public mutating func showRepository() throws(GitError) { try slot.makeLink() }
}
