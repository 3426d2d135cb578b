import Foundation

/// Where modules and workspaces begin in a checked-out tree.
///
/// Go looks for go.mod and go.work in all folders above, and a worktree may lie inside another module's folder, so
/// the search is done here and stops at the tree's root.
struct ModuleLayout {
    /// The root of the checked-out tree; nothing above it is looked at.
    let root: String

    /// The folders from a package's own up to the root, as paths relative to the root; the root is "".
    static func ancestors(of package: String) -> [String] {
        var folders = [""]
        if package != "." && !package.isEmpty {
            var path = ""
            for part in package.split(separator: "/") {
                path += path.isEmpty ? part : "/" + part
                folders.append(path)
            }
        }
        return folders.reversed()
    }

    /// The nearest folder at or above the package that has such a file; nil for none.
    func nearest(_ file: String, above package: String) -> String? {
        ModuleLayout.ancestors(of: package).first {
            FileManager.default.fileExists(atPath: path(of: $0, file))
        }
    }

    /// The folders of the modules that packages of an import path can be in, or of a pattern of import paths.
    func modules(reachedBy pattern: String) -> [String] {
        let fixed = pattern.firstRange(of: "...").map { pattern[..<$0.lowerBound] }
        return ([""] + FolderWalk(self, below: "").modules).filter { folder in
            guard let data = FileManager.default.contents(atPath: path(of: folder, "go.mod")) else { return false }
            let lines = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline)
            let module = ModuleFile(lines).path
            guard !module.isEmpty else { return false }
            return "\(pattern)/".hasPrefix(module + "/") || fixed.map { module.hasPrefix($0) } ?? false
        }
    }

    /// The value of GOWORK for a package: the go.work inside the tree that has its module in use, or `off`.
    func workspace(of package: String) -> String {
        guard let place = nearest("go.work", above: package) else { return "off" }
        // Go refuses to work in a module that its workspace does not use; by itself that one is fine.
        let module = nearest("go.mod", above: package)
        let file = path(of: place, "go.work")
        guard let module, module.utf8.count >= place.utf8.count else { return file }
        return ModuleLayout.members(of: file, in: place).contains(module) ? file : "off"
    }

    func path(of folder: String, _ file: String) -> String {
        folder.isEmpty ? "\(root)/\(file)" : "\(root)/\(folder)/\(file)"
    }

    /// The folders that a workspace uses, as paths relative to the root; those outside the tree are left out.
    private static func members(of file: String, in folder: String) -> Set<String> {
        guard let data = FileManager.default.contents(atPath: file) else { return [] }
        var isInBlock = false
        var members: Set<String> = []
        for line in String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline) {
            var text = line.trimmingCharacters(in: .whitespaces)
            if let comment = text.firstRange(of: "//") { text = String(text[..<comment.lowerBound]) }
            if let block = text.wholeMatch(of: /(\w+)\s*\(\s*/) {
                isInBlock = block.1 == "use"
                continue
            }
            if text.hasPrefix(")") { isInBlock = false }
            let used = text.wholeMatch(of: /use\s+(.+)/)?.1
            guard let name = used ?? (isInBlock ? text[...] : nil) else { continue }
            let path = name.trimmingCharacters(in: CharacterSet(charactersIn: " \t\r\"`"))
            if let member = joined(folder, path) { members.insert(member) }
        }
        return members
    }

    /// Where a relative path leads from a folder of the tree; nil when that is outside.
    static func joined(_ folder: String, _ path: String) -> String? {
        if path.hasPrefix("/") || path.isEmpty { return nil }
        var parts = folder.split(separator: "/").map(String.init)
        for part in path.split(separator: "/") where part != "." {
            if part == ".." {
                guard parts.popLast() != nil else { return nil }
            } else {
                parts.append(String(part))
            }
        }
        return parts.joined(separator: "/")
    }
}
