import Git
import TestSupport
import Testing

@Suite("What two commits have alike of a selection")
struct ChangedContentTests {
    /// What is selected of a commit by its path, with what the tree says of it and its size; a directory that is selected
    /// as a whole is one thing. Knows nothing of tries.
    private func naive(_ selection: TreeSelection, _ lines: [String]) -> [String: (content: Set<String>, size: Int)] {
        var found: [String: (content: Set<String>, size: Int)] = [:]
        for line in lines {
            let parts = line.split(separator: "\t", maxSplits: 1).map(String.init)
            let (fields, path) = (parts[0].split(separator: " "), parts[1])
            let parent = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
            let above = selection.paths.filter { path == $0 || path.hasPrefix($0 + "/") }.min { $0.count < $1.count }
            let isSource =
                fields[1] == "blob" && selection.directories.contains(parent)
                && TreeSelection.fileSuffixes.contains(where: path.hasSuffix)
            // A submodule holds what is selected below it, and a link may lead there.
            let isOnTheWay =
                fields[1] != "tree"
                && (selection.directories.contains(path)
                    || selection.paths.union(selection.directories).contains { $0.hasPrefix(path + "/") })
            guard let name = above ?? (isSource || isOnTheWay ? path : nil) else { continue }
            found[name, default: ([], 0)].content.insert(line)
            if name == path, fields[1] == "blob" { found[name]?.size = Int(fields[3]) ?? 0 }
        }
        return found
    }

    @Test(arguments: 0..<4)
    func isWhatDiffersFromEachParent(seed: Int) throws {
        let history = try RandomHistory(seed: seed, count: 40)
        let repository = try history.fixture.open()
        let trees = try history.commits.map { commit in
            let output = try GitCommand.run(["ls-tree", "-rtlz", commit.description], in: history.fixture.path)
            return String(decoding: output, as: UTF8.self).split(separator: "\0").map(String.init)
        }
        var random = SeededGenerator(seed: seed)
        let places = ["a", "d", "a/a", "b.go", "d/b.go", "a/d", "a/d/x.txt", "Ä.go", "d/c.s", "x.txt", "nowhere"]
        for _ in 0..<6 {
            let selection = TreeSelection(
                paths: Set(places.shuffled(using: &random).prefix(Int.random(in: 0...3, using: &random))),
                directories: Set(([""] + places).shuffled(using: &random).prefix(Int.random(in: 0...4, using: &random)))
            )
            let contents = trees.map { naive(selection, $0) }
            // One parent is the commit before, as in a line, and up to two are any others.
            let parents: [[Int]] = history.commits.indices.map { index in
                let others = (0..<Int.random(in: 0...2, using: &random)).map { _ in
                    Int.random(in: 0..<trees.count, using: &random)
                }
                return index == 0 ? [] : [index - 1] + others
            }
            let found = try repository.changedContent(
                of: zip(history.commits, parents).map { ($0, $1.map { history.commits[$0] }) }, over: selection)
            for (index, parents) in parents.enumerated() {
                let differences = parents.map { parent in
                    let (mine, other) = (contents[index], contents[parent])
                    let names = Set(mine.keys).union(other.keys)
                    return names.filter { mine[$0]?.content != other[$0]?.content }.reduce(into: [String: Int]()) {
                        $0[$1] = abs((mine[$1]?.size ?? 0) - (other[$1]?.size ?? 0))
                    }
                }
                let common = differences.dropFirst().reduce(differences.first ?? [:]) { former, next in
                    former.reduce(into: [:]) { common, each in
                        common[each.key] = next[each.key].map { min(each.value, $0) }
                    }
                }
                #expect(found[index] == ChangedContent(paths: common.count, bytes: common.values.reduce(0, +)))
            }
        }
    }

    @Test("A rule is asked about each thing that differs, with what both commits have there", arguments: 0..<4)
    func rules(seed: Int) throws {
        let history = try RandomHistory(seed: seed, count: 20)
        let repository = try history.fixture.open()
        var random = SeededGenerator(seed: seed)
        let places = ["a", "d", "a/a", "b.go", "d/b.go", "a/d", "x.txt", "nowhere"]
        for (one, other) in zip(history.commits, history.commits.dropFirst()) {
            let selection = TreeSelection(
                paths: Set(places.shuffled(using: &random).prefix(2)),
                directories: Set(([""] + places).shuffled(using: &random).prefix(3)))
            let count = try repository.changedContent(of: [(other, [one])], over: selection)[0].paths
            var asked: Set<String> = []
            let agree = try repository.agree(one, other, over: selection) { path, first, second in
                asked.insert(path)
                for (commit, content) in [(one, first), (other, second)] {
                    let shown = try? GitCommand.run(
                        ["cat-file", "blob", "\(commit):\(path)"], in: history.fixture.path)
                    #expect(content == shown.map(Array.init))
                }
                return true
            }
            #expect(agree && asked.count == count)
            #expect(try repository.agree(one, other, over: selection) { _, _, _ in false } == (count == 0))
        }
    }

    @Test func everythingIsOneThing() throws {
        let fixture = try Fixture()
        let ids = try [fixture.commit(["a": "1"]), fixture.commit(["b": "2", "c": "3"]), fixture.commit([:])]
        let found = try fixture.open().changedContent(
            of: [(ids[1], [ids[0]]), (ids[2], [ids[1]])], over: TreeSelection(paths: [""]))
        #expect(found == [ChangedContent(paths: 1), ChangedContent()])
    }
}
