/// The `.gitignore` files of a work tree, as gitignore(5) describes them.
///
/// libgit2 1.5 lets a pattern with a `!` take back only what the same file ignores, and not what one further up does.
struct IgnoreFiles {
    /// The root of the work tree.
    let root: String
    let ignoresCase: Bool
    /// The lines by directory, from the one that counts most.
    private var lines: [[UInt8]: [Line]] = [:]

    private struct Line {
        let pattern: AttributePattern
        let isNegative: Bool
    }

    init(root: String, ignoresCase: Bool) { (self.root, self.ignoresCase) = (root, ignoresCase) }

    /// Whether a file is taken back by a pattern, none of whose directories is ignored.
    ///
    /// - Parameter path: The file's path from the root.
    mutating func includes(_ path: String) -> Bool {
        let bytes = Array(path.utf8)
        let slashes = bytes.indices.filter { bytes[$0] == UInt8(ascii: "/") }
        let name = bytes[(slashes.last.map { $0 + 1 } ?? 0)...]
        for end in slashes.reversed() + [-1] {
            let directory = Array(bytes[..<max(end, 0)])
            let match = lines(of: directory).first {
                $0.pattern.matches(bytes[(end + 1)...], name, ignoresCase: ignoresCase)
            }
            if let match { return match.isNegative }
        }
        return false
    }

    private mutating func lines(of directory: [UInt8]) -> [Line] {
        if let known = lines[directory] { return known }
        let folder = directory.isEmpty ? "" : "/" + String(decoding: directory, as: UTF8.self)
        let text = FileSystem.read("\(root)\(folder)/.gitignore") ?? []
        let found = text.split(separator: UInt8(ascii: "\n")).reversed().compactMap(IgnoreFiles.line)
        lines[directory] = found
        return found
    }

    private static func line(_ text: ArraySlice<UInt8>) -> Line? {
        var text = text
        if text.last == UInt8(ascii: "\r") { text.removeLast() }
        while text.last == UInt8(ascii: " "), text.dropLast().last != UInt8(ascii: "\\") { text.removeLast() }
        let isNegative = text.first == UInt8(ascii: "!")
        if isNegative { text.removeFirst() }
        guard let first = text.first, isNegative || first != UInt8(ascii: "#"),
            let pattern = AttributePattern(Array(text))
        else { return nil }
        return Line(pattern: pattern, isNegative: isNegative)
    }
}
