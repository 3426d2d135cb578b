import CLinux
import Foundation

/// A process with everything below it, as it is at one moment.
struct ProcessTree {
    private var processes: [pid_t]

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
    func exceeds(memory: UInt64) -> ChildProcess.Limit? {
        if processes.count > Limits.processes { return .processes }
        // What several of them share counts for each here, and once in the sum that takes longer to get.
        guard sum("status", ["RssAnon:", "RssShmem:", "VmSwap:"]) > memory,
            sum("smaps_rollup", ["Pss_Anon:", "Pss_Shmem:", "SwapPss:"]) > memory
        else { return nil }
        return .memory
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
