import Git
import TestSupport
import Testing

@Suite("Digests of selected files")
struct DigestTests {
    private struct Pair: Hashable {
        let digest: ObjectID
        let content: Set<String>
    }

    /// What is selected of a commit, as lines of `git ls-tree`. Knows nothing of tries.
    private func naive(
        _ selection: TreeSelection, _ entries: [String], withLinksAbove: Bool = true
    ) -> Set<String> {
        var selected: Set<String> = []
        for entry in entries {
            let fields = entry.split(separator: "\t", maxSplits: 1)
            let name = String(fields[1])
            let parent = name.lastIndex(of: "/").map { String(name[..<$0]) } ?? ""
            let isBlob = fields[0].contains(" blob ")
            let isSource = TreeSelection.fileSuffixes.contains { name.hasSuffix($0) }
            let isBelow = selection.paths.contains { $0 == "" || name == $0 || name.hasPrefix($0 + "/") }
            // A submodule holds what is selected below it, and a link may lead there.
            let isAbove =
                withLinksAbove && !fields[0].contains(" tree ")
                && (selection.paths.contains { $0.hasPrefix(name + "/") }
                    || selection.directories.contains { $0 == name || $0.hasPrefix(name + "/") })
            if isBelow || isAbove || (isBlob && isSource && selection.directories.contains(parent)) {
                selected.insert(entry)
            }
        }
        return selected
    }

    @Test(arguments: 0..<4)
    func equalsExactlyWhereTheSelectedContentDoes(seed: Int) throws {
        let history = try RandomHistory(seed: seed, count: 60)
        let repository = try history.fixture.open()
        // -t lists the directories too; -z keeps names as they are.
        let trees = try history.commits.map { commit in
            let output = try GitCommand.run(["ls-tree", "-rtz", commit.description], in: history.fixture.path)
            return String(decoding: output, as: UTF8.self).split(separator: "\0").map(String.init)
        }
        var random = SeededGenerator(seed: seed)
        let places = ["", "a", "d", "a/a", "b.go", "d/b.go", "a/d", "a/d/x.txt", "Ä.go", "d/c.s", "x.txt", "nowhere"]
        for _ in 0..<6 {
            let selection = TreeSelection(
                paths: Set(places.dropFirst().shuffled(using: &random).prefix(Int.random(in: 0...3, using: &random))),
                directories: Set(places.shuffled(using: &random).prefix(Int.random(in: 0...4, using: &random))))
            let digests = try repository.digests(of: history.commits, over: selection)
            let contents = trees.map { naive(selection, $0) }
            #expect(digests.count == contents.count)
            for entry in Set(trees.joined()) where entry.contains(" blob ") {
                let path = String(entry.split(separator: "\t", maxSplits: 1)[1])
                #expect(selection.contains(path) == !naive(selection, [entry], withLinksAbove: false).isEmpty)
            }
            // As many pairs as digests and as contents: each digest has one content, and the other way round.
            let pairs = Set(zip(digests, contents).map { Pair(digest: $0, content: $1) })
            #expect(pairs.count == Set(digests).count)
            #expect(pairs.count == Set(contents).count)
        }
    }

    @Test func selectsTheWholeTree() throws {
        let fixture = try Fixture()
        let ids = try [fixture.commit(["a": "1"]), fixture.commit(["b/c": "2"]), fixture.commit([:])]
        let digests = try fixture.open().digests(of: ids, over: TreeSelection(paths: [""]))
        #expect(digests[0] != digests[1])
        #expect(digests[1] == digests[2])
    }

    @Test func takesPathsInAnyOfTheirSpellings() throws {
        let fixture = try Fixture()
        let ids = try [fixture.commit(["a/b/c.go": "1"]), fixture.commit(["a/b/c.go": "2"])]
        let repository = try fixture.open()
        let plain = try repository.digests(of: ids, over: TreeSelection(directories: ["a/b"]))
        #expect(plain[0] != plain[1])
        #expect(try repository.digests(of: ids, over: TreeSelection(directories: ["./a/b/"])) == plain)
    }
}
