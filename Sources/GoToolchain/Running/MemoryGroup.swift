import CLinux
import Foundation
import Synchronization

/// A control group (cgroups(7)) in which the kernel keeps all memory of some processes below a bound: also that of files
/// in memory and what no process has mapped, which a look at the processes misses.
///
/// One can be had where the kernel counts memory by groups, and this process may make one and move its children there: as
/// root, or below what an init system has handed over to the user. It is empty and gone when the last process has ended.
final class MemoryGroup: Sendable {
    private let folder: String
    private let version: Version

    /// Makes a group; nil where none can be had.
    ///
    /// - Parameter memory: How many bytes its processes may have together.
    init?(memory: UInt64) {
        guard let (place, version) = MemoryGroup.place else { return nil }
        self.version = version
        let number = MemoryGroup.count.add(1, ordering: .relaxed).newValue
        folder = "\(place)/\(MemoryGroup.prefix)\(getpid())-\(number)"
        guard mkdir(folder, 0o755) == 0 else { return nil }
        guard version.settings(memory).allSatisfy({ write($0.value, to: $0.file) }) else {
            remove()
            return nil
        }
    }

    /// Moves a process here with all that it has started; what they start from now on is here from its beginning.
    func take(_ leader: pid_t) {
        var known: Set<pid_t> = []
        // What was started between the look and the move is found by the next look.
        while true {
            let new = ProcessTree(of: leader).processes.filter { known.insert($0).inserted }
            guard !new.isEmpty, known.count <= Limits.processes else { return }
            for process in new { _ = write("\(process)", to: "cgroup.procs") }
        }
    }

    /// Whether the kernel has ended a process, since there was no memory left.
    var hasEndedOne: Bool {
        let text = (try? String(contentsOfFile: "\(folder)/\(version.events)", encoding: .utf8)) ?? ""
        return text.split(separator: "\n").contains { $0.hasPrefix("oom_kill ") && $0 != "oom_kill 0" }
    }

    /// Removes the group, whose processes have ended.
    func remove() { rmdir(folder) }

    private func write(_ value: String, to file: String) -> Bool { MemoryGroup.write(value, to: "\(folder)/\(file)") }

    private static func write(_ value: String, to path: String) -> Bool {
        let descriptor = open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return value.utf8.withContiguousStorageIfAvailable {
            CLinux.write(descriptor, $0.baseAddress, $0.count) == $0.count
        }
            ?? false
    }

    private static let count = Atomic(0)
    private static let prefix = "allocbisect-"
}

extension MemoryGroup {
    /// The two interfaces that kernels have.
    enum Version {
        case one, two

        /// The file that tells of processes which were ended.
        var events: String { self == .one ? "memory.oom_control" : "memory.events" }

        /// What makes the bound. How much is swapped is left to the machine.
        func settings(_ memory: UInt64) -> [(file: String, value: String)] {
            switch self {
            case .one: [("memory.limit_in_bytes", "\(memory)")]
            // Files in memory go when all that holds them has gone.
            case .two: [("memory.max", "\(memory)"), ("memory.oom.group", "1")]
            }
        }
    }

    /// Where groups are made; nil where that cannot be.
    static let place: (folder: String, version: Version)? = {
        let found = find()
        if let found { removeStrays(in: found.folder) }
        return found
    }()

    /// Removes what a program that was killed has left behind. What is in use is not empty, and stays.
    static func removeStrays(in folder: String) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] where name.hasPrefix(prefix) {
            let owner = name.dropFirst(prefix.count).prefix { $0 != "-" }
            if let owner = pid_t(owner), kill(owner, 0) != 0, errno == ESRCH { rmdir("\(folder)/\(name)") }
        }
    }

    private static func find() -> (folder: String, version: Version)? {
        let mounts = ControlGroupMount.all
        let own = String(decoding: ProcessFile.content(getpid(), "cgroup"), as: UTF8.self)
        for line in own.split(separator: "\n") {
            let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard fields.count == 3 else { continue }
            let isSecond = fields[0] == "0"
            guard isSecond || fields[1].split(separator: ",").contains("memory"),
                let mount = mounts.first(where: { isSecond ? $0.type == "cgroup2" : $0.controllers.contains("memory") }
                ),
                let folder = mount.folder(of: String(fields[2]))
            else { continue }
            if !isSecond {
                if isOurs(folder) { return (folder, .one) }
            } else if let folder = secondPlace(at: folder, below: mount.point) {
                return (folder, .two)
            }
        }
        return nil
    }

    /// The nearest group at or above our own whose children have a bound of their own: one that has processes has no such
    /// children, except the topmost.
    private static func secondPlace(at own: String, below top: String) -> String? {
        if own == top, isOurs(own) { _ = write("+memory", to: own + "/cgroup.subtree_control") }
        var folder = own
        while folder == top || folder.isBelow(top) {
            let controllers = try? String(contentsOfFile: folder + "/cgroup.subtree_control", encoding: .utf8)
            if controllers?.split(whereSeparator: \.isWhitespace).contains("memory") == true {
                return isOurs(folder) ? folder : nil
            }
            folder = (folder as NSString).deletingLastPathComponent
        }
        return nil
    }

    /// Whether we may make groups here, and move processes between them.
    private static func isOurs(_ folder: String) -> Bool {
        access(folder, W_OK) == 0 && access(folder + "/cgroup.procs", W_OK) == 0
    }
}

/// Where a hierarchy of control groups is mounted, by proc_pid_mountinfo(5).
struct ControlGroupMount {
    let type: Substring
    let controllers: [Substring]
    let point: String
    /// What of the hierarchy is there.
    let root: String

    static var all: [ControlGroupMount] {
        String(decoding: ProcessFile.content(getpid(), "mountinfo"), as: UTF8.self).split(separator: "\n").compactMap {
            ControlGroupMount(line: $0)
        }
    }

    init?(line: Substring) {
        let fields = line.split(separator: " ")
        guard let dash = fields.firstIndex(of: "-"), dash >= 6, fields.count >= dash + 4,
            fields[dash + 1].hasPrefix("cgroup")
        else { return nil }
        (type, controllers) = (fields[dash + 1], fields[dash + 3].split(separator: ","))
        (root, point) = (String(fields[3]), String(fields[4]))
    }

    /// The folder of a group; nil for one that is outside.
    func folder(of group: String) -> String? {
        if group == root { return point }
        // What is above what is to be seen begins with "/..".
        guard !group.hasPrefix("/.."), let path = group.path(below: root == "/" ? "" : root) else { return nil }
        return "\(point)/\(path)"
    }
}
