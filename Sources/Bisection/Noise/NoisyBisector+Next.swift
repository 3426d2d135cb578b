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
        guard let best = best(cost: cost) else { return nil }
        // Where the level wanders, only runs close to each other can be compared.
        if belief.drift > 0.5, !lastWasGoodEnd { return good }
        let (goodRuns, badRuns) = expectedRuns
        if Double(runs[best]) <= min(goodRuns, badRuns) { return graph.ids[best] }
        return goodRuns < badRuns ? good : bad
    }

    /// How the commits that can be run split the suspects; a suspect weighs as much as it is likely.
    var split: Split {
        // In whole numbers, so that what should be equal is.
        func weight(_ probability: Double) -> Int { max(1, Int((probability * 0x1p50).rounded())) }
        let weights = belief.commits.indices.map { isSuspect($0) ? weight(belief.commits[$0]) : 0 }
        let masses = AncestorMass(topology: graph.topology, weights: weights).masses
        return Split(
            commits: masses.indices.filter { !skipped.contains($0) }.map { Int32($0) }, masses: masses,
            total: masses[badIndex] + (isSuspect(nil) ? weight(belief.noStep) : 0),
            skipped: skipped.indices.map { Int32($0) })
    }

    private func best(cost: (ID) -> Double) -> Int? {
        let split = split
        var best: (index: Int, gain: Double)?
        for (position, mass) in split.masses.enumerated() where mass > 0 && mass < split.total {
            let (index, share) = (Int(split.commits[position]), Double(mass) / Double(split.total))
            let entropy = -share * .log(share) - (1 - share) * .log(1 - share)
            let gain = (split.prospects?[position] ?? 1) * entropy / cost(graph.ids[index])
            // What should be equal differs by its rounding.
            if gain > (best?.gain ?? 0) * (1 + 1e-9) { best = (index, gain) }
        }
        return best?.index
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
