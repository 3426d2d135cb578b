import Foundation

/// What one process with everything it starts may see and change.
struct Box: Sendable, Hashable {
    var sandbox: Sandbox
    var hasNetwork: Bool
    /// Folders that are not to be seen, without links.
    var hidden: [String]
    /// Files and folders inside of them that are, read-only.
    var shown: [String]
    /// Files and folders that may be changed. Everything else is read-only.
    var writable: [String]
    /// Whether the command is the first process in it, which those left behind by others become children of.
    var isLedByItsCommand = false

    /// A command line that runs another one inside of the box.
    ///
    /// - Parameter directory: The folder to start in.
    func command(_ command: [String], in directory: String) -> [String] {
        switch sandbox.kind {
        case .none: command
        case .bubblewrap(let path):
            [path] + Bubblewrap.arguments(of: self) + ["--chdir", directory, "--"] + command
        case .landlock(let launcher):
            [launcher] + Landlock.arguments(of: self) + command
        }
    }

    /// How a process in the box ended, by the way that what runs it ended.
    func ending(_ ending: ChildProcess.Ending) -> ChildProcess.Ending {
        // bubblewrap tells signals as a shell does.
        if case .bubblewrap = sandbox.kind { ending.asShellsTell } else { ending }
    }

    /// Whether nothing can be alive when what runs the box has ended.
    var endsWithItsLeader: Bool {
        if case .bubblewrap = sandbox.kind { true } else { false }
    }

    /// The folders in it that are new and empty with it, and whose files are in memory.
    var foldersInMemory: [String] {
        if case .bubblewrap = sandbox.kind { Bubblewrap.temporaryFolders(of: self) } else { [] }
    }

    /// The words with which what runs the box begins to tell that it could not be made.
    var troubleMark: String {
        switch sandbox.kind {
        case .none: ""
        case .bubblewrap: "bwrap: "
        case .landlock: Landlock.troubleMark
        }
    }
}

/// The arguments of bubblewrap.
enum Bubblewrap {
    /// What every box has: the root read-only, devices, /proc and processes of its own, and no privileges.
    static let base = [
        "--die-with-parent", "--unshare-user-try", "--unshare-ipc", "--unshare-pid", "--cap-drop", "ALL",
        "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc",
    ]
    static let ownNetwork = ["--unshare-net"]

    /// The arguments that make a box, up to the command.
    static func arguments(of box: Box) -> [String] {
        // What a shell other than Debian's adds.
        let unset = ["SHLVL", "OLDPWD", "_"].flatMap { ["--unsetenv", $0] }
        return base + (box.isLedByItsCommand ? ["--as-pid-1"] : []) + (box.hasNetwork ? [] : ownNetwork)
            + mounts(of: box).flatMap(\.words) + unset
    }

    /// The folders that are made for a box.
    fileprivate static func temporaryFolders(of box: Box) -> [String] {
        ["/dev"] + mounts(of: box).filter { $0.words[0] == "--tmpfs" }.map(\.path)
    }

    private static func mounts(of box: Box) -> [(path: String, words: [String])] {
        var mounts: [String: [String]] = [:]
        for path in box.hidden { mounts[path] = ["--tmpfs", path] }
        for path in box.shown { mounts[path] = ["--ro-bind-try", path, path] }
        for path in box.writable { mounts[path] = ["--bind", path, path] }
        // Each mount takes time in each run, and one inside of another of its kind changes nothing.
        mounts = mounts.filter { path, words in
            var above = path[...]
            while let slash = above.lastIndex(of: "/") {
                above = above[..<slash]
                if let outer = mounts[String(above)] { return outer[0] != words[0] }
            }
            return true
        }
        // A folder's own mount comes before those inside of it: "/" is the first byte that a path and a longer one
        // differ in, which no other order needs.
        return mounts.map { (depth: $0.key.split(separator: "/").count, path: $0.key, words: $0.value) }
            .sorted { ($0.depth, $0.path) < ($1.depth, $1.path) }.map { ($0.path, $0.words) }
    }
}
