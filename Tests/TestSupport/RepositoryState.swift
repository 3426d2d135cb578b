import Foundation

/// What of a user's repository must stay as it is, whatever runs in it: every file of the work tree and of the git
/// directory, but for what allocbisect keeps there itself.
public struct RepositoryState: Equatable, Sendable {
    /// Contents by path; a link's is what it points to, and a mode stands in front of each.
    private let files: [String: Data]

    /// Reads the repository that a folder is in; nil when it is in none.
    public init?(around folder: String) {
        var root = URL(filePath: folder).standardizedFileURL
        while !FileManager.default.fileExists(atPath: root.appending(path: ".git").path) {
            guard root.path != "/" else { return nil }
            root.deleteLastPathComponent()
        }
        files = RepositoryState.files(below: root.path)
    }

    /// The paths that differ from another state.
    public func changes(since other: RepositoryState) -> [String] {
        Set(files.keys).union(other.files.keys).filter { files[$0] != other.files[$0] }.sorted()
    }

    private static let ours = [".git/allocbisect", ".git/worktrees"]

    private static func files(below root: String) -> [String: Data] {
        var files: [String: Data] = [:]
        let paths = FileManager.default.enumerator(atPath: root)
        while let path = paths?.nextObject() as? String {
            if ours.contains(path) {
                paths?.skipDescendants()
                continue
            }
            let attributes = paths?.fileAttributes ?? [:]
            let type = attributes[.type] as? FileAttributeType
            guard type != .typeDirectory else { continue }
            let full = "\(root)/\(path)"
            let content =
                type == .typeSymbolicLink
                ? Data(((try? FileManager.default.destinationOfSymbolicLink(atPath: full)) ?? "").utf8)
                : FileManager.default.contents(atPath: full) ?? Data()
            files[path] = Data("\(attributes[.posixPermissions] as? Int ?? 0) ".utf8) + content
        }
        return files
    }
}
