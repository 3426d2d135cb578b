import Benchmarks
import Bisection
public import Git
import GoToolchain

/// What a search would do, without anything measured.
public struct SearchPreview: Sendable {
    /// The ends and the candidates.
    public var range: ResolvedRange
    /// How many candidates can differ from their parents; all of them where there are no Go packages.
    public var interesting: Int
    /// The measurements that one series takes: both ends, and the steps between them.
    public var expectedMeasurements: Int
    /// The commits that would be measured first, after the ends.
    public var first: [Commit]
    /// What the user should know.
    public var notes: [String]

    /// A preview from its parts, for which no repository is read.
    init(range: ResolvedRange, interesting: Int, expectedMeasurements: Int, first: [Commit], notes: [String]) {
        (self.range, self.interesting) = (range, interesting)
        (self.expectedMeasurements, self.first, self.notes) = (expectedMeasurements, first, notes)
    }

    /// Looks at a range. Where the bad end has Go packages, Go is asked which files can decide their measurements.
    ///
    /// - Throws: `GitError` or `CoreError` when the range cannot be resolved.
    public init(
        _ request: SearchRequest, environment: [String: String], events: @escaping @Sendable (Event) -> Void
    ) async throws {
        let plan = try SearchPreview.plan(request)
        var notes: [String] = []
        var flags: [Bool]?
        do {
            flags = try await SearchPreview.interesting(request, plan, environment: environment, events: events)
            if flags == nil { notes.append("there are no Go packages with benchmarks; all commits weigh the same") }
        } catch let error as GoError {
            notes.append("\(error) Until then all commits weigh the same.")
        }
        if let base = plan.range.mergeBase {
            notes.append(
                "\(plan.range.good.short) is no ancestor of \(plan.range.bad.short): their merge base "
                    + "\(base.short) would stand in for it")
        }
        var bisector = Bisector(graph: plan.graph, interesting: flags)
        bisector.mark(plan.range.bad, .bad)
        range = plan.range
        interesting = flags?.count { $0 } ?? plan.graph.count
        expectedMeasurements = 2 + bisector.remaining.expectedSteps
        let next = nextMeasurements(of: [bisector], limit: request.measuring.jobs)
        first = try SearchPreview.commits(next, request)
        self.notes = notes
    }

    private static func plan(_ request: SearchRequest) throws -> Plan {
        try Plan(
            Repository(discovering: request.directory), range: request.range, firstParent: request.firstParent,
            directory: request.directory)
    }

    private static func commits(_ ids: [ObjectID], _ request: SearchRequest) throws -> [Commit] {
        let repository = try Repository(discovering: request.directory)
        var commits: [Commit] = []
        for id in ids { commits.append(try repository.commit(id)) }
        return commits
    }

    /// Which candidates can differ from their parents; nil without Go packages.
    private static func interesting(
        _ request: SearchRequest, _ plan: Plan, environment: [String: String],
        events: @escaping @Sendable (Event) -> Void
    ) async throws -> [Bool]? {
        let repository = try Repository(discovering: request.directory)
        guard try repository.hasModule(at: plan.range.bad, for: request.selection, from: plan.prefix) else {
            return nil
        }
        let measurer = try await Measurer(
            repository, options: request.measuring, environment: environment, events: events)
        var inputs = Inputs()
        do {
            for end in [plan.base, plan.range.bad] {
                let packages = try await measurer.targets(
                    of: request.selection, at: end, from: plan.prefix, builds: false)
                inputs.formUnion(try await measurer.inputs(of: packages.map(\.package.directory), at: end))
            }
        } catch {
            await measurer.close()
            throw error
        }
        await measurer.close()
        guard inputs != Inputs() else { return nil }
        var classes = InputClasses(repository: measurer.repository, commits: [plan.base] + plan.graph.ids)
        return try classes.interesting(plan, over: inputs)
    }
}

extension Repository {
    /// Whether a commit has a go.mod where a selection's package patterns start, or above.
    fileprivate borrowing func hasModule(
        at commit: ObjectID, for selection: BenchmarkSelection, from prefix: String
    ) throws(GitError) -> Bool {
        for pattern in selection.packages {
            for folder in Toolchain.foldersOfModule(for: pattern, from: prefix)
            where try file(folder.isEmpty ? "go.mod" : folder + "/go.mod", at: commit) != nil {
                return true
            }
        }
        return false
    }
}
