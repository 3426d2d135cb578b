import Benchmarks
import Foundation

extension Inputs {
    /// Adds a path of a tree, with the symbolic links on the way and what they lead to.
    ///
    /// - Parameters:
    ///   - path: The path relative to the root; what it names need not exist.
    ///   - root: The checked-out tree.
    mutating func insert(_ path: String, in root: String) {
        let (links, end) = Inputs.follow(path, in: root)
        paths.formUnion(links)
        paths.insert(path)
        if let end { paths.insert(end) }
    }

    /// The symbolic links that a path goes through, and where it ends; nil when that is outside the tree.
    static func follow(_ path: String, in root: String) -> (links: [String], end: String?) {
        var links: [String] = []
        var open = Array(path.split(separator: "/").map(String.init).reversed())
        var parts: [String] = []
        while let part = open.popLast() {
            if part == ".." {
                guard parts.popLast() != nil else { return (links, nil) }
                continue
            }
            parts.append(part)
            let here = parts.joined(separator: "/")
            guard let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "\(root)/\(here)") else {
                continue
            }
            if links.count > 40 || target.hasPrefix("/") { return (links + [here], nil) }
            links.append(here)
            parts.removeLast()
            open += target.split(separator: "/").filter { $0 != "." }.map(String.init).reversed()
        }
        return (links, parts.joined(separator: "/"))
    }
}
