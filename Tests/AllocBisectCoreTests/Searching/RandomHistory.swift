import TestSupport

/// A repository of commits with the names 0 to n − 1, with branches and merges, of which the last one is the tip.
struct RandomHistory {
    let history: GoHistory
    let parents: [Int: [Int]]
    /// Without the commit itself.
    let ancestors: [Int: Set<Int>]

    init(commits: Int, _ random: inout SeededGenerator) throws {
        let history = try GoHistory(isBuilt: false)
        try history.commit("0", ["a.txt": "0"])
        var ancestors: [Int: Set<Int>] = [0: []]
        var parents: [Int: [Int]] = [:]
        var tips = [0]
        for number in 1..<commits {
            let isMerge = tips.count > 1 && Int.random(in: 0..<3, using: &random) == 0
            let chosen =
                isMerge
                ? [tips.removeLast(), tips.removeLast()]
                : [Int.random(in: 0..<3, using: &random) == 0 ? number - 1 : tips.removeLast()]
            tips.removeAll { chosen.contains($0) }
            parents[number] = chosen
            ancestors[number] = chosen.reduce(into: []) { $0.formUnion(ancestors[$1, default: []].union([$1])) }
            try history.commit(
                "\(number)", on: chosen.map(String.init), ["b.txt": "\(number % 2)"], isLast: number == commits - 1)
            tips.append(number)
        }
        (self.history, self.parents, self.ancestors) = (history, parents, ancestors)
    }
}
