import Foundation

/// Where modules and workspaces begin in a checked-out tree.
///
/// Go looks for go.mod and go.work in all folders above, and a worktree may lie inside another module's folder, so
/// the search is done here and stops at the tree's root.
struct ModuleLayout {
    /// The tree's root.
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

    /// The folders below one that have a go.mod, without those that Go's `./...` passes over.
    func modules(below folder: String) -> [String] {
        let start = folder.isEmpty ? root : "\(root)/\(folder)"
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: start)) ?? []).sorted()
        return names.flatMap { name -> [String] in
            let here = folder.isEmpty ? name : "\(folder)/\(name)"
            let type = try? FileManager.default.attributesOfItem(atPath: "\(root)/\(here)")[.type]
            if type as? FileAttributeType != .typeDirectory || "._".contains(name.prefix(1))
                || ["vendor", "testdata"].contains(name)
            {
                return []
            }
            let isModule = FileManager.default.fileExists(atPath: path(of: here, "go.mod"))
            return (isModule ? [here] : []) + modules(below: here)
        }
    }

    /// The value of GOWORK for a package: its go.work inside the tree, or `off`.
    func workspace(of package: String) -> String {
        nearest("go.work", above: package).map { path(of: $0, "go.work") } ?? "off"
    }

    func path(of folder: String, _ file: String) -> String {
        folder.isEmpty ? "\(root)/\(file)" : "\(root)/\(folder)/\(file)"
    }
}
