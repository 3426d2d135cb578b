public import Benchmarks
public import Explaining
public import Git
import GoToolchain
import MeasurementCache
import Measuring

/// Two commits compared with each other, as `explain` does it: what differs between them, and why.
public struct CommitComparison: Sendable {
    /// The earlier commit, or the first parent of the one that is explained.
    public var before: Commit
    /// The later commit.
    public var after: Commit
    /// Every series that differs, the most changed first.
    public var series: [Difference]
    /// How many series have a value at both commits.
    public var compared: Int
    /// What the user should know.
    public var warnings: [String]

    /// A series with another value at the later commit.
    public struct Difference: Sendable {
        /// The package's import path.
        public var package: String
        /// The benchmark's full name.
        public var benchmark: String
        /// The metric.
        public var metric: Metric
        /// The values.
        public var before, after: Double
        /// Why; nil when it could not be found out.
        public var explanation: Explanation?
    }

    fileprivate mutating func compare(
        _ request: ComparisonRequest, from prefix: String, provingAt bad: ObjectID?, _ measurer: Measurer
    ) async throws {
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
        let explainer = Explainer(
            measurer, wantsCPUProfile: request.wantsCPUProfile, wantsProfiles: request.wantsProfiles)
        for target in targets {
            guard let old = readings[before.id]?[target], let new = readings[after.id]?[target] else { continue }
            note(old, at: before)
            note(new, at: after)
            let subjects = subjects(old.measurement, new.measurement, request)
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
    }

    private mutating func note(_ reading: KnownMeasurement, at commit: Commit) {
        guard let failure = reading.measurement.failure, !failure.isCounted else { return }
        let target = reading.measurement.target
        warnings.append("\(target.package) \(target.function) at \(commit.id.short): \(failure)")
    }

    /// The series that differ by more than a stray allocation or the noise of a clock.
    private mutating func subjects(
        _ before: Measurement, _ after: Measurement, _ request: ComparisonRequest
    ) -> [Explainer.Subject] {
        var subjects: [Explainer.Subject] = []
        for name in before.names.intersection(after.names).filter(request.selection.includes).sorted() {
            for metric in request.metrics {
                guard let old = before.value(name, metric), let new = after.value(name, metric) else { continue }
                compared += 1
                if metric.hasChanged(from: old, to: new) {
                    subjects.append(.init(benchmark: name, metric: metric, before: old, after: new))
                }
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
            var comparison = CommitComparison(before: before, after: after, series: [], compared: 0, warnings: [])
            try await comparison.compare(request, from: prefix, provingAt: bad, measurer)
            comparison.warnings.insert(contentsOf: measurer.warnings, at: 0)
            return comparison
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
    /// Whether two values differ by more than a stray allocation or the noise of a clock.
    func hasChanged(from old: Double, to new: Double) -> Bool {
        new != old && (new - old).magnitude >= minimumDifference ?? 0.05 * old.magnitude
    }

    /// The difference from which on a value of this metric has changed; nil for those that a twentieth decides.
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
