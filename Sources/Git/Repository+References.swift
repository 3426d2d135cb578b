import CGit2

extension Repository {
    /// The short names of all branches, remote branches and tags, as they are typed, in order.
    ///
    /// - Throws: `GitError` with the code `library` if the references cannot be read.
    public func referenceNames() throws(GitError) -> [String] {
        let operation = "reading the references"
        let iterator = try Handle(git_reference_iterator_free, operation) {
            git_reference_iterator_new($0, handle.pointer)
        }
        var names: [String] = []
        while true {
            var name: UnsafePointer<CChar>?
            let status = try checked(operation) {
                let status = git_reference_next_name(&name, iterator.pointer)
                // The end is no error.
                return status == GIT_ITEROVER.rawValue ? 1 : status
            }
            guard status == 0, let name else { break }
            let full = String(cString: name)
            for prefix in ["refs/heads/", "refs/tags/", "refs/remotes/"] where full.hasPrefix(prefix) {
                names.append(String(full.dropFirst(prefix.count)))
            }
        }
        return names.sorted()
    }
}
