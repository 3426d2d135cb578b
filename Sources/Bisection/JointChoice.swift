/// Chooses the commits that tell several states of a search most, all of them together.
struct JointChoice {
    private struct Group {
        let split: Split
        let gain: SplitGain
        let members: Double
        let cutsInFlight: [Int]

        /// The weights of the commits in flight and of those chosen.
        func cuts(with chosen: [Int]) -> [Int] { cutsInFlight + chosen.compactMap { split.weight(of: $0) } }
    }

    private let topology: Topology
    private let inFlight: Set<Int>
    private var groups: [Group] = []
    private var required: [Int: Double] = [:]
    private var logarithm = BinaryLogarithm(limit: 1)

    /// - Parameter inFlight: the commits that are being measured now.
    init(topology: Topology, inFlight: Set<Int>) {
        self.topology = topology
        self.inFlight = inFlight
    }

    /// Takes in what one state can use.
    ///
    /// - Parameter members: how many series are in that state.
    mutating func add(_ demand: NextNeed, members: Int) {
        switch demand {
        case .finished:
            break
        case .required(let commits):
            // As good as the best split: without them the series cannot end.
            for commit in commits where !inFlight.contains(commit) { required[commit, default: 0] += Double(members) }
        case .split(let split):
            if logarithm.log.count <= split.total { logarithm = BinaryLogarithm(limit: split.total) }
            groups.append(
                Group(
                    split: split, gain: SplitGain(split: split, logarithm: logarithm), members: Double(members),
                    cutsInFlight: inFlight.compactMap { split.weight(of: $0) }))
        }
    }

    /// The best commits by index, at most `limit`; fewer when more would tell nothing.
    func choose(limit: Int) -> [Int] {
        let planned = choose(limit: limit, looksAhead: true)
        if limit == 1 || groups.count < 2 { return planned }
        // Looking ahead suits series that want the same, one at a time suits those that have nothing in common.
        let single = choose(limit: limit, looksAhead: false)
        return information(of: single) > information(of: planned) ? single : planned
    }

    private func choose(limit: Int, looksAhead: Bool) -> [Int] {
        var chosen: [Int] = []
        while chosen.count < limit,
            let best = best(besides: chosen, slots: looksAhead ? limit - chosen.count : 1)
        {
            chosen.append(best)
        }
        // Each choice was made without knowing the later ones: choose once more, now that they are known.
        for position in chosen.indices.reversed() where chosen.count > 1 {
            let others = Array(chosen[..<position] + chosen[(position + 1)...])
            if let best = best(besides: others, slots: 1) {
                chosen[position] = best
            } else {
                chosen.remove(at: position)
            }
        }
        return chosen
    }

    /// What some commits tell all series together, in bits.
    private func information(of chosen: [Int]) -> Double {
        let needed = chosen.reduce(0) { $0 + (required[$1] ?? 0) }
        return groups.reduce(needed) { sum, group in
            sum + group.members * group.gain.information(cuts: group.cuts(with: chosen))
        }
    }

    /// The commit with the largest summed gain, the first in topological order among equals; nil when none has any.
    private func best(besides chosen: [Int], slots: Int) -> Int? {
        var sums = [Double](repeating: 0, count: topology.count)
        for (commit, members) in required { sums[commit] += members }
        for group in groups {
            let gains = group.gain.gains(cuts: group.cuts(with: chosen), slots: slots)
            for (commit, weight) in zip(group.split.commits, group.split.weights) {
                sums[Int(commit)] += group.members * gains[Int(weight)]
            }
        }
        for commit in chosen { sums[commit] = 0 }
        for commit in inFlight { sums[commit] = 0 }
        var best: Int?
        var highest = 0.0
        for (commit, sum) in sums.enumerated() where sum > highest {
            best = commit
            highest = sum
        }
        return best
    }
}
