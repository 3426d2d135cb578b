import Benchmarks
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
            guard let (path, lines) = nearest(name, above: folder, layout) else { return nil }
            let versions = lines.compactMap { $0.wholeMatch(of: pattern).map { String($0.1) } }
            return versions.first.map { RequestedGo(file: path, version: $0) }
        }
    }

    /// What a version of Go is too old for: the `go` line of a package's go.mod, or else that of the go.work which has
    /// the module in use; nil when it will do.
    static func newer(than version: String, for package: String, in layout: ModuleLayout) -> RequestedGo? {
        let names = ["go.mod"] + (layout.workspace(of: package) == "off" ? [] : ["go.work"])
        return names.compactMap { name -> RequestedGo? in
            guard let (path, lines) = nearest(name, above: package, layout) else { return nil }
            return ModuleFile(lines).goVersion.map { RequestedGo(file: path, version: $0) }
        }.first { !$0.isMet(by: version) }
    }

    /// The nearest file of a name at or above a folder: its path from the tree's root, and its lines; nil when there is
    /// none.
    private static func nearest(
        _ name: String, above folder: String, _ layout: ModuleLayout
    ) -> (path: String, lines: [Substring])? {
        guard let place = layout.nearest(name, above: folder),
            let data = FileManager.default.contents(atPath: layout.path(of: place, name))
        else { return nil }
        let lines = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline)
        return (place.isEmpty ? name : "\(place)/\(name)", lines)
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

extension Toolchain {
    /// Why a package does not build, by what Go said, and by the Go that its module asks for.
    ///
    /// Before 1.21, Go builds what asks for a newer one as far as that goes, and then blames the code.
    func buildFailure(_ text: String, of package: String, _ layout: ModuleLayout) -> Failure {
        let failure = Toolchain.buildFailure(text)
        let mayBeForGo = [.build, .newerGo].contains(failure.reason) || text.contains("build constraints exclude")
        guard mayBeForGo, !text.contains("requires go >= "),
            let wanted = RequestedGo.newer(than: version, for: package, in: layout)
        else { return failure }
        let note = "\(Failure.noteMark)\(wanted.file) says go \(wanted.version), and this is \(version)\n"
        return Failure(.newerGo, note + failure.message)
    }
}
