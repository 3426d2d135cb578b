public import Foundation
public import Git

/// A repository with a Go module whose commits a test makes one by one, in a folder that goes away with the value.
public final class GoHistory {
    /// The folder that was made for it, with links resolved; the repository is `repo` in it.
    public let folder: URL
    /// The repository's root.
    public var path: String { folder.appending(path: "repo").path }
    /// The commits by the names that the test gave them.
    public private(set) var commits: [String: ObjectID] = [:]

    private var files: [String: [String: String]] = [:]
    private var last: String?
    private var repository: Repository

    /// An empty history.
    ///
    /// - Parameter isBuilt: Whether Go is to build its commits. What it is not to build is kept in memory, where the system
    ///   has a folder for that: to make the small files of many histories takes some file systems seconds.
    public init(isBuilt: Bool = true) throws {
        let memory = "/dev/shm"
        let temporary =
            !isBuilt && FileManager.default.isWritableFile(atPath: memory)
            ? URL(filePath: memory) : FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
        folder = temporary.appending(path: "allocbisect-history-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        repository = try Repository.create(at: folder.appending(path: "repo").path)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Adds a commit and moves `main` to it.
    ///
    /// - Parameters:
    ///   - name: The commit's name in the test and its subject.
    ///   - parents: The names of its parents; the commit made before when nil, none for a root.
    ///   - changes: New contents by path, on top of the first parent's files; nil removes a file.
    ///   - isLast: Whether `main` is moved. Where many commits are made at once, it may wait for the last one.
    @discardableResult
    public func commit(
        _ name: String, on parents: [String]? = nil, _ changes: [String: String?] = [:], isLast: Bool = true
    ) throws -> ObjectID {
        let parents = parents ?? last.map { [$0] } ?? []
        var tree = parents.first.flatMap { files[$0] } ?? ["go.mod": "module example.com/m\n\ngo 1.19\n"]
        for (path, text) in changes { tree[path] = text }
        let author = Signature(
            name: "A U Thor", email: "author@example.com", time: 1_700_000_000 + Int64(commits.count) * 60,
            offsetMinutes: 60)
        let id = try repository.writeCommit(
            files: tree, parents: try parents.map(self.id), message: name + "\n", author: author)
        (files[name], commits[name], last) = (tree, id, name)
        if isLast { try repository.setBranch("main", to: id) }
        return id
    }

    /// The id of a commit that was made.
    public func id(_ name: String) throws -> ObjectID {
        guard let id = commits[name] else { throw Unknown(name: name) }
        return id
    }

    /// The name of a commit that was made; its id when there is none.
    public func name(_ id: ObjectID) -> String {
        commits.first { $0.value == id }?.key ?? id.description
    }

    /// Fills the work tree with `main`.
    public func checkout() throws { try repository.checkoutHead() }

    private struct Unknown: Error { let name: String }
}
