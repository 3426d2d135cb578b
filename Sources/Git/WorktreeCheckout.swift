import CGit2

/// One checkout of a commit in a slot.
///
/// libgit2's own checkout is not used. It asks settings and attributes, leaves repositories inside of the work tree
/// alone, and, when a file, a directory and a submodule take each other's place, ends with files missing.
struct WorktreeCheckout {
    let slot: WorktreeSlot
    let commit: ObjectID

    private var operation: String { "checking out \(commit.short) in \(slot.path)" }

    /// The tree to check out. Read before the slot is touched.
    func tree() throws(GitError) -> ObjectID {
        try ObjectDatabase(in: slot.commonDirectory).tree(of: commit, operation)
    }

    /// Fills the slot. While this runs, and when it ends early in any way, the slot is not marked as complete, and
    /// what it holds is thrown away by the next checkout.
    func run(_ target: ObjectID) throws(GitError) {
        try slot.prepare(at: commit)
        try slot.breakLocks()
        let complete = slot.completeCommit
        try slot.markIncomplete()
        if complete == nil { try slot.clear() }
        let objects = try ObjectDatabase(in: slot.commonDirectory)
        let index = try Handle(git_index_free, operation) { git_index_open($0, slot.admin + "/index") }
        let root = try DirectoryDescriptor(slot.path)
        let writer = SlotWriter(objects: objects, index: index, operation: operation)
        if let complete {
            let missing = try SlotSweep(index: writer.index.pointer).run(slot.path)
            try writer.update(root, from: writer.objects.tree(of: complete, operation), to: target)
            try writer.restore(missing, in: root, from: target)
        } else {
            try writer.update(root, from: nil, to: target)
        }
        try writer.finish()
        try slot.markComplete(commit)
    }
}
