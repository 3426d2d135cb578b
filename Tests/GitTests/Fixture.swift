import Foundation
import Git
import Testing

/// A repository to test with.
struct Fixture {
    let directory: TemporaryDirectory
    /// The root of the work tree, or of the bare repository.
    let path: String

    /// Makes an empty repository with git.
    init(_ options: String...) throws {
        directory = try TemporaryDirectory()
        path = directory.path + "/repository"
        try GitCommand.run(["init", "-q", "-b", "main"] + options + [path], in: directory.path)
    }

    /// Takes an existing repository over.
    init(_ directory: TemporaryDirectory, path: String) {
        self.directory = directory
        self.path = path
    }

    func open() throws -> Repository {
        try Repository(discovering: path)
    }

    @discardableResult
    func git(_ arguments: String...) throws -> [String] {
        try GitCommand.lines(arguments, in: path)
    }

    func id(_ revision: String) throws -> ObjectID {
        try #require(ObjectID(GitCommand.line("rev-parse", revision, in: path)))
    }

    /// Commits the given files on the current branch.
    @discardableResult
    func commit(_ files: [String: String], _ message: String = "Change") throws -> ObjectID {
        for (name, text) in files { try TemporaryDirectory.write(text, to: path + "/" + name) }
        try git("add", "-A")
        try git("commit", "-q", "--allow-empty", "-m", message)
        return try id("HEAD")
    }
}

extension Fixture {
    /// Every file but ours, with its mode and content, and the time when a file was written.
    func everything() throws -> [String: Data] {
        var found: [String: Data] = [:]
        for case let name as String in try #require(FileManager.default.enumerator(atPath: path)) {
            if [".git/allocbisect", ".git/worktrees/allocbisect-"].contains(where: name.hasPrefix) { continue }
            if name == ".git/worktrees" { continue }
            let path = path + "/" + name
            var status = stat()
            #expect(lstat(path, &status) == 0)
            let isFile = status.st_mode & S_IFMT == S_IFREG
            let content = isFile ? try Data(contentsOf: URL(fileURLWithPath: path)) : Data()
            found[name] = Data("\(status.st_mode) \(isFile ? status.st_mtim.tv_nsec : 0) ".utf8) + content
        }
        return found
    }
}
