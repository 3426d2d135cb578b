extension [UInt8] {
    /// A patch in the form that libgit2 reads: with the lines that `git diff` heads each file with, which `diff -u` does not
    /// write. One that has them is left as it is.
    var withGitHeaders: [UInt8] {
        let lines = split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        if lines.contains(where: { $0.starts(with: "diff --git ".utf8) }) { return self }
        var result: [[UInt8]] = []
        var index = 0
        // The lines of a hunk that are still to come, which may begin as headers do.
        var (old, new) = (0, 0)
        while index < lines.count {
            let line = lines[index]
            if old > 0 || new > 0 {
                switch line.first {
                case UInt8(ascii: "-"): old -= 1
                case UInt8(ascii: "+"): new -= 1
                // What a line says of the one before it.
                case UInt8(ascii: "\\"): break
                default: (old, new) = (old - 1, new - 1)
                }
            } else if let counts = line.hunkCounts {
                (old, new) = counts
            } else if index + 1 < lines.count, let before = line.plainPath(after: "--- "),
                let after = lines[index + 1].plainPath(after: "+++ ")
            {
                result += [UInt8].gitHeaders(before, after)
                index += 2
                continue
            }
            result.append(Array(line))
            index += 1
        }
        return Array(result.joined(separator: [UInt8(ascii: "\n")]))
    }

    /// The lines that head a file; a path that is `nil` is of a side without the file.
    private static func gitHeaders(_ before: String?, _ after: String?) -> [[UInt8]] {
        let name = after ?? before ?? ""
        return
            ([
                "diff --git a/\(name) b/\(name)", before == nil ? "new file mode 100644" : nil,
                after == nil ? "deleted file mode 100644" : nil, before == nil ? "--- /dev/null" : "--- a/\(name)",
                after == nil ? "+++ /dev/null" : "+++ b/\(name)",
            ] as [String?]).compactMap { $0.map { Array($0.utf8) } }
    }
}

extension ArraySlice<UInt8> {
    /// How many lines a hunk has of the old file and of the new one; `nil` for a line that heads none.
    fileprivate var hunkCounts: (old: Int, new: Int)? {
        let head = /@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/
        guard let match = String(decoding: self, as: UTF8.self).prefixMatch(of: head) else { return nil }
        return (match.1.map { Int($0) ?? 0 } ?? 1, match.2.map { Int($0) ?? 0 } ?? 1)
    }

    /// The path that follows a mark, without the `a/` or `b/` in front and a time behind; `.some(nil)` for no file, `nil` for
    /// another line.
    fileprivate func plainPath(after mark: String) -> String?? {
        guard starts(with: mark.utf8) else { return nil }
        let field = dropFirst(mark.utf8.count).prefix { $0 != UInt8(ascii: "\t") && $0 != UInt8(ascii: "\r") }
        let path = String(decoding: field, as: UTF8.self)
        if path == "/dev/null" { return .some(nil) }
        return ["a/", "b/"].contains(where: path.hasPrefix) ? String(path.dropFirst(2)) : path
    }
}
