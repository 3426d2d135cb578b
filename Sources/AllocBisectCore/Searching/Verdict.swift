public import Benchmarks
public import Explaining
public import Git

/// What a search found out, as values; reports only print it.
///
/// ```swift
/// let verdict = try await engine.find(request)
/// for series in verdict.series where series.outcome == .found {
///     for culprit in series.culprits { print(series.benchmark, series.metric, culprit.commit.id.short) }
/// }
/// ```
public struct Verdict: Sendable {
    /// The good end as the user named it.
    public var good: ObjectID
    /// The bad end; of a work tree, its snapshot.
    public var bad: ObjectID
    /// Whether the bad end is the snapshot of a work tree.
    public var isOfWorkTree = false
    /// The merge base that was used instead of good; nil when good is an ancestor of bad.
    public var mergeBase: ObjectID?
    /// How many commits the range holds.
    public var candidates: Int
    /// How many of them can differ from their parents.
    public var canDiffer: Int
    /// Every series that was looked at, the found ones first.
    public var series: [SeriesVerdict]
    /// The commits that were measured now.
    public var measured: Int
    /// The commits whose measurement was recalled from the cache.
    public var reused: Int
    /// The commits that gave no value for a searched series, and why.
    public var skipped: [Skip]
    /// What the user should know about the search as a whole.
    public var warnings: [String]
    /// The benchmark functions that the budget was not enough for, by package.
    public var leftOut: [Benchmark] = []
    /// How to go on where the budget was not enough, as a clause.
    public var continuation = "run the same command again to continue"

    /// Creates a verdict from its parts.
    public init(
        good: ObjectID, bad: ObjectID, isOfWorkTree: Bool = false, mergeBase: ObjectID? = nil, candidates: Int,
        canDiffer: Int, series: [SeriesVerdict], measured: Int, reused: Int, skipped: [Skip], warnings: [String],
        leftOut: [Benchmark] = []
    ) {
        (self.good, self.bad, self.isOfWorkTree, self.mergeBase) = (good, bad, isOfWorkTree, mergeBase)
        (self.candidates, self.canDiffer, self.series) = (candidates, canDiffer, series)
        (self.measured, self.reused, self.skipped) = (measured, reused, skipped)
        (self.warnings, self.leftOut) = (warnings, leftOut)
    }

    /// A commit without a value.
    public struct Skip: Sendable, Hashable {
        /// The candidate that has no value.
        public let commit: ObjectID
        /// Why it was skipped.
        public let reason: String

        /// Creates a skip from its parts.
        public init(commit: ObjectID, reason: String) { (self.commit, self.reason) = (commit, reason) }
    }

    /// The outcome that decides the exit status: the best news of all series.
    public var outcome: SeriesOutcome {
        let outcomes = Set(series.map(\.outcome))
        return [.found, .oneOf, .inconclusive, .missingAtGood].first(where: outcomes.contains)
            ?? (leftOut.isEmpty ? .notCrossed : .inconclusive)
    }

    /// Replaces some names with others, in all texts.
    mutating func rename(_ names: [(old: String, new: String)]) {
        let renamed = { (texts: [String]) in
            texts.map { text in names.reduce(text) { $0.replacing($1.old, with: $1.new) } }
        }
        warnings = renamed(warnings)
        for index in series.indices {
            series[index].warnings = renamed(series[index].warnings)
            for culprit in series[index].culprits.indices {
                guard let warnings = series[index].culprits[culprit].explanation?.warnings else { continue }
                series[index].culprits[culprit].explanation?.warnings = renamed(warnings)
            }
        }
    }
}

/// The outcome of one series.
public struct SeriesVerdict: Sendable {
    /// The package's import path.
    public var package: String
    /// The package's folder relative to the repository's root, `.` for the root.
    public var directory: String
    /// The benchmark's full name.
    public var benchmark: String
    /// What ran to measure it.
    var target: Measurement.Target
    /// The unit that was followed, such as `allocs/op`.
    public var metric: Metric
    /// The value at the good end; nil when there is none.
    public var good: Double?
    /// The value at the bad end; nil when there is none.
    public var bad: Double?
    /// The threshold as it was given.
    public var threshold: Threshold
    /// The bound at which a commit is bad; nil when there is nothing to compare with.
    public var bound: Bound?
    /// The threshold as it was applied to the value at the good end: `+5% and at least +1`.
    public var appliedThreshold: String { threshold.description(of: bound, good: good, metric) }
    /// Its outcome.
    public var outcome: SeriesOutcome
    /// The commits where it crossed, the first one first.
    public var culprits: [Culprit]
    /// When no single commit can be named: the commits of which one is the culprit, parents first.
    public var suspects: [ObjectID]
    /// Those of them to show: all, or of more than ten the first ones and the last one.
    public var shownSuspects: [Commit] = []
    /// The commits that can be the culprit of a timed series, the likeliest first; none for other series, and where nothing
    /// is known to have changed.
    public var likely: [Likely] = []
    /// The runs that a timed series took; nil for other series.
    public var runs: Int?
    /// By what fraction a timed series changed, with a probability of 95 %; nil for other series, and before enough runs.
    public var interval: ClosedRange<Double>?
    /// What the user should know about this series.
    public var warnings: [String]
    /// Whether it was not measured, since nothing that decides its values differs between the ends.
    public var isUnchanged = false
    /// The part of what the series changed by between the ends that the culprits do not explain: 0 when they explain all,
    /// negative when they explain more; nil when that was not looked for.
    public var unexplained: Double?
    /// Whether the search went on until nothing was left to be named, so that what is not explained came in steps smaller
    /// than the threshold.
    public var isAccounted = false

    /// Creates the outcome of a series from its parts.
    ///
    /// - Parameter target: What ran to measure it: its package and the pattern of its benchmark function.
    public init(
        package: String, directory: String, benchmark: String, target: Measurement.Target, metric: Metric,
        good: Double? = nil, bad: Double? = nil, threshold: Threshold, bound: Bound? = nil, outcome: SeriesOutcome,
        culprits: [Culprit], suspects: [ObjectID], shownSuspects: [Commit] = [], likely: [Likely] = [],
        runs: Int? = nil, interval: ClosedRange<Double>? = nil, warnings: [String], isUnchanged: Bool = false,
        unexplained: Double? = nil, isAccounted: Bool = false
    ) {
        (self.package, self.directory, self.benchmark) = (package, directory, benchmark)
        (self.target, self.metric, self.good, self.bad) = (target, metric, good, bad)
        (self.threshold, self.bound, self.outcome) = (threshold, bound, outcome)
        (self.culprits, self.suspects, self.shownSuspects) = (culprits, suspects, shownSuspects)
        (self.likely, self.runs, self.interval) = (likely, runs, interval)
        (self.warnings, self.isUnchanged) = (warnings, isUnchanged)
        (self.unexplained, self.isAccounted) = (unexplained, isAccounted)
    }

    /// Whether a part worth mentioning came in steps smaller than the threshold.
    public var hasSmallSteps: Bool { isAccounted && (unexplained ?? 0).magnitude >= 0.01 }
}

extension SeriesVerdict {
    /// A commit that may be the culprit.
    public struct Likely: Sendable {
        /// A candidate that nothing has ruled out.
        public let commit: Commit
        /// How likely it is, from 0 to 1.
        public let probability: Double

        /// Creates a likely culprit from its parts.
        public init(commit: Commit, probability: Double) { (self.commit, self.probability) = (commit, probability) }
    }

    /// Takes down the commits of which one is the culprit.
    mutating func suspect(_ suspects: [ObjectID], _ repository: borrowing Repository) throws {
        self.suspects = suspects
        let shown = suspects.count > 10 ? suspects.prefix(9) + suspects.suffix(1) : suspects[...]
        shownSuspects = []
        for commit in shown { shownSuspects.append(try repository.commit(commit)) }
    }
}

/// The commit where a series crossed its threshold.
public struct Culprit: Sendable {
    /// The first commit whose values are on the other side of the bound.
    public var commit: Commit
    /// The value at its parent; at that parent of a merge whose value is nearest to the merge's own; nil when there is
    /// none.
    public var before: Double?
    /// The value at the commit.
    public var after: Double?
    /// The parent that `before` was measured at; nil when none could be.
    public var parent: ObjectID?
    /// Why the value changed; nil when that was not asked for, or could not be found out.
    public var explanation: Explanation?
    /// Whether it and its parents were measured again, in fresh processes, and are still on both sides of the bound.
    public var confirmed: Bool
    /// Whether it leads back towards good.
    public var isStepBack = false
    /// The part of what the range changed the series by that it made: 0.85 for 85 %, negative for a step back. Of a merge
    /// it is what the culprits that it merges did not make. Nil where that is not known, or where the threshold does not
    /// compare with the good end.
    public var share: Double?

    /// Creates a culprit from its parts.
    public init(
        commit: Commit, before: Double? = nil, after: Double? = nil, parent: ObjectID? = nil,
        explanation: Explanation? = nil, confirmed: Bool, isStepBack: Bool = false, share: Double? = nil
    ) {
        (self.commit, self.before, self.after, self.parent) = (commit, before, after, parent)
        (self.explanation, self.confirmed, self.isStepBack, self.share) = (explanation, confirmed, isStepBack, share)
    }
}
