/// Where the files of a worktree slot are, as gitrepository-layout(5) describes linked worktrees.
struct WorktreeSlot: Sendable {
    let number: Int
    let commonDirectory: String
    let rules: CheckoutRules

    static func parent(in commonDirectory: String) -> String { commonDirectory + "/allocbisect/worktrees" }

    /// The name of the link from a slot to its administrative directory.
    static let linkName = Array(".git".utf8CString)

    /// The root of the slot's files.
    var path: String { "\(WorktreeSlot.parent(in: commonDirectory))/\(number)" }
    /// The link from there to the administrative directory.
    var link: String { path + "/.git" }
    /// The administrative directory, which holds HEAD and the index.
    var admin: String { "\(commonDirectory)/worktrees/allocbisect-\(number)" }

    private var operation: String { "preparing the worktree slot \(number)" }

    /// Makes sure that the slot is a worktree, and makes it again where anything is missing or wrong.
    ///
    /// The file link is written first and the administrative directory appears complete and at once, so that git never
    /// sees one that it would prune.
    func prepare(at commit: ObjectID) throws(GitError) {
        guard !isSound else {
            try FileSystem.makeAccessible(path)
            return try makeLink()
        }
        try checkOwnership()
        try FileSystem.removeTree(admin)
        if FileSystem.kind(path) != .directory { try FileSystem.removeTree(path) }
        try FileSystem.makeDirectory(path)
        try FileSystem.makeAccessible(path)
        try makeLink()
        let staging = path + ".new"
        try FileSystem.removeTree(staging)
        try FileSystem.makeDirectory(staging)
        try FileSystem.write("\(commit)\n", to: staging + "/HEAD")
        try FileSystem.write("../..\n", to: staging + "/commondir")
        try FileSystem.write("\(link)\n", to: staging + "/gitdir")
        try FileSystem.makeDirectory(commonDirectory + "/worktrees")
        try FileSystem.move(staging, to: admin)
    }

    /// Makes the link, unless it is there. Nothing else is lost when it is not.
    func makeLink() throws(GitError) {
        if FileSystem.kind(link) == .file, FileSystem.readLine(link) == "gitdir: \(admin)" { return }
        try FileSystem.makeAccessible(path)
        if FileSystem.kind(link) != .file { try FileSystem.removeTree(link) }
        try FileSystem.write("gitdir: \(admin)\n", to: link)
    }

    /// The commit whose files the last checkout wrote, all of them and by the same rules; `nil` if it ended early, or if
    /// something else has written the index since.
    var completeCommit: ObjectID? {
        guard let commit = mark.commit, FileSystem.readLine(admin + "/HEAD") == commit.description else { return nil }
        return commit
    }

    /// Says that the files are not those of a commit.
    func markIncomplete() throws(GitError) {
        try mark.remove()
    }

    /// Says that the files are those of a commit, and the index as well.
    func markComplete(_ commit: ObjectID) throws(GitError) {
        try FileSystem.write("\(commit)\n", to: admin + "/HEAD")
        try mark.write(commit)
    }

    private var mark: CheckoutMark { CheckoutMark(path: admin + "/allocbisect-complete", index: index, rules: rules) }
    /// What the last checkout wrote.
    var index: String { admin + "/index" }

    /// Removes all files of the slot, and its index.
    func clear() throws(GitError) {
        try FileSystem.makeAccessible(path)
        try FileSystem.removeTree(index)
        let root = try DirectoryDescriptor(path)
        for name in try root.names() where name != WorktreeSlot.linkName { try root.remove(name) }
    }

    /// Removes the lock files of a process that was killed. The caller is the only user of the slot.
    func breakLocks() throws(GitError) {
        for name in FileSystem.names(in: admin) where name.hasSuffix(".lock") {
            try FileSystem.removeTree("\(admin)/\(name)")
        }
    }

    /// Removes everything. The administrative directory goes first, so that git never lists a worktree without files.
    func remove() throws(GitError) {
        try checkOwnership()
        try FileSystem.removeTree(admin)
        FileSystem.removeEmptyDirectory(commonDirectory + "/worktrees")
        try FileSystem.removeTree(path + ".new")
        try FileSystem.removeTree(path)
        FileSystem.removeEmptyDirectory(WorktreeSlot.parent(in: commonDirectory))
        FileSystem.removeEmptyDirectory(commonDirectory + "/allocbisect")
    }

    /// Whether everything but the link is as `prepare` leaves it. The paths are absolute, and wrong after a repository
    /// has moved.
    private var isSound: Bool {
        FileSystem.kind(path) == .directory
            && FileSystem.readLine(admin + "/gitdir") == link
            && FileSystem.readLine(admin + "/commondir") == "../.."
            && FileSystem.readLine(admin + "/HEAD").flatMap { ObjectID($0) } != nil
    }

    /// Refuses to touch a worktree of the user's that happens to have the same name.
    private func checkOwnership() throws(GitError) {
        guard let other = FileSystem.readLine(admin + "/gitdir"), !other.isEmpty else { return }
        guard other.hasSuffix("/allocbisect/worktrees/\(number)/.git") else {
            throw GitError(
                .worktree, operation: operation,
                message: "\(admin) belongs to the worktree \(other), and allocbisect needs its name. Remove that "
                    + "worktree, or make it again under a name other than allocbisect-\(number), with: git worktree")
        }
    }
}
