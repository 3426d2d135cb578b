import Benchmarks
public import Git
public import Measuring
public import Policy

/// What the user asked to check.
public struct CheckRequest: Sendable {
    /// The base and the head; nil for HEAD against the branch that it is to be merged into.
    public var range: RevisionRange?
    /// Whether what is changed in the work tree is checked on top of `HEAD`, which is then the head of the range.
    public var includesWorkTree = false
    /// The thresholds and exceptions that head is checked with, as `.allocbisect.yml` has them.
    public var policy: Policy
    /// The benchmarks, where they are not the policy's; patterns of packages are then relative to the engine's folder.
    public var selection: BenchmarkSelection?
    /// The part of the packages that is checked here, where several machines share them; nil for all.
    public var shard: Shard?
    /// How measurements are made.
    public var measuring = MeasuringOptions()
    /// The day that decides which entries of the policy have expired.
    public var today: Day
    /// Whether what fails is searched for its culprits.
    public var wantsSearch = false
    /// Whether such a search includes what is only warned of.
    public var searchesWarnings = false
    /// Whether only first parents are followed, so that a merge can be the culprit.
    public var firstParent = false
    /// How often both ends are measured at least; twice by default, as a search confirms a culprit.
    public var minimumRounds = 2
    /// Whether each culprit is explained.
    public var wantsExplanations = true

    /// A check with the defaults.
    public init(range: RevisionRange?, policy: Policy, today: Day) {
        self.range = range
        self.policy = policy
        self.today = today
    }
}

extension CheckRequest {
    /// The benchmarks that are measured.
    var benchmarks: BenchmarkSelection {
        if let selection { return selection }
        var selection = BenchmarkSelection()
        selection.packages = policy.packages
        (selection.pattern, selection.kinds) = (policy.pattern, policy.kinds)
        return selection
    }

    /// The metrics that are compared: those that the policy lists, and those that its thresholds name.
    var metrics: [Metric] {
        // What a sanitizer reports is all that is asked for with it, unless the policy has it among others.
        if measuring.sanitizer != nil, !policy.namedMetrics.contains(.reports) { return [.reports] }
        return (policy.metrics + policy.thresholds.namedMetrics.sorted()).reduce(into: []) {
            if !$0.contains($1) { $0.append($1) }
        }
    }

    /// How measurements are made.
    var options: MeasuringOptions {
        var options = measuring
        options.rounds = max(minimumRounds, options.rounds)
        return options.following(metrics)
    }

    /// The search whose ends are compared.
    func search(_ range: RevisionRange) -> SearchRequest {
        var search = SearchRequest(range: range, thresholds: policy.thresholds)
        (search.selection, search.shard) = (benchmarks, shard)
        search.metrics = metrics
        search.measuring = options
        search.wantsExplanations = wantsExplanations
        search.firstParent = firstParent
        return search
    }

    /// Whether the culprits of what was found are searched.
    func isSearched(_ checked: CheckedSeries) -> Bool {
        wantsSearch && (checked.isFailure || searchesWarnings && checked.isTold)
    }
}

extension Engine {
    /// The folder from which a check's patterns of packages are read, relative to the root: a policy's are from there.
    func prefix(of request: CheckRequest) throws(GitError) -> String {
        request.selection == nil ? "" : try openRepository().prefix(of: directory)
    }
}
