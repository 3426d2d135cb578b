import Benchmarks
import Foundation

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
