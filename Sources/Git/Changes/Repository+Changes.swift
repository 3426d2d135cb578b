extension Repository {
    /// Compares the files of two commits line by line, and finds out which were renamed.
    ///
    /// The user's settings and attributes don't matter, and nothing external runs: contents are compared as they are
    /// stored. A submodule's content is one line with the id of its commit. What a partial clone lacks and is not Go's is
    /// taken for binary.
    ///
    /// - Parameters:
    ///   - old: The commit to begin from.
    ///   - new: The commit to end at.
    ///   - contextLines: How many unchanged lines to list before and after those that differ.
    /// - Returns: The files that differ, in the order of their paths.
    /// - Throws: `GitError` with the code `partialClone`, `missingObject`, `damagedObject` or `notACommit` if a commit,
    ///   a directory or a file that differs cannot be read.
    public func changes(
        from old: ObjectID, to new: ObjectID, contextLines: Int = 3
    ) throws(GitError) -> [FileChange] {
        let operation = "comparing \(old.short) with \(new.short)"
        let detached = try DetachedRepository(in: commonDirectory, substitutes)
        var changes: [FileChange] = []
        for delta in try detached.deltas(from: old, to: new, operation) {
            let (oldPath, newPath) = (delta.old?.path, delta.new?.path)
            guard delta.old?.id != delta.new?.id else {
                changes.append(FileChange(oldPath: oldPath, newPath: newPath, isBinary: false, hunks: []))
                continue
            }
            guard let oldContent = try detached.content(of: delta.old, operation),
                let newContent = try detached.content(of: delta.new, operation)
            else {
                changes.append(FileChange(oldPath: oldPath, newPath: newPath, isBinary: true, hunks: []))
                continue
            }
            let comparison = try LineComparison(oldContent, newContent, contextLines: contextLines, operation)
            changes.append(
                FileChange(
                    oldPath: oldPath, newPath: newPath, isBinary: comparison.isBinary, hunks: comparison.hunks))
        }
        return changes
    }
}

extension DetachedRepository {
    /// The files that differ between two commits, in the order of their paths.
    func deltas(
        from old: ObjectID, to new: ObjectID, findsRenames: Bool = true, _ operation: String
    ) throws(GitError) -> [FileDelta] {
        try deltas(
            from: tree(of: old, operation), to: tree(of: new, operation), findsRenames: findsRenames, operation)
    }

    /// What there is to compare of a file; nothing if it isn't there, and `nil` in a partial clone that lacks it.
    fileprivate func content(of file: FileDelta.Side?, _ operation: String) throws(GitError) -> [UInt8]? {
        guard let file else { return [] }
        return file.mode.isSubmodule
            ? Array("Subproject commit \(file.id)\n".utf8)
            : try objects.content(file.id, ofFile: file.path, operation)
    }
}
