import Benchmarks
import Bisection
public import Git
import GoToolchain
import Measuring

/// What a search would do, without anything measured.
public struct SearchPlan: Sendable {
    /// The ends and the candidates.
    public var range: ResolvedRange
    /// How many candidates can differ from their parents; all of them where there are no Go packages.
    public var canDiffer: Int
    /// The measurements that one series takes: both ends, and the steps between them.
    public var expectedMeasurements: Int
    /// The commits that would be measured first, after the ends.
    public var first: [Commit]
    /// What the user should know.
    public var notes: [String]

    /// Creates a plan from its parts.
    public init(
        range: ResolvedRange, canDiffer: Int, expectedMeasurements: Int, first: [Commit], notes: [String]
    ) {
        (self.range, self.canDiffer, self.expectedMeasurements) = (range, canDiffer, expectedMeasurements)
        (self.first, self.notes) = (first, notes)
    }
}

extension Engine {
    /// Looks at a range. Where the bad end has Go packages, Go is asked which files can decide their measurements.
    ///
    /// - Throws: `GitError` or `CoreError` when the range cannot be resolved.
    public func plan(_ request: SearchRequest) async throws -> SearchPlan {
        let range = try range(of: request)
        var notes = request.measuring.preparationNotes
        var (changes, known): ([Int]?, [Measurement]) = (nil, [])
        do {
            (changes, known) = try await changedInputs(request, range)
            if changes == nil { notes.append("there are no Go packages with benchmarks; all commits weigh the same") }
        } catch let error where error is GoError || (error as? CoreError)?.code == .surroundings {
            notes.append("\(error) Until then all commits weigh the same.")
        }
        try CoreError.refuse(unreported: request.metrics, in: known, isMeasured: false)
        if let base = range.resolved.mergeBase {
            notes.append(
                "\(range.resolved.good.short) is not an ancestor of \(range.bad.short): their merge base "
                    + "\(base.short) would be used instead")
        }
        var bisector = Bisector(graph: range.graph, canDiffer: changes?.map { $0 > 0 }, changes: changes)
        bisector.mark(range.bad, .bad)
        let next = nextMeasurements(of: [bisector], limit: request.measuring.jobs)
        return SearchPlan(
            range: range.resolved, canDiffer: changes?.count { $0 > 0 } ?? range.graph.count,
            expectedMeasurements: 2 + bisector.remaining.expectedSteps, first: try commits(next), notes: notes)
    }

    private func commits(_ ids: [ObjectID]) throws(GitError) -> [Commit] {
        let repository = try openRepository()
        var commits: [Commit] = []
        for id in ids { commits.append(try repository.commit(id)) }
        return commits
    }

    /// For each candidate how much it changed of what decides any of the packages, 0 where it cannot differ from its
    /// parents; nil without Go packages. And what is known of the ends already.
    private func changedInputs(
        _ request: SearchRequest, _ range: SearchRange
    ) async throws -> (changes: [Int]?, known: [Measurement]) {
        guard try openRepository().hasModule(at: range.bad, for: request.selection.packages, from: range.prefix) else {
            return (nil, [])
        }
        return try await measuring(request.options) { measurer in
            var (inputs, known): ([String: Inputs], [Measurement]) = ([:], [])
            for end in [range.base, range.bad] {
                let packages = try await measurer.targets(
                    of: request.selection, at: end, from: range.prefix, builds: false)
                known += try packages.flatMap(\.targets).compactMap { try measurer.recall($0, at: end)?.measurement }
                for (package, found) in try await measurer.inputs(of: packages.map(\.package.directory), at: end) {
                    inputs[package, default: Inputs()].formUnion(found)
                }
            }
            guard !inputs.isEmpty else { return (nil, known) }
            var classes = InputClasses(repository: measurer.repository, commits: [range.base] + range.graph.ids)
            let changes = try Set(inputs.values).reduce(into: [Int](repeating: 0, count: range.graph.count)) {
                $0 = zip($0, try classes.changedInputs(range.resolved, over: $1)).map(max)
            }
            return (changes, known)
        }
    }
}
