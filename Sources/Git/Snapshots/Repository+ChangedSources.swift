extension Repository {
    /// The files of the work tree that differ from a commit and are Go's: sources, staged or not, tracked or not, and those
    /// that say which modules are used. In the order of their paths.
    ///
    /// - Returns: None where nothing is checked out.
    /// - Throws: `GitError` with the code `library` if the index cannot be read, or as reading the commit does.
    public func changedSources(since commit: ObjectID) throws(GitError) -> [String] {
        guard let root = workDirectory, try tracksFiles(below: "") else { return [] }
        let operation = "reading the work tree"
        let tree = try objects.tree(of: commit, operation)
        return try workTreeFiles(below: root, against: tree, operation).files.map(\.path).filter(Repository.isSource)
    }

    /// Whether a file is Go's: a source, or one that says which modules are used.
    static func isSource(_ path: String) -> Bool {
        path.hasSuffix(".go") || moduleFiles.contains { path == $0 || path.hasSuffix("/" + $0) }
    }

    private static let moduleFiles = ["go.mod", "go.sum", "go.work", "go.work.sum"]
}
