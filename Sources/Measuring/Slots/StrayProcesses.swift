import class Foundation.FileManager

#if canImport(Glibc)
    package import Glibc
#elseif canImport(Darwin)
    package import Darwin
#endif

/// Processes that a killed run, or a benchmark that hid a child from its process group, left in a worktree.
package enum StrayProcesses {
    /// Ends every process whose working directory is in a folder that only allocbisect uses.
    static func endProcesses(below folder: String) {
        #if os(Linux)
            for process in processes(below: folder) where process != getpid() { kill(process, SIGKILL) }
        #endif
    }

    /// The processes whose working directory is in a folder.
    package static func processes(below folder: String) -> [pid_t] {
        #if os(Linux)
            let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
            return names.compactMap { pid_t($0) }.filter { process in
                var target = [CChar](repeating: 0, count: Int(PATH_MAX))
                let length = readlink("/proc/\(process)/cwd", &target, target.count)
                guard length > 0 else { return false }
                let path = String(decoding: target[..<length].map(UInt8.init(bitPattern:)), as: UTF8.self)
                return path == folder || path.hasPrefix(folder + "/")
            }
        #else
            return []
        #endif
    }
}
