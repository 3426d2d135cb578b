import Benchmarks
import Foundation

/// How everything of old commits that runs is confined: to the worktree slot that it runs in.
///
/// A slot's files are in a numbered folder, and what it needs besides in the folder beside it whose name ends in
/// `.scratch`. The part of that which runs may write is the folder `run` in it. A third folder's name ends in `.box`
/// (`KeptBox`).
public struct Confinement: Sendable, Hashable {
    let sandbox: Sandbox
    /// Whether processes reach the network.
    public let hasNetwork: Bool
    /// The folder that holds all slots.
    let worktrees: String
    /// The folders that are not to be seen.
    let hidden: [String]
    /// The files and folders inside of them that are, read-only.
    private let shown: [String]
    /// The folder of Go's build cache, without symbolic links; nil where there is none.
    private let buildCache: String?
    /// The variables by which Go's files and flags are what they are for the user, whatever HOME is, and by which Go
    /// asks no repository for what it stamps into a program: a slot has none.
    private let places: [String: String]

    /// What a process is for, which decides what it may write.
    enum Purpose { case build, run }

    /// Confines the processes of one repository's slots.
    ///
    /// - Parameters:
    ///   - worktrees: The folder that holds all slots.
    ///   - hidden: Folders that are not to be seen besides the user's own and temporary ones: the git directory.
    ///   - shown: What is to be seen, nevertheless.
    ///   - toolchain: The Go whose variables name further files that are.
    public init(
        _ sandbox: Sandbox, hasNetwork: Bool, worktrees: String, hidden: [String], shown: [String],
        toolchain: Toolchain
    ) {
        for folder in ["GOCACHE", "GOMODCACHE"].compactMap({ toolchain.settings[$0] }) where folder.hasPrefix("/") {
            // What is not there yet could not be shown when it is. Go says better than we why it cannot be made.
            try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        }
        self.sandbox = sandbox
        self.hasNetwork = hasNetwork
        self.worktrees = worktrees
        let homes = [toolchain.environment.goVariables["HOME"], VisiblePath.home].compactMap { $0 }
        // Sockets in /run are as good as what listens there.
        let all = Set((hidden + homes + ["/tmp", "/var/tmp", "/run"]).compactMap(VisiblePath.real)).subtracting(["/"])
        self.hidden = all.sorted()
        let named = toolchain.environment.buildVariables.merging(toolchain.settings) { $1 }
            .filter { !["HOME", "TMPDIR", "PWD", "GOCACHE"].contains($0.key) }
        let candidates =
            named.values.flatMap(VisiblePath.named(in:)) + [toolchain.path] + (hasNetwork ? ["/etc/resolv.conf"] : [])
        let visible = candidates.flatMap(VisiblePath.spellings(of:)).filter { path in
            !all.contains(path) && all.contains { path.isBelow($0) }
        }
        self.shown = Set(shown + [worktrees] + visible).sorted()
        buildCache = toolchain.settings["GOCACHE"].flatMap(VisiblePath.real)
        places = toolchain.settings.filter {
            ["GOENV", "GOPATH", "GOMODCACHE", "GOCACHE"].contains($0.key) && $0.value != ""
        }.merging(["GOFLAGS": GoFlags.adding("-buildvcs=false", to: toolchain.settings["GOFLAGS"] ?? "")]) { $1 }
    }

    /// The box of a process.
    ///
    /// - Parameter path: Any path in the slot, or none for what concerns no commit.
    func box(for purpose: Purpose, at path: String?) -> Box {
        var writable = [buildCache].compactMap { $0 }
        if let slot = path.flatMap(slot) {
            writable += [slot.root, purpose == .build ? slot.scratch : slot.scratch + "/run"]
        }
        return Box(
            sandbox: sandbox, hasNetwork: hasNetwork, hidden: hidden, shown: shown,
            writable: writable.compactMap(VisiblePath.real))
    }

    /// The variables that a process gets beside its own, which are the same in every box and where none can be made.
    func variables(for purpose: Purpose, at path: String?) throws -> [String: String] {
        var variables = places
        variables["GIT_CEILING_DIRECTORIES"] = worktrees
        if !hasNetwork {
            // What matches GONOPROXY would be asked for directly.
            (variables["GOPROXY"], variables["GONOPROXY"]) = ("off", "none")
        }
        guard let slot = path.flatMap(slot) else {
            (variables["HOME"], variables["TMPDIR"]) = ("/nonexistent", "/tmp")
            return variables
        }
        let folder = purpose == .build ? slot.scratch : slot.scratch + "/run"
        (variables["HOME"], variables["TMPDIR"]) = (folder + "/home", folder + "/tmp")
        for path in [folder + "/home", folder + "/tmp"] {
            if purpose == .run { try Scratch.remove(path) }
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }
        return variables
    }

    /// A folder for what a kept box of a slot is talked to with, which nothing in a box may write to; nil outside of slots.
    func boxFolder(at path: String) -> String? { slot(of: path).map { $0.root + ".box" } }

    private func slot(of path: String) -> (root: String, scratch: String)? {
        guard let name = path.path(below: worktrees)?.split(separator: "/").first else { return nil }
        let number = name.hasSuffix(".scratch") ? name.dropLast(8) : name
        return ("\(worktrees)/\(number)", "\(worktrees)/\(number).scratch")
    }
}

extension Confinement {
    /// A line for the end of a failure's message: what may have been missed because of the box, and how to go without it;
    /// nil when the text does not sound like that.
    ///
    /// - Parameters:
    ///   - text: What was printed.
    ///   - purpose: What for. Modules that a build misses are fetched outside of the box.
    func note(about text: String, by purpose: Purpose) -> String? {
        guard sandbox.kind != .none else { return nil }
        let found =
            if purpose == .run, sandbox.isWhole, !hasNetwork, Confinement.networkMarks.contains(where: text.contains) {
                "in its box it has no network but a loopback of its own; to let it reach services, try again with "
                    + "--network"
            } else if text.contains("not a git repository") {
                "in its box there is no git repository; to let it reach yours, try again with --sandbox off"
            } else if let path = missingPath(in: text) {
                "in its box \(path) is not there; to let it reach your files, try again with --sandbox off"
            } else {
                nil as String?
            }
        return found.map { "\t" + Failure.noteMark + $0 }
    }

    private static let networkMarks = [
        "connection refused", "network is unreachable", "no such host", "name resolution", "server misbehaving",
        "Connection refused", "Network is unreachable", "Could not resolve host",
    ]

    /// What stands behind a path and its colon; the longer one first.
    private static let missingMarks = [
        "connect: no such file or directory", "no such file or directory", "permission denied", "read-only file system",
    ]

    /// A path of the user's that a text says is missing or closed.
    private func missingPath(in text: String) -> String? {
        for line in text.split(whereSeparator: \.isNewline) {
            // "open /home/u/x: no such file or directory": a word that ends with a colon, and what is behind it.
            guard let mark = Confinement.missingMarks.compactMap({ line.firstRange(of: ": " + $0) }).first,
                let path = line[..<mark.lowerBound].split(whereSeparator: \.isWhitespace).last.map(String.init)
            else { continue }
            if !path.isBelow(worktrees), hidden.contains(where: { path == $0 || path.isBelow($0) }),
                FileManager.default.fileExists(atPath: path)
            {
                return path
            }
        }
        return nil
    }
}
