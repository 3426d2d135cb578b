import Bisection
import TestSupport
import Testing

@Suite("Graphs of commits")
struct CommitGraphTests {
    @Test func parentsInsideAndOutside() {
        let graph = CommitGraph([
            (id: "a", parents: ["release"]), (id: "b", parents: ["a", "other"]), (id: "root", parents: []),
            (id: "m", parents: ["b", "root", "b"]),
        ])
        #expect(graph.ids == ["a", "b", "root", "m"])
        #expect(graph.count == 4)
        #expect(graph.index(of: "m") == 3)
        #expect(graph.index(of: "release") == nil)
        #expect(graph.parents(of: 0).isEmpty)
        #expect(Array(graph.parents(of: 3)) == [1, 2])
        #expect((0..<4).map { graph.hasParentOutside($0) } == [true, true, false, false])
    }

    @Test func emptyGraph() {
        let graph = CommitGraph<String>([])
        #expect(graph.count == 0)
        #expect(graph.ancestors(of: []).isEmpty)
        #expect(graph.crossings { _ in .bad }.isEmpty)
        #expect(Bisector(graph: graph).nextStep() == .finished(.notCrossed))
    }

    @Test(arguments: 0..<20) func ancestorsEqualTheSlowWay(seed: Int) {
        var generator = SeededGenerator(seed: seed)
        let history = History.random(count: 90, using: &generator)
        let some = (0..<3).map { _ in Int.random(in: 0..<90, using: &generator) }
        let expected = some.reduce(into: Set<Int>()) { $0.formUnion(history.ancestors(of: $1)) }
        let ancestors = history.graph.ancestors(of: some)
        #expect(ancestors.indices == expected.sorted())
        #expect(ancestors.count == expected.count)
    }

    @Test func commitSet() {
        var set = CommitSet(capacity: 130)
        #expect(set.isEmpty)
        for index in [0, 63, 64, 129, 64] { set.insert(index) }
        #expect(set.indices == [0, 63, 64, 129])
        #expect(set.contains(129) && !set.contains(128) && !set.contains(5000))
    }
}
