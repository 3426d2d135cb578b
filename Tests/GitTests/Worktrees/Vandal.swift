import Foundation
import TestSupport

/// Does to a slot what a benchmark might leave behind, and worse.
struct Vandal {
    let root: String

    /// Strikes once, or fails to where an earlier strike has taken the permission.
    func strike(_ random: inout SeededGenerator) {
        try? attempt(&random)
    }

    private func attempt(_ random: inout SeededGenerator) throws {
        let files = FileManager.default
        let everything = (files.enumerator(atPath: root)?.allObjects as? [String] ?? []).filter { $0 != ".git" }
            .sorted()
        let victim = everything.randomElement(using: &random).map { root + "/" + $0 } ?? root + "/new"
        var isDirectory: ObjCBool = false
        let isLink = (try? files.destinationOfSymbolicLink(atPath: victim)) != nil
        let exists = files.fileExists(atPath: victim, isDirectory: &isDirectory)
        switch Int.random(in: 0..<11, using: &random) {
        case 0:
            try? files.removeItem(atPath: victim)
        case 1 where exists && !isDirectory.boolValue && !isLink:
            try overwriteKeepingItsDate(victim)
        case 2:
            _ = chmod(victim, [0o000, 0o400, 0o500, 0o777].randomElement(using: &random)!)
        case 3 where isDirectory.boolValue && !isLink:
            try GitCommand.run(["init", "-q", victim], in: "/")
            try TemporaryDirectory.write("x", to: victim + "/inside")
        case 4:
            try? files.removeItem(atPath: victim)
            try files.createSymbolicLink(atPath: victim, withDestinationPath: "/tmp")
        case 5:
            try GitCommand.run(["init", "-q", root + "/nested"], in: "/")
            try TemporaryDirectory.write("x", to: root + "/nested/deep/file")
            _ = chmod(root + "/nested/deep", 0o500)
        case 6:
            mkfifo(victim + ".fifo", 0o600)
        case 7:
            try? files.createDirectory(atPath: victim + ".d/empty/\u{1}", withIntermediateDirectories: true)
        case 8:
            try? files.removeItem(atPath: victim)
            try? files.createDirectory(atPath: victim + "/in/place", withIntermediateDirectories: true)
        case 9:
            _ = link(victim, root + "/hard.go")
        default:
            try? TemporaryDirectory.write("untracked\n", to: root + "/a/b.go.\(random.next() % 3)")
        }
    }

    /// Keeps the size and the modification time, which is all that libgit2 looks at.
    private func overwriteKeepingItsDate(_ path: String) throws {
        var status = stat()
        guard stat(path, &status) == 0, status.st_size > 0 else { return }
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        try handle.write(contentsOf: Data("!".utf8))
        try handle.close()
        let times = [status.st_atim, status.st_mtim]
        utimensat(AT_FDCWD, path, times, 0)
    }
}
