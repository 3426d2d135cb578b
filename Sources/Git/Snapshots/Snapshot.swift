import CGit2

/// A work tree as it was at one moment: with what is staged, what is not, and what git neither tracks nor ignores.
///
/// It is kept as a commit, which everything that takes a commit's id can work with. Its objects are in a directory of
/// ours, so that git knows nothing of it. Files have the bytes that `git add` would store, and those of the work tree
/// where that would take a program.
public struct Snapshot: Sendable, Hashable {
    /// Its commit: the same one for the same files and the same parent.
    public let commit: ObjectID
    /// The commit that it follows.
    public let parent: ObjectID
    /// The paths of the files that differ from the parent's, in order.
    public let changed: [String]
    /// What is not in it, as clauses about it.
    public let leftOut: [String]
}

extension Repository {
    /// Keeps the work tree as it is. Nothing of the user's is written, and no filter runs.
    ///
    /// - Parameter parent: The commit to follow, which is `HEAD` if that names one.
    /// - Returns: `nil` if no file differs from the parent's.
    /// - Throws: `GitError` with the code `bare` if there is no work tree; `fileSystem` if a file cannot be read, or changes
    ///   while it is; `library` if the index cannot be read or nothing can be written.
    public func snapshot(onto parent: ObjectID) throws(GitError) -> Snapshot? {
        let operation = "reading the work tree"
        guard let root = workDirectory else {
            throw GitError(
                .bare, operation: operation,
                message: "\(commonDirectory) has no work tree, and so no changes to look at. Name commits instead.")
        }
        let tree = try objects.tree(of: parent, operation)
        var found = try workTreeFiles(below: root, against: tree, operation)
        let directory = SnapshotStore.directory(in: commonDirectory)
        try FileSystem.makeDirectory(directory)
        try SnapshotStore.prune(in: commonDirectory)
        let store = try DetachedRepository(in: commonDirectory, substitutes, writingTo: directory)
        var contents = try StoredContents(handle.pointer, below: root, checkoutRules(), operation)
        var lookup = TreeLookup(root: tree)
        var changes: [(path: String, item: (mode: FileMode, id: ObjectID)?)] = []
        for file in found.files {
            guard let item = try store.item(for: file, below: root, &contents, &found, operation) else { continue }
            let names = file.path.split(separator: "/").map { Array(String($0).utf8CString) }
            let old = try lookup.item(names, objects, operation)
            let isSame = old.map { $0.id == item?.id && $0.mode.canonical == item?.mode } ?? (item == nil)
            if !isSame { changes.append((file.path, item)) }
        }
        guard !changes.isEmpty else { return nil }
        let commit = try store.write(changes, onto: parent, operation)
        return Snapshot(commit: commit, parent: parent, changed: changes.map(\.path), leftOut: found.leftOut)
    }

    /// The files of the work tree that differ from a tree, or may do so.
    func workTreeFiles(
        below root: String, against tree: ObjectID, _ operation: String
    ) throws(GitError) -> WorkTreeFiles {
        let ignoresCase = try setting("core.ignorecase").map(Repository.isTrue) ?? false
        return try WorkTreeFiles(
            handle.pointer, against: tree, IgnoreFiles(root: root, ignoresCase: ignoresCase), operation)
    }
}
