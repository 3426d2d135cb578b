extension Repository {
    /// The revision that a commit's branch is to be merged into, as far as the repository tells: the upstream branch
    /// of the current branch, or else the main branch of `origin`.
    ///
    /// An upstream branch that has the commit already is passed over: it is where the branch was pushed to.
    ///
    /// - Returns: A revision such as `@{upstream}` or `origin/main`.
    /// - Throws: `GitError` with the code `unknownRevision` when there is none, or none without the commit; what
    ///   `walk(from:excluding:firstParent:)` throws.
    public func upstream(of commit: ObjectID) throws(GitError) -> String {
        var present: [String] = []
        for revision in ["@{upstream}", "origin/HEAD", "origin/main", "origin/master"] {
            // What cannot be resolved is not there, whatever the reason: the next one may be.
            guard let tip = try? resolve(revision) else { continue }
            present.append(revision)
            if try !walk(from: commit, excluding: [tip]).isEmpty { return revision }
        }
        let operation = "looking for the upstream branch of \(commit.short)"
        guard present.isEmpty else {
            throw GitError(
                .unknownRevision, operation: operation,
                message: "\(commit.short) is in \(present.joined(separator: " and ")) already, so that there is no "
                    + "base to compare it with. Name one, as in HEAD~1..HEAD.")
        }
        throw GitError(
            .unknownRevision, operation: operation,
            message: "There is no upstream branch to compare \(commit.short) with: the current branch has none, and "
                + "none of origin/HEAD, origin/main and origin/master is known. Name the base, as in main..HEAD, or "
                + "get it with: git fetch origin")
    }
}
