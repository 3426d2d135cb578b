extension Repository {
    /// Makes a patch's change to the files of a commit, as `git apply` does. Nothing is written to the repository.
    ///
    /// - Returns: The files that the result consists of besides those of the commit; none where the commit has the whole
    ///   change already.
    /// - Throws: `GitError` with the code `patch` if it is no patch or does not fit; `partialClone`, `missingObject`,
    ///   `damagedObject` or `notACommit` if an object cannot be read.
    public func applying(_ patch: Patch, to commit: ObjectID) throws(GitError) -> [Replacement] {
        let operation = "applying \(patch.name) to \(commit.short)"
        let files = try FilePatch.read(patch, operation)
        var replacements: [Replacement] = []
        for file in files {
            guard let made = try self.replacements(by: file, at: commit, operation) else {
                for file in files where try self.replacements(by: file.reversed, at: commit, operation) == nil {
                    let path = (file.old ?? file.new)?.path ?? ""
                    throw GitError(
                        .patch, operation: operation,
                        message:
                            "\(patch.name) does not fit \(path) at \(commit.short), which does not have its change either."
                    )
                }
                return []
            }
            replacements += made
        }
        return replacements
    }

    /// What a change of one file comes to; `nil` where it does not fit.
    private func replacements(
        by file: FilePatch, at commit: ObjectID, _ operation: String
    ) throws(GitError) -> [Replacement]? {
        var (before, isExecutable): ([UInt8], Bool) = ([], file.new?.mode.isExecutable ?? false)
        if let old = file.old {
            guard let item = try self.item(old.path, at: commit, operation), item.mode.isFile else { return nil }
            before = try objects.blob(item.id, operation)
            // Most patches say nothing of permissions.
            if file.new.map({ $0.mode.rawValue == 0 || $0.mode.rawValue == old.mode.rawValue }) ?? true {
                isExecutable = item.mode.isExecutable
            }
        }
        if let new = file.new, new.path != file.old?.path, try item(new.path, at: commit, operation) != nil {
            return nil
        }
        guard let after = file.applied(to: before) else { return nil }
        guard let new = file.new else {
            return after.isEmpty ? [Replacement(path: file.old?.path ?? "", content: .absent)] : nil
        }
        var made = [Replacement(path: new.path, content: .file(after, isExecutable: isExecutable))]
        if let old = file.old, old.path != new.path { made.append(Replacement(path: old.path, content: .absent)) }
        return made
    }
}
