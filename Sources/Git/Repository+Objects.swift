extension Repository {
    /// Reads a commit, with the names that the repository's mailmap has for its author and committer.
    ///
    /// - Throws: `GitError` with the code `missingObject`, `partialClone` or `damagedObject` if the object cannot be
    ///   read, or `notACommit` if it is something else.
    public func commit(_ id: ObjectID) throws(GitError) -> Commit {
        let commit = try objects.withCommit(id, "reading a commit") { Commit(id, $0) }
        let names = mailmap.value { readMailmap() }
        return Commit(
            id: id, parents: commit.parents, tree: commit.tree, author: names.shown(commit.author),
            committer: names.shown(commit.committer), subject: commit.subject, message: commit.message)
    }
}
