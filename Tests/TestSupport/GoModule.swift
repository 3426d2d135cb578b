public import Foundation

/// A tree of files in a fresh temporary folder, which is removed with the value.
public final class GoModule: Sendable {
    /// The folder that was made for it, with symbolic links resolved; it holds the tree and whatever lies beside it.
    public let folder: URL
    /// The path of the tree.
    public var root: String { folder.appending(path: "tree").path }

    /// Writes files.
    ///
    /// - Parameters:
    ///   - files: Contents by path in the tree. Unless it has one, a go.mod for the module `example.com/m` is added.
    ///   - around: Contents by path in the folder that the tree is in.
    ///   - hasModule: Whether to add a go.mod.
    public init(_ files: [String: String], around: [String: String] = [:], hasModule: Bool = true) throws {
        let temporary = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
        folder = temporary.appending(path: "allocbisect-test-\(UUID().uuidString)")
        let standard = hasModule ? ["go.mod": "module example.com/m\n\ngo 1.19\n"] : [:]
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        for (path, text) in files.merging(standard, uniquingKeysWith: { own, _ in own }) {
            try write(text, to: "tree/" + path)
        }
        for (path, text) in around { try write(text, to: path) }
    }

    /// Writes a file, with the folders that it is in.
    ///
    /// - Parameter path: The path below `folder`.
    public func write(_ text: String, to path: String) throws {
        let file = folder.appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }
}
