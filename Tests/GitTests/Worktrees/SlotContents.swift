import Foundation
import Git
import Testing

/// Everything below a directory, as `git ls-tree -r` would list it.
struct SlotContents {
    private let root: String
    private var files: [String: String] = [:]
    private var directories: Set<String> = []

    init(_ root: String) throws {
        self.root = root
        for case let name as String in try #require(FileManager.default.enumerator(atPath: root)) {
            if name == ".git" { continue }
            var status = stat()
            #expect(lstat(root + "/" + name, &status) == 0)
            switch status.st_mode & S_IFMT {
            case S_IFDIR: directories.insert(name)
            case S_IFLNK: files[name] = "120000"
            case S_IFREG: files[name] = status.st_mode & 0o111 == 0 ? "100644" : "100755"
            default: files[name] = "special"
            }
        }
    }

    /// Expects exactly what a commit holds: files, modes, links and contents, and no directory without files.
    func expect(_ commit: ObjectID, in fixture: Fixture, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let output = try GitCommand.run(["ls-tree", "-r", "-z", commit.description], in: fixture.path)
        var expected: [String: (mode: String, id: String)] = [:]
        var submodules: Set<String> = []
        var parents: Set<String> = []
        for line in String(decoding: output, as: UTF8.self).split(separator: "\0") {
            let fields = line.split(separator: "\t", maxSplits: 1)
            let words = fields[0].split(separator: " ")
            let name = String(fields[1])
            if words[0] == "160000" {
                submodules.insert(name)
            } else {
                expected[name] = (String(words[0]), String(words[2]))
            }
            for slash in name.indices where name[slash] == "/" { parents.insert(String(name[..<slash])) }
        }
        #expect(files == expected.mapValues(\.mode), sourceLocation: sourceLocation)
        #expect(directories == parents.union(submodules), sourceLocation: sourceLocation)
        for (name, ids) in try contentIDs(fixture) {
            #expect(ids == expected[name]?.id, "\(name)", sourceLocation: sourceLocation)
        }
    }

    private func contentIDs(_ fixture: Fixture) throws -> [(String, String)] {
        let links = files.filter { $0.value == "120000" }.keys.sorted()
        let regular = files.filter { $0.value.hasPrefix("100") }.keys.sorted()
        var paths = regular.map { root + "/" + $0 }
        let targets = try TemporaryDirectory()
        for (number, link) in links.enumerated() {
            let target = try FileManager.default.destinationOfSymbolicLink(atPath: root + "/" + link)
            try targets.write(target, to: "\(number)")
            paths.append("\(targets.path)/\(number)")
        }
        let ids = try GitCommand.lines(
            ["hash-object", "--no-filters", "--stdin-paths"], in: fixture.path, input: paths.joined(separator: "\n"))
        return Array(zip(regular + links, ids))
    }
}
