import Benchmarks
import Bisection
import Foundation
import Git

/// The search of one timed series, whose values are too noisy to tell good from bad one by one.
///
/// It takes the values of runs in the order of time, and asks for the next run: first until one commit is left, then
/// of that commit and each of its parents in turn, to see the step once more. What it asks for depends only on these
/// values, so a search that is given what is already known asks for nothing new.
struct TimedSearch {
    /// The position of the series among those of the session.
    let series: Int
    let threshold: Threshold
    let metric: Metric
    let pair: IterationPair
    /// How many runs it asks for at most, and as many for each parent that the culprit is compared with.
    let limit: Int

    private(set) var bisector: NoisyBisector<ObjectID>
    /// The culprit beside each of its parents; none before there is one.
    private(set) var checks: [Check] = []
    /// The stretches of the range beside the culprit's own step that seem to hold another one; nil before that is known.
    private(set) var further: [Check]?
    /// What the ends differ by, as it was when that was first beyond noise.
    private(set) var endsEstimate: StepEstimate?
    /// Whether a change as large as the threshold would have been seen by now, and was not.
    private(set) var isBelowThreshold = false
    /// The runs so far, in the order of time.
    private(set) var runs: [(commit: ObjectID, value: Double)] = []
    private var hasRun: Set<ObjectID> = []
    private var asked = 0
    /// The runs without a value of a commit that the search cannot do without.
    private var misses = 0
    private static let mostMisses = 10
    /// How many runs a stretch takes at most.
    private static let mostFurtherRuns = 60

    init(
        series: Int, threshold: Threshold, metric: Metric, pair: IterationPair, limit: Int,
        _ bisector: NoisyBisector<ObjectID>
    ) {
        (self.series, self.threshold, self.metric, self.pair) = (series, threshold, metric, pair)
        (self.limit, self.bisector) = (limit, bisector)
    }

    /// Two commits that are run in turn, such as a culprit and one of its parents.
    struct Check {
        /// A search of one commit alone, for which the other one is the good end.
        fileprivate(set) var bisector: NoisyBisector<ObjectID>
        /// Whether the first commit gave no value.
        fileprivate(set) var isMissing = false

        fileprivate init(_ first: ObjectID, _ second: ObjectID, alpha: Double) {
            bisector = NoisyBisector(
                graph: CommitGraph([(id: second, parents: [])]), good: first, bad: second, alpha: alpha)
        }

        /// The commit that the other one is compared with, such as a parent of the culprit.
        var first: ObjectID { bisector.good }
        var second: ObjectID { bisector.bad }

        /// Whether both differ as was found; nil while that is open.
        var isConfirmed: Bool? { bisector.result.map { $0 != .notCrossed } }

        /// Whether it needs further runs, up to this many.
        fileprivate func isOpen(_ limit: Int) -> Bool { !isMissing && bisector.result == nil && bisector.count < limit }

        fileprivate mutating func take(_ value: Double, at commit: ObjectID) {
            guard bisector.result == nil, commit == first || commit == second else { return }
            bisector.record(value, at: commit)
        }
    }

    /// The commit that is left.
    var culprit: ObjectID? {
        if case .found(let culprit) = bisector.result, !isBelowThreshold { culprit } else { nil }
    }

    /// Whether it could not go on, since an end or the culprit gives no value any more.
    var isStuck: Bool { misses >= Self.mostMisses }

    /// The commit to run next; nil at the end.
    ///
    /// - Parameter isOver: Whether the time is over, so that only what confirms a culprit is run.
    func next(isOver: Bool) -> ObjectID? {
        if isStuck || isBelowThreshold { return nil }
        if bisector.result != nil {
            let open =
                checks.first { $0.isOpen(limit) } ?? further?.first { $0.isOpen(min(limit, Self.mostFurtherRuns)) }
            return open?.bisector.next()
        }
        return isOver || asked >= limit ? nil : bisector.next { hasRun.contains($0) ? 1 : 1 + Self.costOfBuild }
    }

    /// What building a commit costs in the choice, in runs. What has run is built.
    ///
    /// Builds take 3 runs or more. To count them in full takes longer, since runs that tell less are made in their place:
    /// in simulated searches of 64 commits with builds of 3 and 8 runs, half a run saved up to 18 % of the time, more where
    /// a step is hard to see, and three runs up to 12 % or nothing; where builds take no time, it costs up to 10 %. It does
    /// not go by the clock, so that a search that resumes asks for what is known.
    private static let costOfBuild = 0.5

    /// Takes what a run gave.
    ///
    /// - Parameters:
    ///   - value: nil where it gave nothing.
    ///   - wasAsked: Whether this search asked for it, and not that of another series.
    mutating func take(_ value: Double?, at commit: ObjectID, wasAsked: Bool) {
        if wasAsked, bisector.result == nil { asked += 1 }
        guard let value, value > 0, value.isFinite else {
            if wasAsked { miss(commit) }
            return
        }
        runs.append((commit, value))
        hasRun.insert(commit)
        guard bisector.result == nil else {
            for index in checks.indices { checks[index].take(value, at: commit) }
            for index in (further ?? []).indices { further?[index].take(value, at: commit) }
            return
        }
        bisector.record(value, at: commit)
        guard let estimate = bisector.estimate else { return }
        if endsEstimate == nil, bisector.isEstablished { endsEstimate = estimate }
        let minimumRuns = min(values(at: bisector.good).count, values(at: bisector.bad).count)
        isBelowThreshold = minimumRuns >= 4 && worsening(estimate) + estimate.smallestVisibleChange < required
    }

    private mutating func miss(_ commit: ObjectID) {
        if let index = checks.firstIndex(where: { $0.first == commit && $0.bisector.result == nil }) {
            checks[index].isMissing = true
        } else if bisector.result != nil || commit == bisector.good || commit == bisector.bad {
            misses += 1
        } else {
            bisector.skip(commit)
        }
    }

    /// Compares the culprit with its parents from now on, and then the ends with them where another step may be.
    ///
    /// What was run at different times may differ by what the machine did, so that it is only a reason to look.
    mutating func check(beside parents: [ObjectID]) {
        guard let culprit, further == nil else { return }
        if checks.isEmpty { checks = parents.map { Check($0, culprit, alpha: bisector.alpha) } }
        guard checks.allSatisfy({ $0.isMissing || $0.isConfirmed == true }),
            let parent = checks.first(where: { !$0.isMissing })?.first
        else { return }
        further = [(bisector.good, parent), (culprit, bisector.bad)].filter { first, second in
            guard first != second else { return false }
            var all = Check(first, second, alpha: bisector.alpha)
            for run in runs { all.take(run.value, at: run.commit) }
            return isStep(all)
        }.map { Check($0, $1, alpha: bisector.alpha) }
    }

    /// Whether two commits differ by at least half of what the threshold asks for.
    func isStep(_ check: Check) -> Bool {
        guard check.bisector.isEstablished, let estimate = check.bisector.estimate else { return false }
        return estimate.isSignificant && estimate.change.magnitude >= required / 2
    }

    /// All values of a commit.
    func values(at commit: ObjectID) -> [Double] { runs.filter { $0.commit == commit }.map(\.value) }

    /// The value that stands for a commit's runs; nil without any.
    func value(at commit: ObjectID) -> Double? { values(at: commit).median }

    /// What all runs of two commits say together, the earlier as well as those that confirm; nil before there are
    /// enough.
    func levels(at first: ObjectID, and second: ObjectID) -> Levels? {
        let own = runs.filter { $0.commit == first || $0.commit == second }
        guard first != second, !own.isEmpty else { return nil }
        var pair = NoisyBisector(
            graph: CommitGraph([(id: second, parents: [])]), good: first, bad: second, alpha: bisector.alpha)
        for run in own { pair.record(run.value, at: run.commit) }
        guard let estimate = pair.estimate else { return nil }
        let share = Double(own.count { $0.commit == second }) / Double(own.count)
        let middle = own.reduce(0) { $0 + log($1.value) } / Double(own.count)
        return Levels(
            first: exp(middle - share * estimate.change), second: exp(middle + (1 - share) * estimate.change),
            interval: estimate.interval)
    }

    /// The values of two commits and what they differ by, from one fit, so that the one agrees with the other.
    struct Levels {
        let first, second: Double
        /// The fractions between which the change lies with a probability of 95 %.
        let interval: ClosedRange<Double>
    }

    /// From where on a value is bad, by the runs of the good end.
    var bound: Bound? { threshold.bound(good: value(at: bisector.good), metric: metric, pair: pair) }

    /// The least worsening that counts, as a difference of logarithms.
    var required: Double {
        guard let good = value(at: bisector.good), let bound, bound.value > 0 else { return .infinity }
        return log(bound.value / good).magnitude
    }

    /// How much worse a step makes the series, as a difference of logarithms; negative where it makes it better.
    func worsening(_ estimate: StepEstimate) -> Double {
        bound?.isUpward == false ? -estimate.change : estimate.change
    }
}

extension StepEstimate {
    /// The fractions between which the change lies with a probability of 95 %.
    fileprivate var interval: ClosedRange<Double> {
        (exp(change - 1.96 * standardError) - 1)...(exp(change + 1.96 * standardError) - 1)
    }
}
