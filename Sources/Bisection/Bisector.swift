/// The search of one series for the commit where it first became bad.
///
/// It never measures: `nextStep()` says which commits to measure, `mark(_:_:)` takes what came
/// out. What it answers depends on the graph, which commits can differ and the evaluations alone, not on their order.
///
/// All commits outside the graph are good. Mark the tip of the range bad before the first step. Where several commits
/// are bad, the first in topological order is what the search is about: its candidates are its ancestors, itself
/// included, without those of any good commit. Good commits that have a bad ancestor contradict a single step;
/// they are reported by `contradictions`, and nothing is concluded from them.
///
/// ```swift
/// var bisector = Bisector(graph: graph)
/// bisector.mark(tip, .bad)
/// while case .measure(let commits) = bisector.nextStep() {
///     for commit in commits { bisector.mark(commit, evaluate(commit)) }
/// }
/// ```
public struct Bisector<ID: Hashable & Sendable>: Sendable {
    /// The candidates and their parents.
    public let graph: CommitGraph<ID>
    var prior: CulpritPrior
    var evaluations: [Int: Evaluation] = [:]

    /// Starts a search without any evaluation.
    ///
    /// - Parameters:
    ///   - graph: the commits of the range.
    ///   - canDiffer: false for a commit whose measured inputs equal those of a parent inside the range, so that it
    ///     can hardly be the culprit: it weighs nothing in the choice. Nil: all can differ. Wrong flags
    ///     cost measurements, never the right answer: what they leave open is searched in the end.
    ///   - changes: how much each commit changed of what decides, from 1 on, by which it weighs in the choice as well.
    ///     Nil: all as much.
    /// - Precondition: `canDiffer` and `changes` have one entry a commit.
    public init(graph: CommitGraph<ID>, canDiffer: [Bool]? = nil, changes: [Int]? = nil) {
        precondition((canDiffer?.count ?? graph.count) == graph.count, "one flag is needed for each commit")
        precondition((changes?.count ?? graph.count) == graph.count, "one amount is needed for each commit")
        self.graph = graph
        prior = CulpritPrior(canDiffer: canDiffer, changes: changes)
    }

    /// Takes what a measurement said; marking a commit again replaces its evaluation.
    ///
    /// A commit outside the graph is ignored: it counts as good.
    public mutating func mark(_ id: ID, _ evaluation: Evaluation) {
        if let index = graph.index(of: id) { evaluations[index] = evaluation }
    }

    /// Takes commits that something besides the evaluations points at, replacing earlier ones.
    ///
    /// They weigh in the choice as much as they are likely. Wrong leads cost measurements, never the right answer.
    ///
    /// - Parameter leads: how likely each is to be the culprit, above 0. What is left of 1 is spread over all, and at least
    ///   20 % evenly. Commits outside the graph are ignored.
    public mutating func follow(_ leads: [ID: Double]) {
        let indexed = leads.compactMap { id, probability in graph.index(of: id).map { ($0, probability) } }
        prior = prior.following(Dictionary(uniqueKeysWithValues: indexed))
    }

    /// What was given to `follow(_:)`, as far as it counts.
    public var leads: [ID: Double] {
        Dictionary(uniqueKeysWithValues: prior.leads.map { (graph.ids[$0], $1) })
    }

    /// Whether a lead, or a parent of one, is among the candidates.
    public func isLead(_ id: ID) -> Bool {
        guard let index = graph.index(of: id) else { return false }
        return prior.leads.keys.contains { $0 == index || graph.topology.parents(of: $0).contains(Int32(index)) }
    }

    /// What a commit was marked, or nil when it wasn't or lies outside the graph.
    public func evaluation(of id: ID) -> Evaluation? {
        graph.index(of: id).flatMap { evaluations[$0] }
    }

    /// The commits that were marked, in topological order.
    public var evaluated: [ID] { evaluations.keys.sorted().map { graph.ids[$0] } }

    /// The same search with its leads, in which nothing is marked yet.
    public var restarted: Bisector {
        var copy = self
        copy.evaluations = [:]
        return copy
    }

    /// The best commits to measure next, or the result: all that a search of one series, one commit at a time, takes.
    /// `nextMeasurements` chooses for several at once.
    ///
    /// The best commit maximises min(w, n − w): n is the number of candidates that can differ, w how many of them are
    /// its ancestors or itself, each counted as often as it is likely. Of equals it is the one that is likeliest
    /// the culprit or a parent of it, which are measured in any case, then the first in topological order. Near skipped commits it keeps its distance. Takes O(n · candidates / 512).
    public func nextStep() -> BisectionStep<ID> {
        let range = range
        if let result = Self.result(of: range) { return .finished(result.map { graph.ids[$0] }) }
        let need = NextNeed(range: range, topology: graph.topology)
        if case .required(let commits) = need { return .measure(commits.map { graph.ids[$0] }) }
        var choice = JointChoice(topology: graph.topology, inFlight: [])
        choice.add(need, members: 1)
        return .measure(choice.choose(limit: 1, pace: Pace()).map { graph.ids[$0] })
    }

    /// The result, or nil while there is something to measure; O(commits), much cheaper than `nextStep()`.
    public var result: BisectionResult<ID>? {
        Self.result(of: range)?.map { graph.ids[$0] }
    }

    /// Whether the evaluation of a commit can still tell this search something.
    public func wants(_ id: ID) -> Bool {
        guard let index = graph.index(of: id), let range, range.result == nil else { return false }
        return range.openParents.contains(index) || range.candidates.position(of: index).map(range.isOpen) ?? false
    }

    /// The good commits that have a bad ancestor in the range, in topological order.
    public var contradictions: [Contradiction<ID>] {
        guard let last = evaluations.lazy.filter({ $0.value == .good }).map(\.key).max() else { return [] }
        // For each commit, its latest bad ancestor or itself.
        var nearestBad = [Int](repeating: -1, count: last + 1)
        var result: [Contradiction<ID>] = []
        for index in 0...last {
            let inherited = graph.topology.parents(of: index).reduce(-1) { max($0, nearestBad[Int($1)]) }
            nearestBad[index] = evaluations[index] == .bad ? index : inherited
            if evaluations[index] == .good, inherited >= 0 {
                result.append(Contradiction(good: graph.ids[index], bad: graph.ids[inherited]))
            }
        }
        return result
    }

    /// How much is left, for progress lines.
    ///
    /// `candidates` and `canDiffer` count the bad commit as well; `expectedSteps` is how many more steps a search
    /// without surprises takes, 0 when it is finished.
    public var remaining: (candidates: Int, canDiffer: Int, expectedSteps: Int) {
        guard let range else { return (0, 0, 0) }
        let canDiffer = range.weights.count { $0 > 0 }
        let candidates = range.candidates.count
        if range.result != nil { return (candidates, canDiffer, 0) }
        let isSearchedByCount = !range.weights.indices.contains { range.weights[$0] > 0 && range.isOpen($0) }
        let isConfirmed = isSearchedByCount && canDiffer == 1 && range.weights[candidates - 1] > 0
        let steps = isConfirmed ? 1 : BinaryLogarithm.ceiling(isSearchedByCount ? candidates : canDiffer)
        return (candidates, canDiffer, max(1, steps))
    }

    var range: CandidateRange? {
        CandidateRange(topology: graph.topology, evaluations: evaluations, prior: prior)
    }

    private static func result(of range: CandidateRange?) -> BisectionResult<Int>? {
        guard let range else { return .notCrossed }
        return range.result
    }
}

/// What the search of one series needs next.
public enum BisectionStep<ID: Hashable & Sendable>: Sendable, Hashable {
    /// The commits to measure next, never empty, none of them evaluated yet.
    ///
    /// Usually one; several when several parents of the same commit must be known.
    case measure([ID])
    /// Nothing more to measure.
    case finished(BisectionResult<ID>)
}
