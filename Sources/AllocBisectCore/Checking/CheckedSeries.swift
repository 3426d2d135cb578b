public import Benchmarks
public import Policy

/// What a check says about one series.
public struct CheckedSeries: Sendable {
    /// The package's import path.
    public var package: String
    /// The benchmark: the package's folder and the full name.
    public var benchmark: Benchmark
    /// The unit that is compared, such as `allocs/op`.
    public var metric: Metric
    /// The value that it is compared with: at the base, or at the last accepted step; nil when there is none.
    public var before: Double?
    /// The value at head; nil when there is none.
    public var after: Double?
    /// How much worse head may be, as the policy has it.
    public var threshold: Threshold
    /// The bound at which head is worse than allowed; nil when there is nothing to compare with.
    public var bound: Bound?
    /// The metrics of the benchmark that break the policy together only, this one among them; empty where it stands for
    /// itself.
    public var condition: [Metric] = []
    /// What the condition has made of a crossed bound, or which of its metrics had no say, as a sentence without its full
    /// stop; nil where there is nothing to say.
    public var conditionNote: String?
    /// What it means when it is worse.
    public var severity: Severity
    /// Its outcome.
    public var state: State
    /// Why there is no value at the base although the benchmark may well exist there, where it was judged by head alone;
    /// nil otherwise.
    public var baseFailure: String?
    /// Where the benchmark function is declared; nil when that was not found.
    public var place: SourcePlace?
    /// The line of head that costs most of what it got worse by; nil where no search has explained it, or where the line has
    /// changed since.
    public var costliest: SourcePlace?
    /// What ran to measure it.
    var target: Measurement.Target

    /// Creates a checked series from its parts.
    ///
    /// - Parameter target: What ran to measure it: its package and the pattern of its benchmark function.
    public init(
        package: String, benchmark: Benchmark, metric: Metric, before: Double? = nil, after: Double? = nil,
        threshold: Threshold, bound: Bound? = nil, condition: [Metric] = [], conditionNote: String? = nil,
        severity: Severity, state: State, baseFailure: String? = nil, place: SourcePlace? = nil,
        costliest: SourcePlace? = nil, target: Measurement.Target
    ) {
        (self.package, self.benchmark, self.metric) = (package, benchmark, metric)
        (self.before, self.after) = (before, after)
        (self.threshold, self.bound) = (threshold, bound)
        (self.condition, self.conditionNote) = (condition, conditionNote)
        (self.severity, self.state, self.baseFailure) = (severity, state, baseFailure)
        (self.place, self.costliest, self.target) = (place, costliest, target)
    }

    /// The outcome of a series.
    public enum State: Sendable, Hashable {
        /// Within its threshold, or beyond it with another metric of its condition within.
        case passed
        /// Worse than allowed; without a value at head, what kept it from being measured.
        case failed(reason: String?)
        /// Worse than allowed, and the policy wants that reported only.
        case warned(reason: String?)
        /// Worse than allowed, and let through for a while.
        case ignored(Ignore)
        /// Within its threshold since a step was accepted, which it is now compared with.
        case accepted(Acceptance)
        /// It does not exist at the base.
        case new
        /// It cannot be compared, for a reason outside the range, or because of noise.
        case unmeasurable(reason: String)

        /// What kind of state it is.
        public var kind: Kind {
            switch self {
            case .failed: .failed
            case .warned: .warned
            case .ignored: .ignored
            case .accepted: .accepted
            case .new: .new
            case .unmeasurable: .unmeasurable
            case .passed: .passed
            }
        }

        /// The kinds of states, in the order in which documents have them; the raw values are their words there.
        public enum Kind: String, Sendable, CaseIterable {
            case failed, warned, ignored, accepted, new, unmeasurable, passed
        }

        /// The word for it, as documents have it.
        public var name: String { kind.rawValue }
    }

    /// A line of a file, from the repository's root.
    public struct SourcePlace: Sendable, Hashable {
        /// The file, relative to the repository's root.
        public let path: String
        /// The line, from 1 on.
        public let line: Int

        /// Creates a place from its parts.
        public init(path: String, line: Int) { (self.path, self.line) = (path, line) }
    }

    /// Whether it is worse than the policy allows, whatever that means for the check.
    public var isTold: Bool {
        switch state {
        case .failed, .warned: true
        default: false
        }
    }

    /// Whether it makes the check fail.
    public var isFailure: Bool { if case .failed = state { true } else { false } }
}
