import Foundation
import Git
import TestSupport
import Testing

@Suite("Changes are those that `git diff` shows")
struct ChangesTests {
    /// Hunks as git prints them, by the old and the new path. Files without hunks are left out.
    private typealias Patch = [[String?]: [String]]

    private func patch(_ changes: [FileChange]) -> Patch {
        var patch: Patch = [:]
        for change in changes where !change.hunks.isEmpty {
            patch[[change.oldPath, change.newPath]] = change.hunks.flatMap { hunk in
                [header(hunk.oldStart, hunk.oldCount, hunk.newStart, hunk.newCount)]
                    + hunk.lines.map { ($0.kind == .context ? " " : $0.kind == .added ? "+" : "-") + $0.text }
            }
        }
        return patch
    }

    private func header(_ oldStart: Int, _ oldCount: Int, _ newStart: Int, _ newCount: Int) -> String {
        let old = oldCount == 1 ? "\(oldStart)" : "\(oldStart),\(oldCount)"
        return "@@ -\(old) +\(newCount == 1 ? "\(newStart)" : "\(newStart),\(newCount)") @@"
    }

    private func gitPatch(_ fixture: Fixture, _ old: ObjectID, _ new: ObjectID, _ context: Int) throws -> Patch {
        let output = try GitCommand.run(
            ["diff", "-M", "-U\(context)", "--no-prefix", "--no-textconv", "\(old)", "\(new)"], in: fixture.path)
        var patch: Patch = [:]
        var paths: [String?] = [nil, nil]
        var isHead = true
        for line in output.split(separator: UInt8(ascii: "\n")).map({ String(decoding: $0, as: UTF8.self) }) {
            if line.hasPrefix("diff --git") {
                (paths, isHead) = ([nil, nil], true)
            } else if isHead, let side = ["--- ", "+++ "].firstIndex(where: line.hasPrefix) {
                paths[side] = line.hasSuffix("/dev/null") ? nil : String(line.dropFirst(4))
            } else if line.hasPrefix("@@ ") {
                isHead = false
                // What follows is the line that git takes for the heading.
                let end = try #require(line.dropFirst(2).range(of: " @@")).upperBound
                patch[paths, default: []].append(String(line[..<end]))
            } else if !isHead, !line.hasPrefix("\\") {
                patch[paths, default: []].append(line)
            }
        }
        return patch
    }

    @Test(arguments: 0..<6)
    func equalsGit(seed: Int) throws {
        let history = try RandomEdits(seed: seed, count: 25)
        let repository = try history.fixture.open()
        var random = SeededGenerator(seed: seed)
        for context in [0, 1, 3, 10_000, 3, 3, 3, 0, 0, 3] {
            let old = try #require(history.commits.randomElement(using: &random))
            let new = try #require(history.commits.randomElement(using: &random))
            let changes = try repository.changes(from: old, to: new, contextLines: context)
            #expect(try patch(changes) == gitPatch(history.fixture, old, new, context), "\(old)..\(new) \(context)")
            let rows = try history.fixture.git("diff", "-M", "--name-status", "\(old)", "\(new)")
            let expected = Set(rows.map { $0.split(separator: "\t").dropFirst().map(String.init) })
            #expect(Set(changes.map(paths)) == expected)
        }
    }

    /// The paths that git lists for a file: two if it was renamed.
    private func paths(_ file: FileChange) -> [String] {
        let paths = [file.oldPath, file.newPath].compactMap(\.self)
        return file.oldPath == file.newPath ? Array(paths.prefix(1)) : paths
    }

    @Test func describesLines() throws {
        let fixture = try Fixture()
        let old = try fixture.commit(["a.go": "1\n2\r\n3"])
        let new = try fixture.commit(["a.go": "0\n1\n2\n3"])
        let changes = try fixture.open().changes(from: old, to: new, contextLines: -1)
        let lines: [[FileChange.Line]] = [
            [.init(kind: .added, oldNumber: nil, newNumber: 1, text: "0")],
            [
                .init(kind: .removed, oldNumber: 2, newNumber: nil, text: "2\r"),
                .init(kind: .added, oldNumber: nil, newNumber: 3, text: "2"),
            ],
        ]
        #expect(
            changes == [
                FileChange(
                    oldPath: "a.go", newPath: "a.go", isBinary: false,
                    hunks: [
                        .init(oldStart: 0, oldCount: 0, newStart: 1, newCount: 1, lines: lines[0]),
                        .init(oldStart: 2, oldCount: 1, newStart: 3, newCount: 1, lines: lines[1]),
                    ])
            ])
    }

    @Test func tellsWhatHasNoLines() throws {
        let fixture = try Fixture()
        try fixture.commit(["b": "text\n", "moved": "same\n", "mode": "x\n", "kind": "target", "e": ""])
        try Data([0, 1, 2]).write(to: URL(fileURLWithPath: fixture.path + "/b"))
        try Data([0xFF, 0x0A]).write(to: URL(fileURLWithPath: fixture.path + "/latin"))
        _ = chmod(fixture.path + "/mode", 0o755)
        try FileManager.default.moveItem(atPath: fixture.path + "/moved", toPath: fixture.path + "/to")
        try FileManager.default.removeItem(atPath: fixture.path + "/kind")
        try FileManager.default.createSymbolicLink(atPath: fixture.path + "/kind", withDestinationPath: "target")
        try FileManager.default.removeItem(atPath: fixture.path + "/e")
        try fixture.git("add", "-A")
        let submodule = String(repeating: "5", count: 40)
        try fixture.git("update-index", "--add", "--cacheinfo", "160000,\(submodule),sub")
        try fixture.git("commit", "-q", "-m", "Change")
        let changes = try fixture.open().changes(from: fixture.id("HEAD~1"), to: fixture.id("HEAD"))
        let summary = changes.map { change in
            "\(change.oldPath ?? "-") \(change.newPath ?? "-")\(change.isBinary ? " binary" : "")"
                + change.hunks.flatMap(\.lines).map { " \($0.kind) \($0.text)" }.joined()
        }
        #expect(
            summary.sorted() == [
                "- kind added target", "- latin added \u{FFFD}", "- sub added Subproject commit \(submodule)",
                "b b binary", "e -", "kind - removed target", "mode mode", "moved to",
            ])
    }

    @Test func findsTheRenamesThatGitFinds() throws {
        let fixture = try Fixture()
        let text = (0..<30).map { "line \($0)\n" }.joined()
        let old = try fixture.commit(["a.go": text, "b.go": text.replacing("line", with: "row")])
        try fixture.git("rm", "-q", "a.go", "b.go")
        // Another indentation makes other lines.
        let new = try fixture.commit([
            "a2.go": text.replacing("line", with: "\t\tline"), "b2.go": text.replacing("line", with: "row") + "more\n",
        ])
        let files = try fixture.open().changes(from: old, to: new)
        #expect(Set(files.map(paths)) == [["a.go"], ["a2.go"], ["b.go", "b2.go"]])
        let rows = try fixture.git("diff", "-M", "--name-status", "\(old)", "\(new)")
        #expect(rows.map { $0.prefix(1) }.sorted() == ["A", "D", "R"])
    }

    @Test func listsOnlyEqualFilesAsRenamedWhereThereAreMany() throws {
        let fixture = try Fixture()
        let text = (0..<20).map { "line \($0)\n" }.joined()
        let names = 0..<301
        try fixture.commit(["z": text.replacing("line", with: "row")])
        let old = try fixture.commit(Dictionary(uniqueKeysWithValues: names.map { ("a/\($0)", text + "\($0)\n") }))
        try fixture.git("mv", "a", "b")
        let new = try fixture.commit(["b/7": text + "seven\n"])
        let files = try fixture.open().changes(from: old, to: new)
        #expect(files.count == 302)
        #expect(files.contains { $0.oldPath == "a/300" && $0.newPath == "b/300" })
        #expect(files.contains { $0.oldPath == "a/7" && $0.newPath == nil })
        // One file is soon compared with all others.
        try fixture.git("reset", "-q", "--hard", "\(old)")
        try fixture.git("rm", "-r", "-q", "a", "z")
        let last = try fixture.commit(["b/z": text.replacing("line", with: "row") + "more\n"])
        let one = try fixture.open().changes(from: old, to: last)
        #expect(one.count == 302 && one.contains { $0.oldPath == "z" && $0.newPath == "b/z" })
    }

    @Test func ignoresSettingsAndAttributes() throws {
        let fixture = try Fixture()
        let text = (0..<30).map { "line \($0)\n" }.joined()
        let old = try fixture.commit(["a.go": text, ".gitattributes": "*.go binary\n"])
        try fixture.git("mv", "a.go", "b.go")
        let new = try fixture.commit(["b.go": text.replacing("line 15", with: "LINE 15")])
        let evil = fixture.directory.path + "/evil"
        try TemporaryDirectory.write("* -text diff=evil filter=evil\n", to: fixture.path + "/.git/info/attributes")
        for (name, value) in [
            ("diff.external", "touch \(evil); true"), ("diff.evil.textconv", "touch \(evil); cat"),
            ("diff.evil.command", "touch \(evil); true"), ("diff.evil.binary", "true"), ("diff.renames", "false"),
            ("filter.evil.smudge", "touch \(evil); cat"), ("filter.evil.required", "true"), ("diff.context", "0"),
            ("diff.algorithm", "patience"), ("diff.renameLimit", "1"), ("diff.ignoreSubmodules", "all"),
        ] {
            try fixture.git("config", name, value)
        }
        let changes = try fixture.open().changes(from: old, to: new)
        #expect(changes.map(\.oldPath) == ["a.go"] && changes.map(\.newPath) == ["b.go"])
        #expect(changes.flatMap(\.hunks).map(\.lines.count) == [8])
        #expect(!FileManager.default.fileExists(atPath: evil))
    }

    @Test func explainsMissingObjects() throws {
        let origin = try Fixture()
        try origin.git("config", "uploadpack.allowFilter", "true")
        let text = (0..<30).map { "line \($0)\n" }.joined()
        let first = try origin.commit(["a": text, "d/b.go": "1", "logo": "1"])
        let second = try origin.commit(["d/b.go": "2"])
        let other = try origin.commit(["logo": "2"])
        try origin.git("mv", "a", "moved")
        let third = try origin.commit(["moved": text + "x\n"])
        for (filter, name) in [("blob:none", "b"), ("tree:0", "t")] {
            try GitCommand.run(
                ["clone", "-q", "--filter=\(filter)", "file://\(origin.path)", name], in: origin.directory.path)
            let repository = try Repository(discovering: origin.directory.path + "/" + name)
            func expect(_ body: (borrowing Repository) throws -> Void) {
                let error = #expect(throws: GitError.self) { try body(repository) }
                #expect(error?.code == .partialClone && error?.message.contains("git fetch --refetch") == true)
            }
            expect { _ = try $0.changes(from: first, to: second) }
            expect { _ = try $0.changes(from: other, to: third) }
            guard filter == "blob:none" else { continue }
            let changes = try repository.changes(from: second, to: other)
            #expect(changes.map(\.newPath) == ["logo"] && changes[0].isBinary)
        }
        let blob = try origin.id("HEAD:d/b.go").description
        try FileManager.default.removeItem(atPath: "\(origin.path)/.git/objects/\(blob.prefix(2))/\(blob.dropFirst(2))")
        let repository = try origin.open()
        let error = #expect(throws: GitError.self) { try repository.changes(from: first, to: third) }
        #expect(error?.code == .missingObject)
    }
}
