import CGit2

extension Repository {
    /// Finds the paths at which the trees of two commits differ, each with a zero byte at its end.
    ///
    /// A directory that is on one side only is named as a whole, without a slash. What is equal is not read.
    func changedPaths(
        from old: ObjectID, to new: ObjectID, _ operation: String
    ) throws(GitError) -> [[CChar]] {
        let before = try withCommit(old, operation) { $0.tree }
        let after = try withCommit(new, operation) { $0.tree }
        var paths: [[CChar]] = []
        try compare(before, after, below: [], operation, &paths)
        return paths
    }

    private func compare(
        _ old: ObjectID, _ new: ObjectID, below prefix: [CChar], _ operation: String, _ paths: inout [[CChar]]
    ) throws(GitError) {
        guard old != new else { return }
        var remaining = try entries(of: old, operation)
        for (name, entry) in try entries(of: new, operation) {
            let other = remaining.removeValue(forKey: name)
            guard other != entry else { continue }
            if let other, other.isTree, entry.isTree {
                let below = prefix + name + [CChar(bitPattern: UInt8(ascii: "/"))]
                try compare(other.id, entry.id, below: below, operation, &paths)
            } else {
                paths.append(prefix + name + [0])
            }
        }
        for name in remaining.keys { paths.append(prefix + name + [0]) }
    }

    private func entries(of tree: ObjectID, _ operation: String) throws(GitError) -> [[CChar]: TreeItem] {
        try withObject(tree, GIT_OBJECT_TREE, operation) { bytes in
            var items: [[CChar]: TreeItem] = [:]
            for entry in TreeEntries(bytes) {
                items[entry.name.map { CChar(bitPattern: $0) }] = TreeItem(mode: entry.mode, id: entry.id)
            }
            return items
        }
    }
}

/// What a name in a directory stands for.
private struct TreeItem: Equatable {
    let mode: UInt32
    let id: ObjectID

    var isTree: Bool { mode & 0o170000 == 0o040000 }
}
