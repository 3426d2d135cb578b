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
            let list = FileManager.default.contents(atPath: "/proc/\(process)/task/\(thread)/children") ?? Data()
            return String(decoding: list, as: UTF8.self).split(separator: " ").compactMap { pid_t($0) }
        }
    }

    /// The sum of some lines of a file that each process has in proc(5), in bytes. Files that are mapped cost nothing
    /// which could not be given up.
    private func sum(_ file: String, _ names: [String]) -> UInt64 {
        processes.reduce(0) { total, process in
            let text = FileManager.default.contents(atPath: "/proc/\(process)/\(file)") ?? Data()
            return String(decoding: text, as: UTF8.self).split(separator: "\n")
                .filter { line in names.contains { line.hasPrefix($0) } }
                .reduce(total) {
                    $0 + (UInt64($1.split { $0 == " " || $0 == "\t" }.dropFirst().first ?? "") ?? 0) << 10
                }
        }
    }
}
