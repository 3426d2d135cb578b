import Benchmarks
import Foundation

/// Finds out why a file that something asked for is not there, by what Go or a benchmark printed about it.
enum MissingFile {
    /// A line for the end of a failure's message; nil when the text names nothing that is known to be missing.
    ///
    /// - Parameters:
    ///   - text: What was printed.
    ///   - folder: The folder that it was printed in, relative to the tree's root, `.` for the root.
    static func note(about text: String, in folder: String, _ layout: ModuleLayout) -> String? {
        let folder = folder == "." ? "" : folder
        let found = outside(text, folder, layout) ?? submodule(text, folder, layout) ?? generated(text, folder, layout)
        return found.map { "\t" + Failure.noteMark + $0 }
    }

    /// The paths that a text says are not there.
    private static func paths(in text: String) -> [String] {
        let patterns: [Regex<(Substring, Substring)>] = [
            /(?:open|stat|lstat|chdir|reading|directory) ([^\s:]+): (?:no such file or directory|The system)/,
            /replacement directory ([^\s:]+) does not exist/, /\(replaced by (\.[^\s)]+)\)/,
            /cannot load module ([^\s:]+) listed in go\.work/,
        ]
        return patterns.flatMap { pattern in text.matches(of: pattern).map { String($0.1) } }
    }

    /// Where a path leads, with parts relative to the tree's root; nil when that is outside the tree.
    private static func place(of path: String, _ folder: String, _ layout: ModuleLayout) -> String? {
        path.hasPrefix("/") ? path.path(below: layout.root) : ModuleLayout.joined(folder, path)
    }

    private static func outside(_ text: String, _ folder: String, _ layout: ModuleLayout) -> String? {
        // What go.mod names counts from its own folder, and an absolute path may be one of the machine's.
        let starts = [folder, layout.nearest("go.mod", above: folder) ?? folder]
        let path = paths(in: text).first { path in
            path.hasPrefix("..") && starts.contains { place(of: path, $0, layout) == nil }
        }
        return path.map { "\($0) is outside the repository, so no commit has it" }
    }

    private static func submodule(_ text: String, _ folder: String, _ layout: ModuleLayout) -> String? {
        guard let data = FileManager.default.contents(atPath: layout.path(of: "", ".gitmodules")) else { return nil }
        let lines = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline)
        let submodules = lines.compactMap { line in
            line.prefixMatch(of: /\s*+path\s*+=/).map {
                line[$0.range.upperBound...].trimmingCharacters(in: .whitespaces)
            }
        }.filter { path in
            let (folders, files) = SymbolicLinks.entries(in: layout.path(of: path, ""))
            return folders.isEmpty && !files.contains { $0 != ".git" }
        }
        let named = paths(in: text).compactMap { place(of: $0, folder, layout) }
        let missing = submodules.first { submodule in
            named.contains { $0.path(below: submodule) != nil } || text.contains("/" + submodule)
        }
        return missing.map {
            "the submodule \($0) is not available for this commit; try 'git submodule update --init \($0)'"
        }
    }

    private static func generated(_ text: String, _ folder: String, _ layout: ModuleLayout) -> String? {
        if let pattern = text.firstMatch(of: /pattern (\S+): no matching files found/)?.1 {
            return "\(pattern), which go:embed asks for, is not in this commit and would have to be generated"
        }
        let marks = [
            "undefined: ", " is not in GOROOT", " is not in std", "cannot find package", "but does not contain package",
        ]
        guard marks.contains(where: text.contains) || text.contains("no required module provides package") else {
            return nil
        }
        let places = [folder, layout.nearest("go.mod", above: folder) ?? ""]
        let directive = places.lazy.compactMap { place in
            SymbolicLinks.entries(in: layout.path(of: place, "")).files.filter { $0.hasSuffix(".go") }.sorted()
                .first { name in
                    FileManager.default.contents(atPath: layout.path(of: place, name)).map {
                        $0.starts(with: "//go:generate ".utf8)
                            || $0.firstRange(of: Data("\n//go:generate ".utf8)) != nil
                    } ?? false
                }
        }.first
        return directive.map { "a generated file may be missing: \($0) has go:generate lines" }
    }
}
