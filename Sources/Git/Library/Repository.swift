import CGit2

/// A git repository that is open.
///
/// One task at a time can use it: it is neither copyable nor sendable. Everything it hands out is a value of its own,
/// and stays valid when the repository is closed.
///
/// ```swift
/// let repository = try Repository(discovering: "/src/project/book")
/// let (good, bad) = (try repository.resolve("v1.2.0"), try repository.resolve("HEAD"))
/// for node in try repository.walk(from: bad, excluding: [good]) {
///     print(node.id.short, try repository.commit(node.id).subject)
/// }
/// ```
public struct Repository: ~Copyable {
    let handle: Handle
    let objects: ObjectDatabase
    let substitutes: Substitutes
    let mailmap = LazyMailmap()

    /// The directory that all worktrees share, such as `/home/me/project/.git`: absolute, without a trailing slash.
    public let commonDirectory: String
    /// The root of the files that belong to this repository or linked worktree; `nil` if it is bare. Absolute,
    /// without a trailing slash.
    public let workDirectory: String?

    /// Whether the repository has no files of its own.
    public var isBare: Bool { workDirectory == nil }

    /// Opens the repository that `path` is in.
    ///
    /// `path` may be any directory below the root of a work tree, a linked worktree, a bare repository or the `.git`
    /// directory itself. No environment variable is taken into account, so that this works inside of a git hook as well.
    ///
    /// - Throws: `GitError` with the code `notARepository`, `notOwned`, `objectFormat` or `unknownExtension`;
    ///   `damagedObject` or `library` if the repository's own files cannot be read.
    public init(discovering path: String) throws(GitError) {
        GitLibrary.start()
        try self.init(
            opening: try Handle(git_repository_free, orThrow: { Repository.refusal(toOpen: path, $0) }) {
                git_repository_open_ext($0, path, 0, nil)
            })
    }

    /// Takes over a repository that libgit2 has opened.
    init(opening handle: consuming Handle) throws(GitError) {
        let pointer = handle.pointer
        let commonDirectory = Repository.path(git_repository_commondir(pointer)) ?? ""
        let substitutes = try Substitutes(of: pointer, in: commonDirectory)
        // What libgit2 hands on to others are the objects as they are.
        let plain = try ObjectDatabase(in: commonDirectory)
        try checked("opening the object database") { git_repository_set_odb(pointer, plain.pointer) }
        let objects = try plain.reading(substitutes)
        self.objects = objects
        self.substitutes = substitutes
        self.commonDirectory = commonDirectory
        workDirectory =
            git_repository_is_bare(pointer) == 1 ? nil : Repository.path(git_repository_workdir(pointer))
        self.handle = handle
    }

    /// Copies a directory's path, without the slash that libgit2 appends.
    static func path(_ text: UnsafePointer<CChar>?) -> String? {
        guard let text else { return nil }
        let path = String(cString: text)
        return path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    }
}

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

extension Repository {
    /// Reads a commit, with the names that the repository's mailmap has for its author and committer.
    ///
    /// - Throws: `GitError` with the code `missingObject`, `partialClone` or `damagedObject` if the object cannot be
    ///   read, or `notACommit` if it is something else.
    public func commit(_ id: ObjectID) throws(GitError) -> Commit {
        let commit = try objects.withCommit(id, "reading a commit") { Commit(id, $0) }
        let names = mailmap.value { readMailmap() }
        var shown = Commit(
            id: id, parents: commit.parents, tree: commit.tree, author: names.shown(commit.author),
            committer: names.shown(commit.committer), subject: commit.subject, message: commit.message)
        shown.isSnapshot = isSnapshot(id)
        return shown
    }
}

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
                // The end is not an error.
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
