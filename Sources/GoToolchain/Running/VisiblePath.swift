import Foundation

/// Which paths variables name, and how they are spelled without links.
enum VisiblePath {
    /// A path without links; nil when there is nothing.
    static func real(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// The home of the user that this process belongs to, whatever HOME says.
    static var home: String? { getpwuid(getuid()).map { String(cString: $0.pointee.pw_dir) } }

    /// The absolute paths in a variable's value: lists separated by colons, compiler flags such as `-I/usr/include`,
    /// and lists of words.
    static func named(in value: String) -> [String] {
        value.split { $0 == ":" || $0 == "," || $0 == "=" || $0 == "'" || $0 == "\"" || $0.isWhitespace }.compactMap {
            if $0.hasPrefix("/") { return String($0) }
            guard $0.hasPrefix("-"), let slash = $0.firstIndex(of: "/") else { return nil }
            return String($0[slash...])
        }
    }

    /// The ways in which a path is reached: without links, and by its own last name.
    static func spellings(of path: String) -> Set<String> {
        let url = URL(filePath: path)
        guard let real = real(path), let folder = self.real(url.deletingLastPathComponent().path) else { return [] }
        return [real, folder == "/" ? real : "\(folder)/\(url.lastPathComponent)"]
    }
}

extension String {
    /// Whether the path is in a folder, and is not that folder.
    func isBelow(_ folder: String) -> Bool { path(below: folder).map { !$0.isEmpty } ?? false }
}
