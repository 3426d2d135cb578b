extension CommitGraph {
    /// Every crossing of a history in which all commits that matter were measured, in topological order.
    ///
    /// A commit that is bad while all its parents are good or outside the range is a crossing by itself. A bad commit
    /// without bad parents but with skipped ones gives a crossing of several: itself and those skipped commits
    /// leading up to it that can have crossed, that is, that have no bad parent and that some chain of skips connects
    /// to a good commit or to the edge of the range. When every chain comes from a bad commit instead, nothing
    /// shows a crossing, and none is given. When only some do, and leave no skipped commit that can have crossed,
    /// all the skipped ones are listed, so that one id is never more than it seems.
    ///
    /// - Parameter evaluation: of the commit at an index; nil (not measured) counts as a skip.
    public func crossings(_ evaluation: (Int) -> Evaluation?) -> [Crossing<ID>] {
        let evaluations = (0..<count).map { evaluation($0) ?? .skip }
        let edge = commitsAfterGood(evaluations)
        var result: [Crossing<ID>] = []
        for index in 0..<count where evaluations[index] == .bad && edge.contains(index) {
            let parents = topology.parents(of: index)
            if parents.contains(where: { evaluations[Int($0)] == .bad }) { continue }
            let skipped = skippedCommits(leadingTo: index, evaluations)
            let suspects = skipped.filter { skip in
                edge.contains(skip) && !topology.parents(of: skip).contains { evaluations[Int($0)] == .bad }
            }
            let culprits = (suspects.isEmpty ? skipped : suspects) + [index]
            result.append(Crossing(culprits: culprits.map { ids[$0] }))
        }
        return result
    }

    /// The commits that follow a good commit, or the edge of the range, directly or after nothing but skips.
    private func commitsAfterGood(_ evaluations: [Evaluation]) -> CommitSet {
        var result = CommitSet(capacity: count)
        for index in 0..<count {
            let parents = topology.parents(of: index)
            let follows =
                parents.isEmpty || hasParentOutside(index)
                || parents.contains { parent in
                    switch evaluations[Int(parent)] {
                    case .good: true
                    case .bad: false
                    case .skip: result.contains(Int(parent))
                    }
                }
            if follows { result.insert(index) }
        }
        return result
    }

    /// The skipped ancestors of a commit that are reached through skipped commits only, ascending.
    private func skippedCommits(leadingTo index: Int, _ evaluations: [Evaluation]) -> [Int] {
        var seen: Set<Int> = []
        var pending = [index]
        while let next = pending.popLast() {
            for parent in topology.parents(of: next) where evaluations[Int(parent)] == .skip {
                if seen.insert(Int(parent)).inserted { pending.append(Int(parent)) }
            }
        }
        return seen.sorted()
    }
}
