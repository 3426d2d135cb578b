extension Repository {
    /// Reads a commit.
    ///
    /// - Throws: `GitError` with the code `missingObject`, `partialClone` or `damagedObject` if the object cannot be
    ///   read, or `notACommit` if it is something else.
    public func commit(_ id: ObjectID) throws(GitError) -> Commit {
        try objects.withCommit(id, "reading a commit") { Commit(id, $0) }
    }
}
