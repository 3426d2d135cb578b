import Foundation
import SystemPackage

/// A file of proc(5), whose size is not known before it is read.
enum ProcessFile {
    /// What a file says of a process; nothing when the process is gone.
    ///
    /// Foundation's readers lose a page with each file that turns out to be empty, as the list of children mostly is.
    static func content(_ process: pid_t, _ name: String) -> [UInt8] {
        guard let file = try? FileDescriptor.open("/proc/\(process)/\(name)", .readOnly, options: .closeOnExec) else {
            return []
        }
        defer { try? file.close() }
        var content: [UInt8] = []
        var page = [UInt8](repeating: 0, count: 4096)
        while let count = try? page.withUnsafeMutableBytes({ try file.read(into: $0) }), count > 0 {
            content += page.prefix(count)
        }
        return content
    }
}
