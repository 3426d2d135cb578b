/// Chooses the commits that tell several states of a search most for the time they take, all of them together.
struct JointChoice {
    private struct Group {
        let split: Split
        let gain: SplitGain
        let members: Double
        let cutsInFlight: [Int]

        /// The masses of the commits in flight and of those chosen.
        func cuts(with chosen: [Int]) -> [Int] { cutsInFlight + chosen.compactMap { split.mass(of: $0) } }

        /// What some commits tell, in bits; of each as much as it is likely to tell anything.
        func information(of commits: [Int]) -> Double {
            guard let prospects = split.prospects else {
                return gain.information(cuts: commits.compactMap { split.mass(of: $0) })
            }
            var (cuts, last, sum) = ([Int](), 0.0, 0.0)
            for position in commits.compactMap({ split.commits.position(of: $0) }) {
                let all = gain.information(cuts: cuts + [split.masses[position]])
                sum += prospects[position] * (all - last)
                // What is likely skipped leaves to the others what it would have told.
                if prospects[position] >= 0.5 {
                    cuts.append(split.masses[position])
                    last = all
                }
            }
            return sum
        }

        /// How likely a commit tells this state anything, 0...1.
        func prospect(of commit: Int) -> Double {
            guard let position = split.commits.position(of: commit) else { return 0 }
            return split.prospects?[position] ?? 1
        }
    }

    private let topology: Topology
    /// Ascending, so that sums are the same each time.
    private let inFlight: [Int]
    private var groups: [Group] = []
    private var required: [Int: Double] = [:]
    /// For each commit, how likely its measurement succeeds and confirms what is found, summed over the series.
    private var confirming: [Double]
    private var logarithm = BinaryLogarithm(limit: 1)

    /// - Parameter inFlight: the commits that are being measured now.
    init(topology: Topology, inFlight: Set<Int>) {
        self.topology = topology
        self.inFlight = inFlight.sorted()
        confirming = [Double](repeating: 0, count: topology.count)
    }

    /// Takes in what one state can use.
    ///
    /// - Parameter members: how many series are in that state.
    mutating func add(_ need: NextNeed, members: Int) {
        switch need {
        case .finished:
            break
        case .required(let commits):
            // As good as the best split: without them the series cannot end.
            for commit in commits where !inFlight.contains(commit) { required[commit, default: 0] += Double(members) }
        case .split(let split):
            if !logarithm.covers(split.total) { logarithm = BinaryLogarithm(limit: split.total) }
            for (position, weight) in split.confirming.enumerated() {
                confirming[Int(split.commits[position])] +=
                    Double(members) * (split.prospects?[position] ?? 1) * Double(weight) / Double(split.total)
            }
            groups.append(
                Group(
                    split: split, gain: SplitGain(split: split, logarithm: logarithm), members: Double(members),
                    cutsInFlight: inFlight.compactMap { split.mass(of: $0) }))
        }
    }

    /// The commits by index, at most `limit`, that tell most per time, together with those in flight; fewer when more
    /// would tell nothing, or less than they hold up the others. None when it is better to wait for those in flight.
    func choose(limit: Int, pace: Pace) -> [Int] {
        // After a skip, the choice would be the one that it is now.
        let waiting = inFlight.isEmpty ? 0 : worth(of: []) / pace.rest * prospectInFlight
        var best: (commits: [Int], rate: Double) = ([], waiting)
        for count in 1...limit {
            let chosen = choose(limit: count)
            let rate = worth(of: chosen) / pace.duration(of: inFlight.count + chosen.count)
            if rate > best.rate {
                best = (chosen, rate)
            } else if count > 1 {
                break
            }
        }
        return best.commits
    }

    /// How likely those in flight tell any state anything, 0...1.
    private var prospectInFlight: Double {
        groups.isEmpty ? 1 : inFlight.flatMap { commit in groups.map { $0.prospect(of: commit) } }.max() ?? 0
    }

    /// The commits that tell most, at most `limit`.
    private func choose(limit: Int) -> [Int] {
        let planned = choose(limit: limit, looksAhead: true)
        if limit == 1 || groups.count < 2 { return planned }
        // Looking ahead suits series that want the same, one at a time suits those that have nothing in common.
        let single = choose(limit: limit, looksAhead: false)
        return worth(of: single) > worth(of: planned) ? single : planned
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

    /// What some commits and those in flight are worth to all series together, in bits.
    ///
    /// A search that is all but certain has few bits left, and still has to measure the culprit and its parents. Each of
    /// them counts as much as halving what is left: one bit, times how likely it is wanted.
    private func worth(of chosen: [Int]) -> Double {
        (inFlight + chosen).reduce(information(of: chosen)) { $0 + confirming[$1] }
    }

    /// What some commits and those in flight tell all series together, in bits.
    private func information(of chosen: [Int]) -> Double {
        let needed = chosen.reduce(0) { $0 + (required[$1] ?? 0) }
        return groups.reduce(needed) { sum, group in
            sum + group.members * group.information(of: inFlight + chosen)
        }
    }

    /// The commit with the largest summed gain; nil when none has any.
    ///
    /// Of equals, such as all commits from one that changed anything to the next one, it is the one that is most likely
    /// measured in the end anyhow: the culprit and its parents are, at that very commit. Then the first in topological
    /// order.
    private func best(besides chosen: [Int], slots: Int) -> Int? {
        var sums = [Double](repeating: 0, count: topology.count)
        for (commit, members) in required { sums[commit] += members }
        for group in groups {
            group.gain.addGains(cuts: group.cuts(with: chosen), slots: slots, times: group.members, to: &sums)
        }
        // One that is asked for alone is the one that tells most.
        if slots > 1 || !chosen.isEmpty || !inFlight.isEmpty {
            for commit in sums.indices where sums[commit] > 0 { sums[commit] += confirming[commit] }
        }
        for commit in chosen { sums[commit] = 0 }
        for commit in inFlight { sums[commit] = 0 }
        var best: Int?
        var highest = 0.0
        for (commit, sum) in sums.enumerated() where sum > 0 && sum >= highest {
            if sum == highest, let best, confirming[commit] <= confirming[best] { continue }
            best = commit
            highest = sum
        }
        return best
    }
}
