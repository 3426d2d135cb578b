import CLinux
import Foundation

/// A box of Landlock and a seccomp filter, which a process puts itself into before it becomes another program.
///
/// Files are as in the other box, and no signal gets out. Processes and the network are not confined.
public enum Landlock {
    /// The first argument that makes our own program put itself into a box.
    public static let argument = "--run-in-landlock"

    /// The kernel's version of Landlock; 0 without one.
    static var version: Int { max(0, allocbisect_landlock_version()) }

    static let troubleMark = "allocbisect: no box: "

    /// The arguments of our own program up to the command: folders to read, folders to write, and where they end.
    static func arguments(of box: Box) -> [String] {
        let shown = box.shown.filter { path in !box.hidden.contains { $0.isBelow(path) } }
        let visible = Set(siblings(of: box.hidden) + shown)
        let devices = ["/dev/null", "/dev/zero", "/dev/full", "/dev/tty", "/dev/shm"]
        return [argument] + visible.sorted() + ["--"] + box.writable + devices + ["--"]
    }

    /// Everything but some folders: what lies beside them and beside the folders that they are in. Rules allow, and
    /// cannot forbid.
    private static func siblings(of hidden: [String]) -> [String] {
        var siblings: [String] = []
        var open = ["/"]
        while let folder = open.popLast() {
            for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
                let path = folder == "/" ? "/\(name)" : "\(folder)/\(name)"
                if hidden.contains(path) { continue }
                if hidden.contains(where: { $0.isBelow(path) }) { open.append(path) } else { siblings.append(path) }
            }
        }
        return siblings
    }

    /// Puts this process into a box, and makes it the program that the arguments name. Returns only when the arguments
    /// are others.
    ///
    /// - Parameter arguments: Those of this process.
    public static func enterIfAsked(_ arguments: [String]) {
        guard arguments.dropFirst().first == argument else { return }
        let parts = arguments.dropFirst(2).split(separator: "--", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let program = parts[2].first else { refuse("it was asked for in the wrong way") }
        let version = allocbisect_landlock_version()
        let rules = allocbisect_landlock_create(version)
        guard rules >= 0 else { refuse(String(cString: strerror(errno))) }
        for (paths, isWritable) in [(parts[0], Int32(0)), (parts[1], 1)] {
            for path in paths where allocbisect_landlock_allow(rules, path, isWritable, version) != 0 {
                refuse("\(path): \(String(cString: strerror(errno)))")
            }
        }
        guard allocbisect_landlock_enforce(rules) == 0, allocbisect_refuse_calls(getppid()) == 0 else {
            refuse(String(cString: strerror(errno)))
        }
        var strings: [UnsafeMutablePointer<CChar>?] = parts[2].map { strdup($0) }
        strings.append(nil)
        execv(program, strings)
        refuse("\(program): \(String(cString: strerror(errno)))")
    }

    private static func refuse(_ reason: String) -> Never {
        FileHandle.standardError.write(Data((troubleMark + reason + "\n").utf8))
        exit(1)
    }
}
