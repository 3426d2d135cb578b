public import Benchmarks
import Foundation

/// The files that a test binary opened or asked for, as Go's own `-test.testlogfile` writes them for its test cache.
///
/// It makes input classes right for benchmarks that read files from elsewhere in the repository.
public enum AccessLog {
    /// Reads a log and adds what lies in the tree to the inputs.
    ///
    /// - Parameters:
    ///   - path: The log; there is none when the binary did not come to its end.
    ///   - package: The folder that the binary ran in, relative to the tree's root.
    /// - Returns: The inputs; the whole tree without a log, when the binary looked at the repository's own git files,
    ///   or at more files than are worth naming.
    public static func add(_ path: String, of package: String, in root: String, to inputs: Inputs) -> Inputs {
        guard let data = Scratch.contents(path) else { return .everything }
        var inputs = inputs
        var current = package == "." ? root : "\(root)/\(package)"
        for line in data.split(separator: UInt8(ascii: "\n")).map({ String(decoding: $0, as: UTF8.self) }) {
            guard let space = line.firstIndex(of: " ") else { continue }
            let name = String(line[line.index(after: space)...])
            let full = URL(filePath: name.hasPrefix("/") ? name : "\(current)/\(name)").standardized.path
            switch line[..<space] {
            case "chdir": current = full
            case "open", "stat":
                guard let relative = full.path(below: root) else { continue }
                if relative == ".git" || relative.hasPrefix(".git/") { return .everything }
                inputs.insert(relative, in: root)
            default: continue
            }
            if inputs.paths.count > 2000 { return .everything }
        }
        return inputs
    }
}
