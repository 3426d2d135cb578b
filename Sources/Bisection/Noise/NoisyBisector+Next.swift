extension NoisyBisector {
    /// The commit to run next, which may be an end; nil when there is a result.
    ///
    /// Of the commits that can be measured, the one with the largest entropy of whether it is bad, per cost. Cleared
    /// commits do not count. Near skipped commits it keeps its distance. A commit is never run more often than either
    /// side of the step as a whole: more runs of it would tell nothing as long as what they are compared with is known
    /// less well. Then an end is run.
    ///
    /// - Parameter cost: what one run of a commit takes, its build included where it was not built; any unit, above 0.
    public func next(cost: (ID) -> Double = { _ in 1 }) -> ID? {
        if !isEstablished { return lastWasGoodEnd ? bad : good }
        let shares = shares
        guard let best = best(of: shares, cost: cost) else { return nil }
        // Where the level wanders, only runs close to each other can be compared.
        if belief.drift > 0.5, !lastWasGoodEnd { return good }
        let (goodRuns, badRuns) = expectedRuns
        if Double(runs[best]) <= min(goodRuns, badRuns) { return graph.ids[best] }
        return goodRuns < badRuns ? good : bad
    }

    /// For each commit, the share of the suspects' probability with which it is bad.
    var shares: [Double] {
        let weights = belief.commits.indices.map { isSuspect($0) ? belief.commits[$0] : 0 }
        let masses = AncestorMass(topology: graph.topology, weights: weights).masses
        let total = masses[badIndex] + (isSuspect(nil) ? belief.noStep : 0)
        return masses.map { $0 / total }
    }

    /// The commits that can be run and tell one suspect from another, ascending.
    func openSplits(_ shares: [Double]) -> [Int] {
        shares.indices.filter { Self.isSplit(shares[$0]) && !skipped.contains($0) }
    }

    /// Sums that should be equal differ by their rounding; a suspect weighs far more.
    private static func isSplit(_ share: Double) -> Bool { share > 1e-9 && share < 1 - 1e-9 }

    private func best(of shares: [Double], cost: (ID) -> Double) -> Int? {
        let open = openSplits(shares)
        let prospects = prospects(of: open, shares)
        var best: (index: Int, gain: Double)?
        for index in open {
            let share = shares[index]
            let entropy = -share * .log(share) - (1 - share) * .log(1 - share)
            let prospect = prospects?[index] ?? 1
            let gain = prospect * entropy / cost(graph.ids[index])
            // What should be equal differs by its rounding.
            if gain > (best?.gain ?? 0) * (1 + 1e-9) { best = (index, gain) }
        }
        return best?.index
    }

    /// For each commit, how likely it can be measured; nil while none was skipped.
    ///
    /// Broken commits come in pockets, so that distances are counted in commits, by the order of their shares.
    private func prospects(of open: [Int], _ shares: [Double]) -> [Double]? {
        let ordered = shares.indices.filter { Self.isSplit(shares[$0]) }.sorted { (shares[$0], $0) < (shares[$1], $1) }
        let centre = open.min { (shares[$0] - 0.5).magnitude < (shares[$1] - 0.5).magnitude }
        guard let centre, open.count < ordered.count else { return nil }
        var ranks = [Int](repeating: 0, count: shares.count)
        var (rank, last) = (0, 0.0)
        for index in ordered {
            if shares[index] > last + 1e-9 { rank += 1 }
            last = shares[index]
            ranks[index] = rank
        }
        let skippedRanks = ordered.filter(skipped.contains).map { ranks[$0] }
        let avoidance = SkipAvoidance(total: rank + 1, centre: ranks[centre], skippedWeights: skippedRanks)
        return ranks.map { avoidance.prospects[$0] }
    }

    /// How many runs there are on either side of the step, as far as it is known where that is.
    private var expectedRuns: (good: Double, bad: Double) {
        var (total, bad) = (0.0, 0.0)
        for (probability, group) in zip(belief.commits, groups.group) {
            total += probability
            bad += probability * Double(badRuns[Int(group)])
        }
        return (Double(count) - bad / total, bad / total)
    }
}
