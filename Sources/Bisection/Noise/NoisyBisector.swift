/// The search of one noisy series for the commit where it got worse, such as `ns/op`.
///
/// It never measures: `next()` says which commit to run, `record(_:at:)` takes the value, in the
/// order of time, since the machine's speed may drift. It holds one belief: a prior over the commits that can be the
/// culprit, times the likelihood of all runs. Its answers depend only on what was recorded.
///
/// First the good and the bad end are run in turn, until they differ by four standard errors. Then the commit is run
/// that tells most; when the runs drift, a run of the good end comes before each. Every run must take long enough
/// for its value to mean something, and none may be beside another one.
///
/// ```swift
/// var bisector = NoisyBisector(graph: graph, good: release, bad: tip)
/// while runs < budget, let commit = bisector.next() { bisector.record(nanosecondsPerOp(commit), at: commit) }
/// bisector.result    // .found(culprit: c971d06…), or nil when the budget did not do
/// bisector.suspects  // 95 % c971d06…, 4 % its parent
/// ```
///
/// A commit is cleared when its posterior is at most alpha times its prior. By Ville's inequality the culprit is ever
/// cleared with probability alpha at most, whatever the prior and whenever one stops, if the model is right. Source:
/// Waudby-Smith and Ramdas, "Confidence sequences for sampling without replacement" (2020), on the prior-posterior
/// ratio. Where it is not right, the rate was still far below the 5 % of alpha in 1,000 searches of 64 commits each:
/// runs needed, and names that were wrong, for a step of this many standard deviations of the noise.
///
/// | noise | 4 | 2 | 1 |
/// | --- | --- | --- | --- |
/// | normal | 22, 0 % | 47, 0 % | 154, 0.5 % |
/// | Student's t, 3 degrees of freedom | 21, 0 % | 40, 0.2 % | 135, 0.5 % |
/// | exponential | 22, 0 % | 43, 0.3 % | 155, 0.8 % |
/// | two modes | 22, 0 % | 47, 0.1 % | 157, 0.4 % |
/// | two modes, one of them rare | 22, 0 % | 43, 0.8 % | 159, 1.1 % |
/// | normal, drift up by 0.3 a run | 44, 0 % | 92, 0.1 % | 284, 0.3 % |
/// | normal, random walk of 0.3 a run | 27, 0 % | 81, 0.2 % | 289, 0.6 % |
/// | normal, jumps by 2 in every 20 runs | 30, 0.2 % | 85, 0.1 % | 322, 0.4 % |
public struct NoisyBisector<ID: Hashable & Sendable>: Sendable {
    /// The candidates and their parents.
    public let graph: CommitGraph<ID>
    /// The end that is good, outside the graph.
    public let good: ID
    /// The end that is bad.
    public let bad: ID
    /// The highest probability of clearing the culprit.
    public let alpha: Double
    /// Whether the ends were once seen to differ by four standard errors; without that there is nothing to search.
    ///
    /// When `estimate` is not significant any more, that was chance.
    public private(set) var isEstablished = false
    /// The result, or nil while there is something to run.
    ///
    /// `.oneOf` are the suspects that only skipped commits would tell apart. `.notCrossed` means that every commit was
    /// cleared, which takes many thousands of runs, or that none can be the culprit.
    public private(set) var result: BisectionResult<ID>?

    let badIndex: Int
    let prior: Belief
    private(set) var belief: Belief
    private(set) var evidence = StepEvidence()
    private(set) var groups: CommitGroups
    private(set) var skipped: CommitSet
    /// For each commit, the number of its runs.
    private(set) var runs: [Int]
    /// For each group, the number of runs that are bad if the culprit is in it.
    private(set) var badRuns = [0]
    private(set) var goodEndRuns = 0
    private(set) var lastWasGoodEnd = false

    /// The fewest runs of each end.
    static var minimumEndRuns: Int { 4 }

    /// Starts a search without any run.
    ///
    /// - Parameters:
    ///   - graph: the commits of the range.
    ///   - good: the good end.
    ///   - bad: the bad end. The candidates are its ancestors, itself included.
    ///   - prior: how likely each commit is to be the culprit, such as from leads. One that cannot differ is not the
    ///     culprit, and a run of it is one of its parents'.
    ///   - alpha: the highest probability of a wrong name.
    /// - Precondition: `good` is not in the graph, `bad` is; `prior` is that of the graph's commits; `alpha` is above 0
    ///   and below 1.
    public init(
        graph: CommitGraph<ID>, good: ID, bad: ID, prior: CulpritPrior = CulpritPrior(), alpha: Double = 0.05
    ) {
        guard let badIndex = graph.index(of: bad), graph.index(of: good) == nil else {
            preconditionFailure("the bad end must be in the graph, and the good end must not")
        }
        precondition(alpha > 0 && alpha < 1, "alpha is a probability")
        precondition(prior.canDiffer?.count ?? graph.count == graph.count, "one flag is needed for each commit")
        self.graph = graph
        self.good = good
        self.bad = bad
        self.badIndex = badIndex
        self.alpha = alpha
        let candidates = graph.ancestors(of: [badIndex]).indices
        self.prior = Belief(prior: prior, candidates: candidates, count: graph.count)
        belief = self.prior
        groups = CommitGroups(count: graph.count)
        skipped = CommitSet(capacity: graph.count)
        runs = [Int](repeating: 0, count: graph.count)
    }

    /// Takes the value of a run; O(commits).
    ///
    /// A commit outside the graph counts as good.
    ///
    /// - Returns: false when nothing was taken: the value is 0, negative, infinite or not a number, and has no logarithm.
    @discardableResult
    public mutating func record(_ value: Double, at id: ID) -> Bool {
        guard value > 0, value.isFinite else { return false }
        let index = graph.index(of: id)
        let ancestors = index.map { graph.ancestors(of: [$0]) } ?? CommitSet(capacity: graph.count)
        for source in groups.split(by: ancestors) {
            evidence.split(source)
            badRuns.append(badRuns[source])
        }
        let isBad = groups.representatives.map(ancestors.contains)
        for group in isBad.indices where isBad[group] { badRuns[group] += 1 }
        evidence.add(.log(value), isBad: isBad)
        if let index { runs[index] += 1 } else { goodEndRuns += 1 }
        lastWasGoodEnd = index == nil
        belief = Belief(prior: prior, evidence: evidence, groups: groups)
        if min(goodEndRuns, runs[badIndex]) >= Self.minimumEndRuns, !isEstablished {
            isEstablished = estimate?.isSignificant ?? false
        }
        result = currentResult
        return true
    }

    /// Leaves out a commit that cannot be measured, such as one that does not build. The ends must not be skipped.
    ///
    /// It may still be the culprit.
    public mutating func skip(_ id: ID) {
        guard let index = graph.index(of: id) else { return }
        skipped.insert(index)
        result = currentResult
    }

    /// The number of runs so far.
    public var count: Int { evidence.count }
}
