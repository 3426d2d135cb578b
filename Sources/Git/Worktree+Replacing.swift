extension Worktree {
    /// Writes some files over those of the commit that was checked out last. The next checkout takes that back, and
    /// writes no other files for it than these.
    ///
    /// All that is in the way of a file is removed: a directory with everything in it, and a link, which is never
    /// followed. A directory in which nothing is left is removed as well. Several calls add up.
    ///
    /// - Throws: `GitError` with the code `invalidName`, before anything is changed, if a path has an empty part or one
    ///   that is `.`, `..` or `.git`, or if a file is to lie below another file; `worktree` if no commit is checked out
    ///   completely; `fileSystem` if something cannot be written. Some of the files may be replaced then, and the next
    ///   checkout repairs that.
    public mutating func replace(_ replacements: [Replacement]) throws(GitError) {
        try WorktreeReplacement(slot: slot).run(replacements)
    }
}
