import CGit2

extension Repository {
    /// Finds the commit that a revision names: a branch, a tag, an abbreviated id, `HEAD~3`, and whatever else
    /// gitrevisions(7) knows. Tags are followed to their commit.
    ///
    /// - Throws: `GitError` with the code `unknownRevision`, `ambiguousRevision`, `invalidRevision`, `notACommit` or
    ///   `unbornHead`; with `shallow`, `partialClone`, `missingObject` or `damagedObject` if the revision leads to
    ///   a commit that cannot be read.
    public func resolve(_ revision: String) throws(GitError) -> ObjectID {
        let operation = "resolving the revision “\(revision)”"
        guard !revision.isEmpty, !revision.hasPrefix("-"), !revision.utf8.contains(0) else {
            throw GitError(
                .invalidRevision, operation: operation,
                message: "“\(revision)” is not a revision. Name a branch, a tag or a commit.")
        }
        let object = try Handle(
            git_object_free, orThrow: { revisionError(revision, operation, $0) },
            make: { git_revparse_single($0, handle.pointer, revision) })
        let commit = try Handle(
            git_object_free, orThrow: { peelError(revision, operation, $0) },
            make: { git_object_peel($0, object.pointer, GIT_OBJECT_COMMIT) })
        return ObjectID(git_object_id(commit.pointer).pointee)
    }

    private func revisionError(_ revision: String, _ operation: String, _ failure: LibraryFailure) -> GitError {
        if failure.isAmbiguous {
            return GitError(
                .ambiguousRevision, operation: operation,
                message: "“\(revision)” fits several objects. Write more digits of the commit's id.")
        }
        if failure.isNotFound, namesHead(revision), git_repository_head_unborn(handle.pointer) == 1 {
            return GitError(
                .unbornHead, operation: operation,
                message: "“\(revision)” names no commit: the current branch has none yet. Commit something first, "
                    + "or name another branch.")
        }
        if failure.isNotFound, !shallowBoundary.isEmpty {
            return shallowError(operation, "“\(revision)” is unknown, or lies beyond the history that is there")
        }
        if failure.isNotFound {
            return GitError(
                .unknownRevision, operation: operation,
                message: "“\(revision)” is unknown in \(commonDirectory). Check the spelling, or get it with: "
                    + "git fetch --tags")
        }
        if failure.isInvalid {
            return GitError(
                .invalidRevision, operation: operation,
                message: "“\(revision)” is not a revision that can be understood. Name a branch, a tag or a commit; "
                    + "git help revisions shows the spellings.")
        }
        return failure.concernsObjects
            ? objects.error(operation, "What “\(revision)” names", failure) : failure.unexpected(operation)
    }

    private func peelError(_ revision: String, _ operation: String, _ failure: LibraryFailure) -> GitError {
        guard failure.isWrongType else {
            return objects.error(operation, "What “\(revision)” points to", failure)
        }
        return GitError(
            .notACommit, operation: operation,
            message: "“\(revision)” names a file or a directory, and not a commit. Name a branch, a tag or a commit.")
    }

    private func namesHead(_ revision: String) -> Bool {
        let end = revision.firstIndex { "~^@:".contains($0) } ?? revision.endIndex
        return revision[..<end] == "HEAD" || revision.hasPrefix("@")
    }
}
