import Git
import TestSupport
import Testing

@Suite("Walks through histories, against git log")
struct HistoryTests {
    /// A random history, written by our own means.
    private struct Graph {
        var ids: [ObjectID] = []
        var parents: [ObjectID: [ObjectID]] = [:]

        func ancestors(_ id: ObjectID) -> Set<ObjectID> {
            var found: Set<ObjectID> = []
            var open = [id]
            while let next = open.popLast() {
                if found.insert(next).inserted { open += parents[next] ?? [] }
            }
            return found
        }
    }

    private func graph(_ repository: borrowing Repository, seed: Int, datesAreWild: Bool) throws -> Graph {
        var random = SeededGenerator(seed: seed)
        var graph = Graph()
        for number in 0..<120 {
            var parents: [ObjectID] = []
            for _ in 0..<[1, 1, 1, 2, 2, 3].randomElement(using: &random)! {
                guard let parent = graph.ids.suffix(12).randomElement(using: &random) else { continue }
                if !parents.contains(parent) { parents.append(parent) }
            }
            let time = datesAreWild ? Int64.random(in: 0..<1_000_000, using: &random) : Int64(1_000_000 + number)
            let id = try repository.writeCommit(
                files: ["n": "\(number)"], parents: parents, message: "\(number)",
                author: Signature(name: "A", email: "a@b", time: time))
            graph.ids.append(id)
            graph.parents[id] = parents
        }
        return graph
    }

    @Test(arguments: 0..<6, [false, true])
    func findsTheCandidatesOfRandomHistories(seed: Int, datesAreWild: Bool) throws {
        let directory = try TemporaryDirectory()
        let repository = try Repository.create(at: directory.path, bare: true)
        let graph = try graph(repository, seed: seed, datesAreWild: datesAreWild)
        var random = SeededGenerator(seed: seed)
        for _ in 0..<40 {
            let good = try #require(graph.ids.randomElement(using: &random))
            let bad = try #require(graph.ids.randomElement(using: &random))
            let expected = graph.ancestors(bad).subtracting(graph.ancestors(good))
            let isAncestor = graph.ancestors(bad).contains(good)
            let range = try RevisionRange("\(good)..\(bad)")
            guard isAncestor || !graph.ancestors(bad).isDisjoint(with: graph.ancestors(good)) else {
                let error = #expect(throws: GitError.self) { try repository.resolve(range) }
                #expect(error?.code == .unrelatedHistories)
                continue
            }
            let resolved = try repository.resolve(range)
            #expect(Set(resolved.commits.map(\.id)) == expected)
            #expect(resolved.commits.count == expected.count)
            var seen: Set<ObjectID> = []
            for node in resolved.commits {
                #expect(node.parents == graph.parents[node.id])
                #expect(node.parents.allSatisfy { seen.contains($0) || !expected.contains($0) })
                seen.insert(node.id)
            }
            #expect((resolved.mergeBase == nil) == isAncestor)
            if let base = resolved.mergeBase {
                #expect(graph.ancestors(good).intersection(graph.ancestors(bad)).contains(base))
            }
            let chain = try repository.resolve(range, firstParent: true)
            var expectedChain: [ObjectID] = []
            var next: ObjectID? = bad
            while let id = next, expected.contains(id) {
                expectedChain.append(id)
                next = graph.parents[id]?.first
            }
            #expect(chain.commits.map(\.id) == expectedChain.reversed())
            #expect(chain.commits.allSatisfy { $0.parents == graph.parents[$0.id]?.first.map { [$0] } ?? [] })
        }
    }

    @Test func walksNewestFirst() throws {
        let directory = try TemporaryDirectory()
        let repository = try Repository.create(at: directory.path, bare: true)
        let graph = try graph(repository, seed: 9, datesAreWild: false)
        let last = try #require(graph.ids.last)
        let expected = try GitCommand.lines(["rev-list", "--date-order", last.description], in: directory.path)
        #expect(try repository.walk(from: last).map(\.id.description) == expected)
        let excluded = graph.ids[60]
        let rest = try GitCommand.lines(["rev-list", "--first-parent", "\(last)", "^\(excluded)"], in: directory.path)
        let walked = try repository.walk(from: last, excluding: [excluded], firstParent: true)
        #expect(walked.map(\.id.description) == rest)
    }

    @Test func listsTheLastOfTheFirstParents() throws {
        let directory = try TemporaryDirectory()
        let repository = try Repository.create(at: directory.path, bare: true)
        let graph = try graph(repository, seed: 4, datesAreWild: false)
        let last = try #require(graph.ids.last)
        let all = try repository.walk(from: last, firstParent: true)
        for count in [0, 1, 3, all.count, all.count + 10] {
            #expect(try repository.firstParents(from: last, count: count) == Array(all.prefix(count)))
        }
    }

    @Test func aShallowCloneHasNoMoreFirstParentsThanItHolds() throws {
        let fixture = try Fixture()
        for number in 0..<6 { try fixture.commit(["a": "\(number)"]) }
        let clone = fixture.directory.path + "/clone"
        try GitCommand.run(
            ["clone", "-q", "--depth", "3", "file://" + fixture.path, clone], in: fixture.directory.path)
        let repository = try Repository(discovering: clone)
        let head = try repository.resolve("HEAD")
        #expect(try repository.firstParents(from: head, count: 3).map(\.parents.count) == [1, 1, 0])
        #expect(throws: GitError.self) { try repository.firstParents(from: head, count: 4) }
        #expect(try repository.firstParents(from: head, count: 4, endsAtShallow: true).count == 3)
    }

    @Test func finishesWithSwappedAndEqualEnds() throws {
        let fixture = try Fixture()
        let first = try fixture.commit(["a": "1"])
        let second = try fixture.commit(["a": "2"])
        let repository = try fixture.open()
        let swapped = try repository.resolve(RevisionRange("\(second)..\(first)"))
        #expect(swapped.commits.isEmpty)
        #expect(swapped.mergeBase == first)
        let equal = try repository.resolve(RevisionRange("HEAD..HEAD"))
        #expect(equal.commits.isEmpty)
        #expect(equal.mergeBase == nil)
    }
}
