import Git

extension Context {
    /// Whether of all module files only go.mod differs, and in it only the lines about Go itself.
    func isToolchainOnly(_ paths: [String]) -> Bool {
        let touched = changes.filter { paths.contains($0.path) }
        guard !touched.isEmpty else { return false }
        return touched.allSatisfy { change in
            change.path.split(separator: "/").last == "go.mod"
                && change.hunks.flatMap(\.lines).allSatisfy { line in
                    line.kind == .context || line.text.trimmed.isEmpty
                        || ["go ", "toolchain ", "godebug "].contains { line.text.hasPrefix($0) }
                }
        }
    }

    /// The modules whose versions or places differ between both commits.
    func changedModules(_ sources: Sources) -> [Explanation.ModuleChange] {
        changes.filter { $0.path.split(separator: "/").last == "go.mod" }.flatMap { change in
            let before = ModuleFile(sources.lines(.before, change.oldPath ?? change.path)).versions
            let after = ModuleFile(sources.lines(.after, change.path)).versions
            let changed = Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }
            return changed.sorted().map { Explanation.ModuleChange(path: $0, before: before[$0], after: after[$0]) }
        }
    }
}

/// What a go.mod file requires, as far as it is needed to tell what changed.
///
/// Source of the format: https://go.dev/ref/mod#go-mod-file
struct ModuleFile {
    /// The version of each required module, or what it is replaced by.
    private(set) var versions: [String: String] = [:]

    init(_ lines: [Substring]) {
        var block: Substring?
        var replacements: [String: String] = [:]
        for line in lines {
            let code = line.firstRange(of: "//").map { line[..<$0.lowerBound] } ?? line
            var words = code.split(whereSeparator: \.isWhitespace)
            if words.first == ")" { block = nil }
            guard let first = words.first, first != ")" else { continue }
            if words.last == "(" {
                block = first
                continue
            }
            let directive = block ?? words.removeFirst()
            if directive == "require", words.count >= 2 {
                versions[String(words[0])] = String(words[1])
            } else if directive == "replace", let arrow = words.firstIndex(of: "=>"), let path = words.first {
                replacements[String(path)] = words[(arrow + 1)...].joined(separator: " ")
            }
        }
        versions.merge(replacements) { $1 }
    }
}
