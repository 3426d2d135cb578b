public import Benchmarks
public import Explaining
public import Git
import GoToolchain
import MeasurementCache
import Measuring

/// Two commits compared with each other, as `explain` does it: what differs between them, and why.
public struct CommitComparison: Sendable {
    /// The earlier commit, or the first parent of the one that is explained.
    public let before: Commit
    /// The later commit, which is explained.
    public let after: Commit
    /// Every series that differs, the most changed first.
    public let series: [Difference]
    /// How many series have a value at both commits.
    public let compared: Int
    /// What the user should know, a sentence each.
    public let warnings: [String]

    /// A series with another value at the later commit.
    public struct Difference: Sendable {
        /// The package's import path.
        public var package: String
        /// The benchmark's full name.
        public var benchmark: String
        /// What was measured of the benchmark, such as `allocs/op`.
        public var metric: Metric
        /// The values at both commits, in the metric's unit.
        public var before, after: Double
        /// Why the value differs; nil when it could not be found out.
        public var explanation: Explanation?

        /// Creates a difference from its parts.
        public init(
            package: String, benchmark: String, metric: Metric, before: Double, after: Double,
            explanation: Explanation? = nil
        ) {
            (self.package, self.benchmark, self.metric) = (package, benchmark, metric)
            (self.before, self.after, self.explanation) = (before, after, explanation)
        }
    }

    /// Creates a comparison from its parts.
    public init(before: Commit, after: Commit, series: [Difference], compared: Int, warnings: [String]) {
        (self.before, self.after) = (before, after)
        (self.series, self.compared, self.warnings) = (series, compared, warnings)
    }

    /// Measures both commits, and explains what differs.
    ///
    /// - Parameter bad: The commit that the change is taken back on as a proof; nil for no proof.
    fileprivate static func compare(
        _ before: Commit, _ after: Commit, _ request: ComparisonRequest, from prefix: String, provingAt bad: ObjectID?,
        _ measurer: Measurer
    ) async throws -> CommitComparison {
        let listed = try await measurer.targets(of: request.selection, at: after.id, from: prefix)
        guard !listed.isEmpty else {
            throw try await measurer.noBenchmark(matching: request.selection, at: [after.id], from: prefix)
        }
        let targets = listed.flatMap(\.targets)
        let importPaths = Dictionary(listed.map { ($0.package.directory, $0.package.importPath) }) { first, _ in first }
        var readings: [ObjectID: [Measurement.Target: KnownMeasurement]] = [:]
        // Two rounds, as a search confirms a culprit.
        let rounds = max(2, request.measuring.rounds)
        let commits = [before.id, after.id] + after.parents.filter { $0 != before.id }
        let jobs = commits.map {
            MeasurementJob(commit: $0, targets: targets, purpose: "to compare", minimumRounds: rounds)
        }
        try await MeasuringLoop(measurements: measurer, width: request.measuring.jobs).run(jobs) { found, job in
            for reading in found { readings[job.commit, default: [:]][reading.measurement.target] = reading }
        }
        try CoreError.refuse(
            unreported: request.metrics, in: readings.values.lazy.flatMap(\.values).map(\.measurement))
        let ends = [after.id, before.id].map { end in targets.compactMap { readings[end]?[$0]?.measurement } }
        try CoreError.refuse(olderGo: ends[0], at: after.id)
        try CoreError.refuse(olderGo: ends[1], at: before.id)
        try await measurer.refuse(absentPartsOf: request.selection, in: ends[0] + ends[1], at: after.id)
        let explainer = Explainer(
            measurer, wantsCPUProfile: request.wantsCPUProfile, wantsProfiles: request.wantsProfiles)
        var (series, compared, warnings): ([Difference], Int, [String]) = ([], 0, [])
        for target in targets {
            guard let old = readings[before.id]?[target], let new = readings[after.id]?[target] else { continue }
            warnings += [(old, before), (new, after)].compactMap(warning)
            let comparable = comparable(old.measurement, new.measurement, request)
            compared += comparable.count
            let subjects = comparable.filter { $0.metric.hasChanged(from: $0.before, to: $0.after) }
            guard !subjects.isEmpty else { continue }
            var inputs = old.state?.inputs
            if let other = new.state?.inputs { inputs?.formUnion(other) }
            let question = Explainer.Question(
                before: before, after: after, target: target, importPath: importPaths[target.package] ?? "",
                measuredBefore: old.measurement, measuredAfter: new.measurement, inputs: inputs,
                parents: readings.compactMapValues { $0[target]?.measurement }, series: subjects)
            let explanations = try await explainer.explain(question)
            let proofs = try await bad.asyncMap { try await explainer.prove(question, at: $0) }
            for (index, subject) in subjects.enumerated() {
                var explanation = explanations[index]
                explanation.proof = proofs?[index]
                explanation.noteOpening(
                    of: subject.benchmark, subject.metric, since: before.id, at: after, request.measuring)
                series.append(
                    Difference(
                        package: importPaths[target.package] ?? target.package, benchmark: subject.benchmark,
                        metric: subject.metric, before: subject.before, after: subject.after, explanation: explanation))
            }
        }
        series.sort { $1.relativeChange < $0.relativeChange }
        return CommitComparison(
            before: before, after: after, series: series, compared: compared, warnings: measurer.warnings + warnings)
    }

    /// What is to be reported of a measurement that failed; nil for one that did not, or whose failures are counted.
    private static func warning(_ reading: KnownMeasurement, at commit: Commit) -> String? {
        guard let failure = reading.measurement.failure, !failure.isCounted else { return nil }
        let target = reading.measurement.target
        return "\(target.package) \(target.function) at \(commit.id.short): \(failure)"
    }

    /// The series that have a value at both commits.
    private static func comparable(
        _ before: Measurement, _ after: Measurement, _ request: ComparisonRequest
    ) -> [Explainer.Subject] {
        var subjects: [Explainer.Subject] = []
        for name in before.names.intersection(after.names).filter(request.selection.includes).sorted() {
            for metric in request.metrics {
                guard let old = before.value(name, metric), let new = after.value(name, metric) else { continue }
                subjects.append(.init(benchmark: name, metric: metric, before: old, after: new))
            }
        }
        return subjects
    }
}

extension Engine {
    /// Measures two commits, and explains what differs.
    ///
    /// - Throws: When the commits do not resolve, when Go cannot be used, or when no benchmark matches.
    public func explain(_ request: ComparisonRequest) async throws -> CommitComparison {
        let repository = try openRepository()
        let (before, after) = try CommitComparison.ends(request.revision, repository)
        let prefix = repository.prefix(of: directory)
        let bad = try request.wantsProof ? repository.resolve("HEAD") : nil
        return try await measuring(request.measuring) { measurer in
            try await CommitComparison.compare(before, after, request, from: prefix, provingAt: bad, measurer)
        }
    }
}

extension CommitComparison {
    /// The two commits that are meant: a commit and its first parent, or the ends of `A..B`.
    ///
    /// - Throws: `GitError` when they do not resolve, `CoreError` for a commit without parents.
    fileprivate static func ends(
        _ text: String, _ repository: borrowing Repository
    ) throws -> (before: Commit, after: Commit) {
        if RevisionRange.isRange(text) {
            let range = try RevisionRange(text)
            return (
                try repository.commit(repository.resolve(range.good)),
                try repository.commit(repository.resolve(range.bad))
            )
        }
        let commit = try repository.commit(repository.resolve(text))
        guard let parent = commit.parents.first else {
            throw CoreError(
                .usage,
                "\(commit.id.short) has no parent to compare it with. Name two commits instead, as in A..B.")
        }
        return (try repository.commit(parent), commit)
    }
}

extension CommitComparison.Difference {
    fileprivate var relativeChange: Double { (after - before).magnitude / max(1, before.magnitude) }
}

extension Metric {
    /// Whether two values differ by more than a stray allocation, chance, or the noise of a clock.
    func hasChanged(from old: Double, to new: Double) -> Bool {
        let difference = (new - old).magnitude
        return difference > chance(at: old) && difference >= minimumDifference ?? 0.05 * old.magnitude
    }

    /// The smallest difference that counts as a change of this metric; nil where a twentieth decides.
    private var minimumDifference: Double? {
        switch self {
        case .allocations: 0.5
        case .bytes: 8
        case .goroutines, .retainedObjects: 0.1
        case .retainedBytes: 8
        default: nil
        }
    }
}

extension Optional where Wrapped: Sendable {
    fileprivate func asyncMap<Result: Sendable>(_ transform: (Wrapped) async throws -> Result) async rethrows -> Result?
    {
        guard let value = self else { return nil }
        return try await transform(value)
    }
}
