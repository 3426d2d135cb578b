import GoToolchain

/// Tells which files in profiles are the repository's own, and by which path.
struct SourcePaths: Sendable {
    private let worktrees: String
    private let modulePath: String
    private let moduleDirectory: String
    private let changed: Set<String>

    /// - Parameters:
    ///   - worktrees: The folder with the worktree slots, with a slash at the end.
    ///   - importPath: The import path of the package in `directory`, which tells how paths look that `-trimpath`
    ///     has changed.
    ///   - changed: The paths that differ between both commits. What is vendored counts as the repository's own only
    ///     among these: otherwise the line that calls it is what the reader can change.
    init(worktrees: String, importPath: String, directory: String, changed: Set<String>) {
        self.worktrees = worktrees
        self.changed = changed
        var module = importPath.split(separator: "/")[...]
        var folder = directory == "." ? [] : directory.split(separator: "/")[...]
        while let last = folder.last, last == module.last {
            module.removeLast()
            folder.removeLast()
        }
        modulePath = module.map { $0 + "/" }.joined()
        moduleDirectory = folder.map { $0 + "/" }.joined()
    }

    /// Whether a variable belongs to the module.
    func isOwn(_ variable: Variable) -> Bool {
        variable.package.map { !modulePath.isEmpty && "\($0)/".hasPrefix(modulePath) } ?? false
    }

    /// A file's path relative to the repository's root; nil when it is not the repository's own.
    func path(_ file: String) -> String? {
        guard let path = checkedOut(file) else { return nil }
        return path.isVendored && !changed.contains(path) ? nil : path
    }

    /// The path relative to the repository's root of any file that came from there, vendored ones among them; nil for
    /// others.
    func checkedOut(_ file: String) -> String? {
        if file.hasPrefix(worktrees) {
            let parts = file.dropFirst(worktrees.count).split(separator: "/", maxSplits: 1)
            guard parts.count == 2 else { return nil }
            return String(parts[1])
        } else if !modulePath.isEmpty, file.hasPrefix(modulePath) {
            return moduleDirectory + file.dropFirst(modulePath.count)
        }
        return nil
    }
}

extension String {
    /// Whether a path is in a vendor folder.
    var isVendored: Bool { hasPrefix("vendor/") || contains("/vendor/") }
}
