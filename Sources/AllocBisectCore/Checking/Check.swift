import Benchmarks
public import Git
import Measuring
import Policy

/// A range compared with a policy: what is worse at its head than at its base, and what that means.
///
/// It is judged as the ends of a search are, and a search of what fails starts from the measurements that are there.
///
/// ```swift
/// let request = CheckRequest(
///     range: try RevisionRange("main..HEAD"), policy: try Policy(yaml: "metrics: [allocs/op]"),
///     today: Day("2026-12-31")!)
/// let check = try await engine.check(request)
/// for series in check.series where series.isFailure { print(series.benchmark, series.metric) }
/// ```
public struct Check: Sendable {
    /// The commit that is compared with: the base, or its merge base with head.
    public let base: ObjectID
    /// The commit that is checked; of the work tree, its snapshot's.
    public let head: ObjectID
    /// Whether the work tree is checked.
    public let isOfWorkTree: Bool
    /// Every series that was looked at, by package and benchmark.
    public let series: [CheckedSeries]
    /// What was found out about what fails, when that was asked for.
    public let searches: [Verdict]
    /// What the user should know, a sentence each.
    public let warnings: [String]

    /// Whether nothing breaks the policy.
    public var hasPassed: Bool { !series.contains(where: \.isFailure) }

    /// Creates a check of what was judged; without series, one of which nothing is known but the ends.
    public init(
        base: ObjectID, head: ObjectID, isOfWorkTree: Bool = false, series: [CheckedSeries] = [],
        searches: [Verdict] = [], warnings: [String] = []
    ) {
        (self.base, self.head, self.isOfWorkTree) = (base, head, isOfWorkTree)
        (self.series, self.searches, self.warnings) = (series, searches, warnings)
    }

    /// Throws `CoreError` with the code `nothingToMeasure` when no series could be compared.
    fileprivate func refuseEmpty() throws(CoreError) {
        var reasons: [String] = []
        for checked in series {
            guard case .unmeasurable(let reason) = checked.state else { return }
            reasons.append("\(checked.benchmark): \(reason)")
        }
        throw CoreError(
            .nothingToMeasure,
            "Nothing could be compared between \(base.short) and \(head.short), so nothing was checked. "
                + (reasons.first ?? "No benchmark there reports a metric that the policy names."))
    }
}

extension [CheckedSeries] {
    /// Finds where each benchmark is declared, at head or else at the base.
    fileprivate mutating func locate(
        at head: ObjectID, orAt base: ObjectID, in repository: borrowing Repository
    ) throws {
        var known: [Benchmark: CheckedSeries.SourcePlace?] = [:]
        for index in indices {
            let benchmark = self[index].benchmark
            let function = Benchmark(package: benchmark.package, name: benchmark.function)
            if let place = known[function] {
                self[index].place = place
                continue
            }
            let place = try repository.place(of: function, at: head) ?? repository.place(of: function, at: base)
            known[function] = .some(place)
            self[index].place = place
        }
    }
}

extension Engine {
    /// Measures both ends, applies the policy, and searches what fails when that is needed.
    ///
    /// - Throws: When a revision does not resolve, when Go cannot be used, and when nothing could be compared: a check
    ///   that has seen nothing does not pass.
    public func check(_ request: CheckRequest) async throws -> Check {
        let (judged, fellToOthers) = try await judged(request)
        var series = judged.series
        try series.locate(at: judged.head, orAt: judged.base, in: openRepository())
        try series.locateCosts(by: judged.searches, at: judged.head, in: openRepository())
        let check = Check(
            base: judged.base, head: judged.head, isOfWorkTree: judged.isOfWorkTree, series: series,
            searches: judged.searches, warnings: judged.warnings)
        if !fellToOthers { try check.refuseEmpty() }
        return check
    }

    /// A check that may have seen nothing, and does not know where the benchmarks are declared.
    package func judge(_ request: CheckRequest) async throws -> Check { try await judged(request).check }

    /// What `judge` makes, and whether there was nothing to check because all of it fell to other machines.
    private func judged(_ request: CheckRequest) async throws -> (check: Check, fellToOthers: Bool) {
        let (ends, snapshot) = try ends(of: request)
        if let snapshot { events(.workTree(commit: snapshot.commit)) }
        let search = request.search(ends)
        let range = try SearchRange(
            openRepository(), range: search.range, firstParent: search.firstParent, from: prefix(of: request))
        return try await measuring(search.measuring, usesInputClasses: true, isOfCommits: snapshot == nil) {
            measurements, explainer in
            var warnings = request.expiredIgnores + (snapshot?.warnings ?? [])
            var session = Session(search, range, measurements, explainer)
            var series = try await session.judgeEnds(request.policy, today: request.today)
            var fellToOthers = false
            if let shard = request.shard, session.targets.isEmpty {
                fellToOthers = true
                warnings.append("part \(shard) has no packages: nothing was checked here")
            }
            let (later, unknown) = try await series.judgeAgainstAcceptedSteps(
                request, search, range, measurements, explainer)
            warnings += unknown
            series.applyConditions()
            var searches: [Verdict] = []
            var wanted = series.filter(request.isSearched)
            // What was judged against an accepted step is searched from there.
            for (var session, settled) in later + [(session, Set(wanted.map(\.key)))] {
                let verdict = try await session.search(wanted.filter { settled.contains($0.key) })
                if var verdict {
                    if let snapshot { verdict.name(snapshot) }
                    searches.append(verdict)
                }
                wanted.removeAll { settled.contains($0.key) }
            }
            let check = Check(
                base: range.base, head: range.bad, isOfWorkTree: snapshot != nil, series: series, searches: searches,
                warnings: warnings + measurements.warnings)
            return (check, fellToOthers)
        }
    }

    /// The range that is checked: without one, HEAD against the branch that it is to be merged into. And the snapshot at its
    /// head, where the work tree is wanted and has changes: without a branch these are checked against HEAD.
    private func ends(of request: CheckRequest) throws -> (range: RevisionRange, snapshot: Snapshot?) {
        let repository = try openRepository()
        let range = try request.range ?? RevisionRange("\(base(of: request, in: repository))..HEAD")
        guard request.includesWorkTree else { return (range, nil) }
        let head = try repository.resolve("HEAD")
        guard try repository.resolve(range.bad) == head else {
            throw CoreError(
                .usage,
                "The work tree's changes come after HEAD, but \(range.bad) is another commit. Name only the base, as "
                    + "in: allocbisect check --work-tree \(range.good)..")
        }
        if let snapshot = try repository.snapshot(onto: head) {
            return (try RevisionRange("\(range.good)..\(snapshot.commit)"), snapshot)
        }
        guard try repository.resolve(range.good) != head else {
            throw CoreError(
                .usage,
                "There is nothing to check: the work tree has no changes since \(head.short). Name the base, as in: "
                    + "allocbisect check --work-tree main")
        }
        return (range, nil)
    }

    private func base(of request: CheckRequest, in repository: borrowing Repository) throws(GitError) -> String {
        do {
            return try repository.upstream(of: repository.resolve("HEAD"))
        } catch {
            guard request.includesWorkTree, error.code == .unknownRevision else { throw error }
            return "HEAD"
        }
    }
}

extension Verdict {
    /// Calls the bad end what it is. A command that was to name it ends at the commit before it.
    fileprivate mutating func name(_ snapshot: Snapshot) {
        isOfWorkTree = true
        rename([
            ("..\(snapshot.commit.short)", "..\(snapshot.parent.short)"),
            (snapshot.commit.short, "the work tree"),
        ])
    }
}

extension Repository {
    /// The line that declares a benchmark function at a commit; nil when it is not there.
    fileprivate borrowing func place(
        of benchmark: Benchmark, at commit: ObjectID
    ) throws(GitError) -> CheckedSeries.SourcePlace? {
        let folder = benchmark.package == "." ? "" : benchmark.package
        let declaration = Array("func \(benchmark.name)(".utf8)
        for file in try files(below: folder, at: commit, where: { $0.hasSuffix("_test.go") }) {
            let lines = file.content.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            if let index = lines.firstIndex(where: { $0.starts(with: declaration) }) {
                return CheckedSeries.SourcePlace(path: file.path, line: index + 1)
            }
        }
        return nil
    }
}
