/// What a checkout of a snapshot's commit takes besides one of its parent, whose files git knows how to write.
struct SnapshotCheckout {
    let parent: ObjectID
    /// The files that differ, with their bytes as they are to be.
    private(set) var files: [Replacement] = []
    /// The commits of the submodules that differ, by path.
    private(set) var submodules: [String: ObjectID] = [:]

    /// Reads a snapshot; `nil` for a commit that is none.
    init?(of commit: ObjectID, _ slot: WorktreeSlot) throws(GitError) {
        guard SnapshotStore.contains(commit, in: slot.commonDirectory) else { return nil }
        let operation = "reading a snapshot of the work tree"
        let detached = try DetachedRepository(in: slot.commonDirectory, slot.rules.substitutes)
        guard let parent = try detached.objects.withCommit(commit, operation, { $0.parents.first }) else { return nil }
        self.parent = parent
        for delta in try detached.deltas(from: parent, to: commit, findsRenames: false, operation) {
            if let new = delta.new, new.mode.isSubmodule {
                submodules[new.path] = new.id
            } else if let new = delta.new {
                let content = try detached.objects.content(of: new.id, new.mode, operation)
                files.append(Replacement(path: new.path, content: content))
            } else if let old = delta.old, !old.mode.isSubmodule {
                files.append(Replacement(path: old.path, content: .absent))
            }
        }
    }
}
