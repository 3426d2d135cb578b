import Foundation

/// The Go that a tree asks for by one of its files.
struct RequestedGo: Hashable {
    /// The file, relative to the tree's root.
    let file: String
    /// The version without the `go` before it, e.g. `1.21.3` or `1.21`.
    let version: String

    /// What a tree asks for, by the files that Go and version managers read at and above a folder.
    static func all(of folder: String, in layout: ModuleLayout) -> [RequestedGo] {
        let files: [(name: String, pattern: Regex<(Substring, Substring)>)] = [
            ("go.mod", /\s*toolchain\s+go(\d[\w.]*).*/), ("go.work", /\s*toolchain\s+go(\d[\w.]*).*/),
            (".go-version", /\s*(?:go)?(\d[\w.]*)\s*/), (".tool-versions", /\s*go(?:lang)?\s+(\d[\w.]*).*/),
        ]
        return files.compactMap { name, pattern in
            guard let place = layout.nearest(name, above: folder),
                let data = FileManager.default.contents(atPath: layout.path(of: place, name))
            else { return nil }
            let lines = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline)
            let versions = lines.compactMap { $0.wholeMatch(of: pattern).map { String($0.1) } }
            return versions.first.map { RequestedGo(file: place.isEmpty ? name : "\(place)/\(name)", version: $0) }
        }
    }

    /// Whether a Go is what is asked for: for Go itself a newer one is as well.
    func isMet(by version: String) -> Bool {
        guard version.hasPrefix("go") else { return true }
        let (own, wanted) = (RequestedGo.numbers(version.dropFirst(2)), RequestedGo.numbers(self.version[...]))
        let isLeast = file.hasSuffix("go.mod") || file.hasSuffix("go.work")
        return isLeast ? !own.lexicographicallyPrecedes(wanted) : own.starts(with: wanted)
    }

    private static func numbers(_ version: Substring) -> [Int] {
        version.prefix { $0.isNumber || $0 == "." }.split(separator: ".").map { Int($0) ?? 0 }
    }
}
