import CGit2

extension Repository {
    /// Whether git tracks anything below a folder of the work tree, by its path from the root; empty for all of it.
    ///
    /// - Throws: `GitError` with the code `library` if the index cannot be read.
    public func tracksFiles(below folder: String) throws(GitError) -> Bool {
        let operation = "reading the index"
        let index = try Handle(git_index_free, operation) { git_repository_index($0, handle.pointer) }
        if folder.isEmpty { return git_index_entrycount(index.pointer) > 0 }
        return git_index_find_prefix(nil, index.pointer, folder + "/") == 0
    }
}
