extension Repository {
    /// Makes the worktree slot of that number ready, or finds it.
    ///
    /// Slots are in `allocbisect/worktrees` in the common directory, so that all linked worktrees share them. They stay
    /// where they are from one run to the next: Go's build cache depends on the path. Keeping other processes out of a
    /// slot is up to the caller.
    ///
    /// - Throws: `GitError` with the code `worktree` if the number is negative, or `fileSystem` if the directory
    ///   cannot be made.
    public func worktree(slot: Int) throws(GitError) -> Worktree {
        let slot = try self.slot(slot)
        if FileSystem.kind(slot.path) != .directory { try FileSystem.removeTree(slot.path) }
        try FileSystem.makeDirectory(slot.path)
        return Worktree(slot)
    }

    /// Removes a worktree slot and what git knows of it. Does nothing if there is none.
    ///
    /// For programs that walk commits once and leave nothing behind: allocbisect keeps its slots for the next run.
    ///
    /// - Throws: `GitError` with the code `worktree` if the number is negative or if a worktree of the user's has the
    ///   slot's name; `fileSystem` if something cannot be removed.
    public func removeWorktree(slot: Int) throws(GitError) {
        try self.slot(slot).remove()
    }

    /// The numbers of the worktree slots that exist, in ascending order, whether they are in use or not: what there is
    /// to remove.
    public func existingWorktrees() -> [Int] {
        let names = FileSystem.names(in: WorktreeSlot.parent(in: commonDirectory))
        return names.compactMap { Int($0) }.filter { $0 >= 0 }.sorted()
    }

    private func slot(_ number: Int) throws(GitError) -> WorktreeSlot {
        guard number >= 0 else {
            throw GitError(
                .worktree, operation: "finding a worktree slot",
                message: "\(number) is not a worktree slot: they are counted from 0.")
        }
        return WorktreeSlot(number: number, commonDirectory: commonDirectory, rules: try checkoutRules())
    }
}
