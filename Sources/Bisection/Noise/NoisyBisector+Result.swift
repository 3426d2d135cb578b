extension NoisyBisector {
    /// How likely a commit is to be the culprit, from 0 to 1.
    public func probability(of id: ID) -> Double { graph.index(of: id).map { belief.commits[$0] } ?? 0 }

    /// How likely it is that nothing got worse in the range, from 0 to 1.
    public var noStepProbability: Double { belief.noStep }

    /// The commits that were left out, in topological order.
    public var skippedCommits: [ID] { skipped.indices.map { graph.ids[$0] } }

    /// The commits that were not cleared, the likeliest first, the first in topological order among equals.
    ///
    /// One of them is the culprit with probability 1 - alpha at least, unless there is no step. What the percentages of
    /// the list and `noStepProbability` leave of 1 belongs to the commits that were cleared.
    public var suspects: [Suspect<ID>] {
        graph.ids.indices.filter(isSuspect)
            .sorted { (belief.commits[$0], $1) > (belief.commits[$1], $0) }
            .map { Suspect(commit: graph.ids[$0], probability: belief.commits[$0]) }
    }

    /// What the runs say of the step at the likeliest commit; nil before both ends have run and there are three runs.
    public var estimate: StepEstimate? {
        guard evidence.count >= 3, goodEndRuns > 0, runs[badIndex] > 0 else { return nil }
        var likeliest = badIndex
        for index in graph.ids.indices where belief.commits[index] > belief.commits[likeliest] { likeliest = index }
        return evidence.estimate(Int(groups.group[likeliest]))
    }

    /// What `result` is after what was recorded so far; O(commits) until a commit was skipped.
    var currentResult: BisectionResult<ID>? {
        guard isEstablished else { return nil }
        let suspects = graph.ids.indices.filter(isSuspect)
        if suspects.isEmpty { return .notCrossed }
        if isSuspect(nil) { return nil }
        if suspects.count == 1 { return .found(culprit: graph.ids[suspects[0]]) }
        // Each of two suspects separates them, unless it is skipped.
        if skipped.isEmpty || !split.isUseless { return nil }
        return .oneOf(suspects: suspects.map { graph.ids[$0] })
    }

    /// Whether a commit, or that there is no step, was not cleared.
    func isSuspect(_ index: Int?) -> Bool {
        guard let index else { return belief.noStep > alpha * prior.noStep }
        return belief.commits[index] > alpha * prior.commits[index]
    }
}

/// A commit that may be the culprit.
public struct Suspect<ID: Hashable & Sendable>: Sendable, Hashable {
    /// A candidate that nothing has ruled out.
    public let commit: ID
    /// How likely it is the culprit, from 0 to 1.
    public let probability: Double
}
