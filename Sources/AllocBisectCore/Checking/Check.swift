import Benchmarks
public import Git
import Measuring
import Policy

/// A range compared with a policy: what is worse at its head than at its base, and what that means.
///
/// It is judged as the ends of a search are, and a search of what fails starts from the measurements that are there.
public struct Check: Sendable {
    /// The commit that is compared with: the base, or its merge base with head.
    public var base: ObjectID
    /// The commit that is checked; of the work tree, its snapshot's.
    public var head: ObjectID
    /// Whether the work tree is checked.
    public var isOfWorkTree: Bool
    /// Every series that was looked at, by package and benchmark.
    public var series: [CheckedSeries] = []
    /// What was found out about what fails, when that was asked for.
    public var searches: [Verdict] = []
    /// What the user should know.
    public var warnings: [String]

    /// Whether nothing breaks the policy.
    public var hasPassed: Bool { !series.contains(where: \.isFailure) }

    /// A check of which nothing is known but the ends, or all that its documents show.
    public init(
        base: ObjectID, head: ObjectID, isOfWorkTree: Bool = false, series: [CheckedSeries] = [],
        searches: [Verdict] = [], warnings: [String] = []
    ) {
        (self.base, self.head, self.isOfWorkTree) = (base, head, isOfWorkTree)
        (self.series, self.searches, self.warnings) = (series, searches, warnings)
    }

    /// Whether there was nothing to check because all of it fell to other machines.
    fileprivate var fellToOthers = false

    fileprivate func refuseEmpty() throws(CoreError) {
        if fellToOthers { return }
        var reasons: [String] = []
        for checked in series {
            guard case .unmeasurable(let reason) = checked.state else { return }
            reasons.append("\(checked.benchmark): \(reason)")
        }
        throw CoreError(
            .nothingToMeasure,
            "Nothing could be compared between \(base.short) and \(head.short), so that nothing was checked. "
                + (reasons.first ?? "No benchmark there reports a metric that the policy names."))
    }

    /// Finds where each benchmark is declared, at head or else at the base.
    fileprivate mutating func locate(in repository: borrowing Repository) throws {
        var known: [Benchmark: CheckedSeries.SourcePlace?] = [:]
        for index in series.indices {
            let benchmark = series[index].benchmark
            let function = Benchmark(package: benchmark.package, name: benchmark.function)
            if let place = known[function] {
                series[index].place = place
                continue
            }
            let place = try repository.place(of: function, at: head) ?? repository.place(of: function, at: base)
            known[function] = .some(place)
            series[index].place = place
        }
    }
}

extension Engine {
    /// Measures both ends, applies the policy, and searches what fails when that is wanted.
    ///
    /// - Throws: When a revision does not resolve, when Go cannot be used, and when nothing could be compared: a check
    ///   that has seen nothing does not pass.
    public func check(_ request: CheckRequest) async throws -> Check {
        var check = try await judge(request)
        try check.locate(in: openRepository())
        try check.locateCosts(in: openRepository())
        try check.refuseEmpty()
        return check
    }

    /// A check that may have seen nothing, and does not know where the benchmarks are declared.
    package func judge(_ request: CheckRequest) async throws -> Check {
        let (ends, snapshot) = try ends(of: request)
        if let snapshot { events(.workTree(commit: snapshot.commit)) }
        let search = request.search(ends)
        let range = try SearchRange(
            openRepository(), range: search.range, firstParent: search.firstParent, from: prefix(of: request))
        return try await measuring(search.measuring, usesInputClasses: true, isOfCommits: snapshot == nil) {
            measurements, explainer in
            var check = Check(
                base: range.base, head: range.bad, isOfWorkTree: snapshot != nil,
                warnings: request.expiredIgnores + (snapshot?.warnings ?? []))
            var session = Session(search, range, measurements, explainer)
            check.series = try await session.judgeEnds(request.policy, today: request.today)
            if let shard = request.shard, session.targets.isEmpty {
                check.fellToOthers = true
                check.warnings.append("no package falls to the part \(shard): nothing was checked here")
            }
            let later = try await check.judgeAgainstAcceptedSteps(request, search, range, measurements, explainer)
            check.series.applyConditions()
            var wanted = check.series.filter(request.isSearched)
            // What was judged against an accepted step is searched from there.
            for (var session, settled) in later + [(session, Set(wanted.map(\.key)))] {
                let verdict = try await session.search(wanted.filter { settled.contains($0.key) })
                if var verdict {
                    if let snapshot { verdict.name(snapshot) }
                    check.searches.append(verdict)
                }
                wanted.removeAll { settled.contains($0.key) }
            }
            check.warnings += measurements.warnings
            return check
        }
    }

    /// The range that is checked: without one, HEAD against the branch that it is to be merged into. And the snapshot at its
    /// head, where the work tree is wanted and has changes.
    private func ends(of request: CheckRequest) throws -> (range: RevisionRange, snapshot: Snapshot?) {
        let repository = try openRepository()
        let range =
            try request.range
            ?? RevisionRange("\(repository.upstream(of: repository.resolve("HEAD")))..HEAD")
        guard request.includesWorkTree else { return (range, nil) }
        let head = try repository.resolve("HEAD")
        guard try repository.resolve(range.bad) == head else {
            throw CoreError(
                .usage,
                "The work tree's changes come after HEAD, and \(range.bad) is another commit. Name the base alone, as in: "
                    + "allocbisect check --work-tree \(range.good)..")
        }
        guard let snapshot = try repository.snapshot(onto: head) else { return (range, nil) }
        return (try RevisionRange("\(range.good)..\(snapshot.commit)"), snapshot)
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
