import CGit2

extension Repository {
    /// Takes the change from a parent to its child back on another commit, as `git revert` does.
    ///
    /// Files are merged line by line. Nothing is written to the repository, not even a loose object, and no merge
    /// driver runs. For the change of a merge, `parent` is the side that it is seen from.
    ///
    /// - Parameters:
    ///   - commit: The commit with the change.
    ///   - parent: The commit without it.
    ///   - base: The commit to take the change back on, `commit` itself or one that follows.
    /// - Returns: The files that the result consists of besides those of `base`, or those that are in conflict. What
    ///   happens to submodules is left out: they have no files here.
    /// - Throws: `GitError` with the code `partialClone`, `missingObject`, `damagedObject` or `notACommit` if an object
    ///   cannot be read; `invalidName` if the path of a file that would be changed is not text.
    public func reverting(
        _ commit: ObjectID, to parent: ObjectID, on base: ObjectID
    ) throws(GitError) -> Reversal {
        let operation = "taking \(commit.short) back on \(base.short)"
        let detached = try DetachedRepository(in: commonDirectory, substitutes)
        let ancestor = try detached.tree(of: commit, operation)
        let ours = try detached.tree(of: base, operation)
        let theirs = try detached.tree(of: parent, operation)
        let merged = try detached.merge(ours, with: theirs, ancestor: ancestor, operation)
        guard git_index_has_conflicts(merged.pointer) == 0 else {
            return .conflicts(try Repository.conflicts(merged, operation))
        }
        // Keyed by bytes: two spellings of the same text are two files.
        var replacements: [[UInt8]: Replacement] = [:]
        for delta in try detached.deltas(from: ours, toIndex: merged, operation) {
            guard let side = delta.new ?? delta.old, !side.mode.isSubmodule else { continue }
            try Repository.check(side, operation)
            let key = Array(side.path.utf8)
            if delta.new != nil {
                let content = try detached.objects.content(of: side.id, side.mode, operation)
                replacements[key] = Replacement(path: side.path, content: content)
            } else if replacements[key] == nil {
                // Not if it was added as well, which is how a file becomes a link.
                replacements[key] = Replacement(path: side.path, content: .absent)
            }
        }
        return .clean(replacements.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value))
    }

    private static func conflicts(_ index: borrowing Handle, _ operation: String) throws(GitError) -> [String] {
        let index = index.pointer
        let iterator = try Handle(git_index_conflict_iterator_free, operation) {
            git_index_conflict_iterator_new($0, index)
        }
        typealias Entry = UnsafePointer<git_index_entry>
        var paths: Set<String> = []
        var (ancestor, ours, theirs): (Entry?, Entry?, Entry?)
        while git_index_conflict_next(&ancestor, &ours, &theirs, iterator.pointer) == 0 {
            for entry in [ancestor, ours, theirs] {
                if let path = entry?.pointee.path { paths.insert(String(cString: path)) }
            }
        }
        return paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Refuses a file that cannot be named.
    private static func check(_ file: FileDelta.Side, _ operation: String) throws(GitError) {
        guard file.isPathText else {
            throw GitError(
                .invalidName, operation: operation,
                message: "“\(file.path)” would have to be changed, and its name is not spelled in UTF-8. Rename that "
                    + "file, or leave this commit out.")
        }
    }
}

extension DetachedRepository {
    /// The index of what a merge comes to.
    fileprivate func merge(
        _ ours: borrowing Handle, with theirs: borrowing Handle, ancestor: borrowing Handle, _ operation: String
    ) throws(GitError) -> Handle {
        let (ours, theirs, ancestor) = (ours.pointer, theirs.pointer, ancestor.pointer)
        var options = git_merge_options()
        try checked(operation) { git_merge_options_init(&options, UInt32(GIT_MERGE_OPTIONS_VERSION)) }
        options.flags = GIT_MERGE_FIND_RENAMES.rawValue
        options.target_limit = UInt32(DetachedRepository.renameLimit)
        return try Handle(
            git_index_free, orThrow: { error(operation, $0) },
            make: { git_merge_trees($0, pointer, ancestor, ours, theirs, &options) })
    }
}

/// What taking a change back comes to.
public enum Reversal: Sendable, Hashable {
    /// It can be taken back: the files in which the result differs from the commit that it was taken back on.
    case clean([Replacement])
    /// What came after it has changed the same lines or files: their paths, in order. Bytes that are not text are
    /// U+FFFD.
    case conflicts([String])
}
