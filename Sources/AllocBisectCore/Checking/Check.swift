import Benchmarks
public import Git
import Policy

/// A range held against a policy: what is worse at its head than at its base, and what that means.
///
/// It is judged as the ends of a search are, and a search of what fails starts from the measurements that are there.
public struct Check: Sendable {
    /// The commit that is compared with: the base, or its merge base with head.
    public internal(set) var base: ObjectID
    /// The commit that is checked.
    public internal(set) var head: ObjectID
    /// Every series that was looked at, by package and benchmark.
    public internal(set) var findings: [Finding] = []
    /// What was found out about what fails, when that was asked for.
    public internal(set) var searches: [Verdict] = []
    /// What the user should know.
    public internal(set) var warnings: [String]

    /// Whether nothing breaks the policy.
    public var hasPassed: Bool { !findings.contains(where: \.isFailure) }

    /// A check from its parts, for which nothing is measured.
    init(base: ObjectID, head: ObjectID, findings: [Finding], searches: [Verdict] = [], warnings: [String]) {
        (self.base, self.head) = (base, head)
        (self.findings, self.searches, self.warnings) = (findings, searches, warnings)
    }

    /// Measures both ends, applies the policy, and searches what fails when that is wanted.
    ///
    /// - Throws: When a revision does not resolve, when Go cannot be used, and when nothing could be compared: a check
    ///   that has seen nothing does not pass.
    public init(
        _ request: CheckRequest, environment: [String: String], events: @escaping @Sendable (Event) -> Void
    ) async throws {
        try await self.init(judging: request, environment: environment, events: events)
        try locate(in: request.directory)
        try refuseEmpty()
    }

    /// A check that may have seen nothing, and does not know where the benchmarks are declared.
    init(
        judging request: CheckRequest, environment: [String: String], events: @escaping @Sendable (Event) -> Void
    ) async throws {
        let start: SessionStart = { try await Session($0, environment: environment, events: events) }
        let search = try Check.search(request)
        warnings = request.expiredIgnores
        var session = try await start(search)
        (base, head) = (session.plan.base, session.plan.range.bad)
        do {
            findings = try await session.judgeEnds(request.policy, today: request.today)
            let rebased = try await rebase(request, search, session.plan, start)
            let wanted = findings.filter { request.isSearched($0) && !rebased.contains($0.key) }
            if let verdict = try await session.search(wanted) { searches.append(verdict) }
            warnings += session.measurer.warnings
        } catch {
            await session.measurer.close()
            throw error
        }
        await session.measurer.close()
    }

    typealias SessionStart = @Sendable (SearchRequest) async throws -> Session

    /// The search whose ends are compared.
    private static func search(_ request: CheckRequest) throws -> SearchRequest {
        let repository = try Repository(discovering: request.directory)
        let range: RevisionRange
        if let given = request.range {
            range = given
        } else {
            range = try RevisionRange("\(repository.upstream(of: repository.resolve("HEAD")))..HEAD")
        }
        return request.search(range, in: repository.directory(of: request))
    }

    private func refuseEmpty() throws(CoreError) {
        var reasons: [String] = []
        for finding in findings {
            guard case .unmeasurable(let reason) = finding.state else { return }
            reasons.append("\(finding.benchmark): \(reason)")
        }
        throw CoreError(
            .nothingToMeasure,
            "Nothing could be compared between \(base.short) and \(head.short), so that nothing was checked. "
                + (reasons.first ?? "No benchmark there reports a metric that the policy names."))
    }

    /// Finds where each benchmark is declared, at head or else at the base.
    private mutating func locate(in directory: String) throws {
        let repository = try Repository(discovering: directory)
        var known: [Benchmark: Finding.SourcePlace?] = [:]
        for index in findings.indices {
            let benchmark = findings[index].benchmark
            let function = Benchmark(package: benchmark.package, name: benchmark.function)
            if let place = known[function] {
                findings[index].place = place
                continue
            }
            let place = try repository.place(of: function, at: head) ?? repository.place(of: function, at: base)
            known[function] = .some(place)
            findings[index].place = place
        }
    }
}

extension Repository {
    /// The line that declares a benchmark function at a commit; nil when it is not there.
    fileprivate borrowing func place(
        of benchmark: Benchmark, at commit: ObjectID
    ) throws(GitError) -> Finding.SourcePlace? {
        let folder = benchmark.package == "." ? "" : benchmark.package
        let declaration = Array("func \(benchmark.name)(".utf8)
        for file in try files(below: folder, at: commit, where: { $0.hasSuffix("_test.go") }) {
            let lines = file.content.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            if let index = lines.firstIndex(where: { $0.starts(with: declaration) }) {
                return Finding.SourcePlace(path: file.path, line: index + 1)
            }
        }
        return nil
    }
}
