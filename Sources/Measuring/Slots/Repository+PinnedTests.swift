import Git

import struct Foundation.Data
import class Foundation.FileManager

extension Repository {
    /// Puts the test files that a package has at another revision in the place of those in a worktree.
    ///
    /// A package that does not exist in the worktree is left alone.
    borrowing func pin(_ package: String, testsOf revision: ObjectID, in root: String) throws(GitError) {
        let folder = package == "." ? root : "\(root)/\(package)"
        let files = FileManager.default
        guard let present = try? files.contentsOfDirectory(atPath: folder),
            present.contains(where: { $0.hasSuffix(".go") })
        else { return }
        let pinned = try self.files(below: package == "." ? "" : package, at: revision) { $0.hasSuffix("_test.go") }
        guard !pinned.isEmpty else { return }
        do {
            for name in present where name.hasSuffix("_test.go") { try files.removeItem(atPath: "\(folder)/\(name)") }
            for file in pinned { try Data(file.content).write(to: .init(filePath: "\(root)/\(file.path)")) }
        } catch {
            throw GitError(
                .worktree, operation: "pinning the tests of \(package)",
                message: "The test files of \(revision.short) could not be put into the worktree \(root): "
                    + "\(error.localizedDescription).")
        }
    }
}
