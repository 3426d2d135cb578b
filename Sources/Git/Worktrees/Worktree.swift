/// A directory in which one commit after another is checked out, while the user's own work tree stays untouched.
///
/// It is a linked worktree of the repository with a detached `HEAD`: `git worktree list` shows it. Nothing but the
/// slot and its administrative directory is ever written. Only one process at a time may use a slot.
public struct Worktree: ~Copyable, Sendable {
    /// The root of its files: absolute, without a trailing slash, and always the same for the same slot.
    public var path: String { slot.path }

    /// What the last checkout could not make as git and the programs that the user has set up for it would have.
    public private(set) var unfaithful: [UnfaithfulFile] = []

    let slot: WorktreeSlot

    init(_ slot: WorktreeSlot) {
        self.slot = slot
    }

    /// Makes the files equal to those of a commit, whatever was left in the slot before.
    ///
    /// Everything that is not in the commit is removed: ignored files, repositories inside, directories that cannot be
    /// written. Contents are written as `git checkout` writes them: with the line ends and ids that attributes and settings
    /// ask for. Files of Git LFS and submodules are filled from what the repository has of them. No program runs for it,
    /// neither a filter nor a hook; what would need one is listed in `unfaithful`, and so is what a partial clone lacks and
    /// Go does not read by itself. A slot that was left half-made or damaged is made again.
    ///
    /// To git, the slot of a snapshot is at the snapshot's parent.
    ///
    /// - Throws: `GitError` with the code `missingObject`, `partialClone`, `damagedObject` or `notACommit` if the commit
    ///   cannot be read, and `impossibleTree` if no checkout can make its files; `worktree` or `fileSystem` if the files
    ///   cannot be written. What the slot holds is then no commit's files, and the next checkout repairs it.
    public mutating func checkout(_ commit: ObjectID) throws(GitError) {
        guard let snapshot = try SnapshotCheckout(of: commit, slot) else {
            return try run(WorktreeCheckout(slot, commit))
        }
        try run(WorktreeCheckout(slot, snapshot.parent, submodules: snapshot.submodules))
        try replace(snapshot.files)
        let written = Set(snapshot.files.map(\.path))
        unfaithful.removeAll { written.contains($0.path) }
    }

    private mutating func run(_ checkout: WorktreeCheckout) throws(GitError) {
        let tree = try checkout.tree()
        unfaithful = []
        do {
            unfaithful = try checkout.run(tree)
        } catch {
            guard ![.impossibleTree, .missingObject, .partialClone, .damagedObject].contains(error.code) else {
                throw error
            }
            // Whatever it was that the slot lacked, or had too much of: an empty one lacks nothing.
            try slot.remove()
            unfaithful = try checkout.run(tree)
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
