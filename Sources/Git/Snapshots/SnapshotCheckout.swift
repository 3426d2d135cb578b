/// What a checkout of a snapshot's commit takes besides one of its parent, whose files git knows how to write.
struct SnapshotCheckout {
    let parent: ObjectID
    /// The files that differ, with their bytes as a checkout of a commit with them would write them. What a program would
    /// have changed has been stored as it was in the work tree, and stays so.
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
        let tree = try detached.objects.tree(of: commit, operation)
        var attributes = AttributeLookup(slot.rules)
        for delta in try detached.deltas(from: parent, to: commit, findsRenames: false, operation) {
            if let new = delta.new, new.mode.isSubmodule {
                submodules[new.path] = new.id
            } else if let new = delta.new {
                var content = try detached.objects.content(of: new.id, new.mode, operation)
                if case .file(let bytes, let isExecutable) = content {
                    let conversion = try attributes.conversion(of: new.path) { (path) throws(GitError) in
                        try detached.objects.file(path, of: tree, operation)
                    }
                    if !conversion.needsProgram(slot.rules) {
                        content = .file(try conversion.apply(bytes, id: new.id), isExecutable: isExecutable)
                    }
                }
                files.append(Replacement(path: new.path, content: content))
            } else if let old = delta.old, !old.mode.isSubmodule {
                files.append(Replacement(path: old.path, content: .absent))
            }
        }
    }
}

extension ObjectDatabase {
    /// The content of a file of a tree; `nil` where the tree has none.
    fileprivate func file(_ path: String, of tree: ObjectID, _ operation: String) throws(GitError) -> [UInt8]? {
        var lookup = TreeLookup(root: tree)
        let names = path.split(separator: "/").map { Array(String($0).utf8CString) }
        guard let item = try lookup.item(names, self, operation), item.mode.isFile else { return nil }
        return try blob(item.id, operation)
    }
}
