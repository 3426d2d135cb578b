/// The part of a series' state that decides what to measure next: two series with equal ranges want the same.
struct CandidateRange: Hashable {
    /// The first marked-bad commit in topological order; it has no marked-bad ancestor.
    let bad: Int
    /// The ancestors of `bad`, itself included, that no clean good commit descends from; ascending, `bad` last.
    let candidates: [Int32]
    /// For each candidate, how likely it is to be the culprit, in any unit; 0 when that is hardly possible.
    let weights: [Int]
    /// For each candidate, whether it was skipped. The others but the bad one are open.
    let skipped: [Bool]
    /// The parents of `bad` inside the graph that have no evaluation yet, ascending.
    let openParents: [Int]

    /// - Returns: nil when no commit is marked bad.
    init?(topology: Topology, evaluations: [Int: Evaluation], prior: CulpritPrior) {
        // Ancestors have lower indices, so the lowest bad one cannot have a bad ancestor.
        guard let bad = evaluations.lazy.filter({ $0.value == .bad }).map(\.key).min() else { return nil }
        let goods = Self.cleanGoods(topology: topology, evaluations: evaluations, bad: bad)

        let leadsToBad: UInt8 = 1
        let leadsToGood: UInt8 = 2
        let highest = max(bad, goods.max() ?? 0)
        var reach = [UInt8](repeating: 0, count: highest + 1)
        reach[bad] |= leadsToBad
        for good in goods { reach[good] |= leadsToGood }
        topology.spreadToAncestors(&reach, from: highest)

        var candidates: [Int32] = []
        candidates.reserveCapacity(reach[...bad].reduce(0) { $0 + ($1 == leadsToBad ? 1 : 0) })
        for index in 0...bad where reach[index] == leadsToBad { candidates.append(Int32(index)) }
        var skipped = [Bool](repeating: false, count: candidates.count)
        for (index, evaluation) in evaluations where evaluation == .skip {
            if let position = candidates.position(of: index) { skipped[position] = true }
        }
        self.bad = bad
        self.skipped = skipped
        weights = prior.weights(of: candidates, count: topology.count)
        self.candidates = candidates
        self.openParents = topology.parents(of: bad).map(Int.init).filter { evaluations[$0] == nil }.sorted()
    }

    /// The marked-good commits that have no marked-bad ancestor; what the others say about their ancestors is void.
    private static func cleanGoods(topology: Topology, evaluations: [Int: Evaluation], bad: Int) -> [Int] {
        let goods = evaluations.lazy.filter { $0.value == .good }.map(\.key)
        guard let last = goods.max(), last > bad else { return Array(goods) }
        var tainted = CommitSet(capacity: last + 1)
        tainted.insert(bad)
        for index in (bad + 1)...last {
            let inherits = topology.parents(of: index).contains { tainted.contains(Int($0)) }
            if inherits || evaluations[index] == .bad { tainted.insert(index) }
        }
        return goods.filter { !tainted.contains($0) }
    }

    /// Whether a candidate, by its position among the candidates, is neither evaluated nor the bad one.
    func isOpen(_ position: Int) -> Bool { !skipped[position] && position != candidates.count - 1 }

    /// The result, or nil while something must still be measured.
    var result: BisectionResult<Int>? {
        if candidates.count == 1 { return openParents.isEmpty ? .found(culprit: bad) : nil }
        // All but the bad one are skipped.
        let isSettled = skipped.dropLast().allSatisfy { $0 }
        return isSettled ? .oneOf(suspects: candidates.map(Int.init)) : nil
    }
}
