extension Repository {
    /// Makes a patch's change to the files of a commit that lack it. Nothing is written to the repository.
    ///
    /// Other than with `git apply`, the lines around a change may be others, since those of an old commit often are: what is
    /// changed has to be at one place only then.
    ///
    /// - Returns: The files that the result consists of besides those of the commit; none where it has the whole change.
    /// - Throws: `GitError` with the code `patch` if it does not fit; `partialClone`, `missingObject`,
    ///   `damagedObject` or `notACommit` if an object cannot be read.
    public func applying(_ patch: Patch, to commit: ObjectID) throws(GitError) -> [Replacement] {
        let operation = "applying \(patch.name) to \(commit.short)"
        var replacements: [Replacement] = []
        for file in patch.files {
            guard let made = try self.replacements(by: file, at: commit, operation) else {
                let path = (file.old ?? file.new)?.path ?? ""
                throw GitError(
                    .patch, operation: operation,
                    message: "\(patch.name) does not fit \(path) at \(commit.short), which does not have its change "
                        + "either")
            }
            replacements += made
        }
        return replacements
    }

    /// What a change of one file comes to, nothing where the commit has it already; `nil` where it does not fit.
    private func replacements(
        by file: FilePatch, at commit: ObjectID, _ operation: String
    ) throws(GitError) -> [Replacement]? {
        for ignoresContext in [false, true] {
            // A change must not be made once more: with other lines around it, the one that is there is looked for first.
            for isTaken in [ignoresContext, !ignoresContext] {
                let change = isTaken ? file.reversed : file
                if let made = try replacements(by: change, at: commit, ignoresContext: ignoresContext, operation) {
                    return isTaken ? [] : made
                }
            }
        }
        return nil
    }

    private func replacements(
        by file: FilePatch, at commit: ObjectID, ignoresContext: Bool, _ operation: String
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
        guard let after = file.applied(to: before, ignoresContext: ignoresContext) else { return nil }
        guard let new = file.new else {
            return after.isEmpty ? [Replacement(path: file.old?.path ?? "", content: .absent)] : nil
        }
        var made = [Replacement(path: new.path, content: .file(after, isExecutable: isExecutable))]
        if let old = file.old, old.path != new.path { made.append(Replacement(path: old.path, content: .absent)) }
        return made
    }
}
