import CLinux
import Foundation

/// A process with everything below it, as it is at one moment.
struct ProcessTree {
    private(set) var processes: [pid_t]

    /// Looks a process and its descendants up, until there are more than one may have.
    init(of leader: pid_t) {
        processes = [leader]
        var next = 0
        while next < processes.count, processes.count <= Limits.processes {
            processes += ProcessTree.children(of: processes[next])
            next += 1
        }
    }

    /// Limits the private writable memory of a process, and of each that it starts or has started by now: those that are
    /// there before their parent has the limit are found after it has, and later ones inherit it. That takes a few
    /// system calls, and a shell that sets a limit and becomes the process takes a millisecond.
    static func limit(_ leader: pid_t, memory: UInt64) {
        var processes = [leader]
        var next = 0
        while next < processes.count, next <= Limits.processes {
            allocbisect_limit_memory(processes[next], memory)
            processes += children(of: processes[next])
            next += 1
        }
    }

    /// The limit that the tree is beyond, if there is one.
    ///
    /// - Parameters:
    ///   - memory: How many bytes it may have.
    ///   - folders: Folders whose files are in memory, as the processes see them.
    func exceeds(memory: UInt64, withFilesIn folders: [String]) -> ChildProcess.Limit? {
        if processes.count > Limits.processes { return .processes }
        let files = bytes(in: folders) + bytesInOpenFiles
        // What several of them share counts for each here, and once in the sum that takes longer to get. Files may be
        // mapped as well, and are not to count twice.
        guard sum("status", ["RssAnon:", "VmSwap:"]) + max(sum("status", ["RssShmem:"]), files) > memory,
            sum("smaps_rollup", ["Pss_Anon:", "SwapPss:"]) + max(sum("smaps_rollup", ["Pss_Shmem:"]), files) > memory
        else { return nil }
        return .memory
    }

    /// How much is in folders whose files are in memory.
    private func bytes(in folders: [String]) -> UInt64 {
        folders.compactMap { folder in
            // What makes the box, and what watches it, sees what we see, and so does what has just been started in it.
            let ours = ProcessTree.device(of: folder)
            let inside = processes.lazy.map { "/proc/\($0)/root\(folder)" }.first {
                ![nil, ours].contains(ProcessTree.device(of: $0))
            }
            return inside.flatMap { Room($0)?.used }
        }.reduce(0, +)
    }

    /// The file system that a folder is in; nil where there is none that we may see.
    private static func device(of folder: String) -> dev_t? {
        var status = stat()
        return stat(folder, &status) == 0 ? status.st_dev : nil
    }

    /// How much is in files that are in memory and in no folder, and that a process has open: memfd_create(2).
    var bytesInOpenFiles: UInt64 {
        var known: Set<ino_t> = []
        var total: UInt64 = 0
        for process in processes {
            let folder = "/proc/\(process)/fd"
            for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
                let path = "\(folder)/\(name)"
                var status = stat()
                if let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path),
                    target.hasPrefix("/memfd:"), stat(path, &status) == 0, known.insert(status.st_ino).inserted
                {
                    total += UInt64(status.st_blocks) << 9
                }
            }
        }
        return total
    }

    /// The children of a process, where the system tells them.
    static func children(of process: pid_t) -> [pid_t] {
        let threads = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task")) ?? []
        return threads.flatMap { thread in
            String(decoding: ProcessFile.content(process, "task/\(thread)/children"), as: UTF8.self).split(
                separator: " "
            ).compactMap { pid_t($0) }
        }
    }

    /// The sum of some lines of a file that each process has in proc(5), in bytes. Files that are mapped cost nothing
    /// which could not be given up.
    private func sum(_ file: String, _ names: [String]) -> UInt64 {
        processes.reduce(0) { total, process in
            let text = String(decoding: ProcessFile.content(process, file), as: UTF8.self)
            return text.split(separator: "\n").filter { line in names.contains { line.hasPrefix($0) } }
                .reduce(total) {
                    $0 + (UInt64($1.split { $0 == " " || $0 == "\t" }.dropFirst().first ?? "") ?? 0) << 10
                }
        }
    }
}

/// What a file system of files in memory has, and has free.
struct Room: Equatable {
    private let blocks: UInt
    private let files: UInt
    /// How much its files take, in bytes.
    let used: UInt64

    /// Looks at the one that a folder is in; nil where it cannot be looked at.
    init?(_ path: String) {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return nil }
        (blocks, files) = (UInt(status.f_bfree), UInt(status.f_ffree))
        used = UInt64(status.f_blocks - status.f_bfree) * UInt64(status.f_frsize)
    }
}
