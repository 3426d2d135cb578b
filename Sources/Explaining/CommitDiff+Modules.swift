import Benchmarks
import Git
import GoToolchain
import Measuring

extension CommitDiff {
    /// Whether of all module files only go.mod differs, and in it only the lines about Go itself.
    func isToolchainOnly(_ paths: [String]) -> Bool {
        let touched = changes.filter { paths.contains($0.path) }
        return !touched.isEmpty
            && touched.allSatisfy { change in
                change.path.isModuleFile && change.changedLines.allSatisfy { $0.isAboutGo || $0.trimmed.isEmpty }
            }
    }

    /// The go.mod files as one commit has them, but with the other one's lines about Go itself; none where these are
    /// the same.
    func toolchainSwaps(isWithout: Bool, _ sources: SourceTexts) -> [Replacement] {
        changes.compactMap { change in
            guard change.path == (module.isEmpty ? "go.mod" : module + "/go.mod"),
                change.changedLines.contains(where: \.isAboutGo), let old = change.oldPath,
                let new = change.newPath
            else { return nil }
            let (before, after) = (sources.lines(.before, old), sources.lines(.after, new))
            let (own, others, path) = isWithout ? (after, before, new) : (before, after, old)
            let lines = others.filter { String($0).isAboutGo } + own.filter { !String($0).isAboutGo }
            return Replacement(
                path: path, content: .file(Array(lines.joined(separator: "\n").utf8), isExecutable: false))
        }
    }

    /// The modules whose versions or places differ between both commits. What another module of the repository replaces
    /// counts for itself alone.
    func changedModules(_ inputs: Inputs?, _ sources: SourceTexts) -> [Explanation.ModuleChange] {
        let selection = inputs.map(TreeSelection.init)
        let own = module.isEmpty ? "go.mod" : module + "/go.mod"
        return changes.filter {
            $0.path == own || $0.path.isModuleFile && selection?.contains($0.path) ?? false
        }.flatMap { change in
            let files = (
                before: ModuleFile(sources.lines(.before, change.oldPath ?? change.path)),
                after: ModuleFile(sources.lines(.after, change.path))
            )
            let (before, after) =
                change.path == own
                ? (files.before.versions, files.after.versions) : (files.before.required, files.after.required)
            let changed = Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }
            return changed.sorted().map { Explanation.ModuleChange(path: $0, before: before[$0], after: after[$0]) }
        }
    }
}

extension FileChange {
    fileprivate var changedLines: [String] { hunks.flatMap(\.lines).filter { $0.kind != .context }.map(\.text) }
}

extension String {
    /// Whether a path is one of a go.mod file.
    fileprivate var isModuleFile: Bool { split(separator: "/").last == "go.mod" }
    /// Whether a line of go.mod is about Go itself, and not about a module.
    fileprivate var isAboutGo: Bool { ["go ", "toolchain ", "godebug "].contains(where: hasPrefix) }
}
