import Bisection
import TestSupport

/// A small history; commit i has the id 1000 + i, so that mixing up ids and indices shows.
struct History {
    /// For each commit its parents' indices; -1 is a commit outside the range.
    let parents: [[Int]]
    let graph: CommitGraph<Int>

    init(_ parents: [[Int]]) {
        self.parents = parents
        graph = CommitGraph(
            parents.enumerated().map { (id: 1000 + $0, parents: $1.map { $0 < 0 ? 1 : 1000 + $0 }) })
    }

    static func linear(_ count: Int) -> History { History((0..<count).map { [$0 - 1] }) }

    /// Merges (also of many parents), several roots, dead ends and parents outside.
    static func random(count: Int, using generator: inout SeededGenerator) -> History {
        History(
            (0..<count).map { index in
                if index == 0 || generator.once(in: 12) { return generator.once(in: 2) ? [] : [-1] }
                let window = generator.once(in: 2) ? 3 : index + 1
                let width = generator.once(in: 3) ? Int.random(in: 2...4, using: &generator) : 1
                return (0..<width).map { _ in Int.random(in: max(-1, index - window)..<index, using: &generator) }
            })
    }

    var count: Int { parents.count }
    var tip: Int { 1000 + count - 1 }

    /// The ancestors of a commit, itself included, found the slow way.
    func ancestors(of index: Int) -> Set<Int> {
        parents[index].filter { $0 >= 0 }.reduce(into: [index]) { $0.formUnion(ancestors(of: $1)) }
    }

    /// A random set of bad commits with the tip in it, each descendant of a bad commit bad as well.
    func randomStep(sources: Int, using generator: inout SeededGenerator) -> Set<Int> {
        let ancestors = Array(ancestors(of: count - 1)).sorted()
        var first: Set<Int> = [ancestors.randomElement(using: &generator)!]
        for _ in 1..<max(sources, 2) where sources > 1 { first.insert(Int.random(in: 0..<count, using: &generator)) }
        return closure(of: first)
    }

    /// The commits that are, or descend from, one of `first`.
    func closure(of first: Set<Int>) -> Set<Int> {
        var bad = first
        for index in 0..<count where parents[index].contains(where: bad.contains) { bad.insert(index) }
        return bad
    }

    /// The bad commits without bad parents.
    func culprits(_ bad: Set<Int>) -> Set<Int> {
        bad.filter { !parents[$0].contains(where: bad.contains) }
    }
}
