import CGit2

extension Repository {
    /// Computes for each commit a digest of the selected content: the names, modes and ids of everything selected.
    ///
    /// Two commits have equal digests for the same selection exactly if the selected content is equal. The digests of
    /// different selections say nothing about each other.
    ///
    /// - Returns: As many digests as commits, in the same order.
    /// - Throws: `GitError` with the code `partialClone`, `missingObject` or `damagedObject` if a commit or one of its
    ///   directories cannot be read.
    public func digests(
        of commits: [ObjectID], over selection: TreeSelection
    ) throws(GitError) -> [ObjectID] {
        let operation = "comparing the files of commits"
        var digester = SelectionDigester(selection)
        var digests: [ObjectID] = []
        digests.reserveCapacity(commits.count)
        for commit in commits {
            let root = try objects.tree(of: commit, operation)
            digests.append(
                try digester.digest(ofRoot: root) { (tree, pick) throws(GitError) in
                    try objects.withObject(tree, GIT_OBJECT_TREE, operation) { (bytes) throws(GitError) in
                        guard let pieces = pick(bytes) else {
                            throw objects.damaged(operation, "The tree \(tree)", "it ends within an entry")
                        }
                        return pieces
                    }
                })
        }
        return digests
    }
}
