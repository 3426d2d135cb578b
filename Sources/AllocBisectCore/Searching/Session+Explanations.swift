import Benchmarks
import Explaining
import Git
import GoToolchain
import MeasurementCache
import Measuring

extension Session {
    /// How many benchmark functions are explained for one commit; a few of them show what many share.
    private static let explainedTargets = 8

    /// Explains every culprit, a commit's most changed benchmarks first.
    ///
    /// An explanation that cannot be made takes nothing from the verdict: the reason is noted. So is an interruption, after
    /// which nothing else is explained.
    mutating func explain(_ verdict: inout Verdict) async throws {
        guard var explainer else { return }
        explainer.wantsCPUProfile = request.wantsCPUProfile
        let repository = try Repository(discovering: measurements.directory)
        for (commit, targets) in try questions(verdict) {
            let command =
                request.explaining ?? (repository.isSnapshot(commit) ? ["compare"] : ["explain", commit.short])
            for (question, places) in targets.prefix(Session.explainedTargets) {
                do {
                    var explanations = try await explainer.explain(question)
                    if request.wantsProof {
                        let proofs = try await explainer.prove(question, at: range.bad)
                        for (index, proof) in proofs.enumerated() { explanations[index].proof = proof }
                    }
                    for (place, explanation) in zip(places, explanations) {
                        var explanation = explanation
                        let series = verdict.series[place.series]
                        let culprit = series.culprits[place.culprit]
                        explanation.noteOpening(
                            of: series.benchmark, series.metric, since: culprit.parent ?? culprit.commit.id,
                            at: culprit.commit, request.measuring)
                        verdict.series[place.series].culprits[place.culprit].explanation = explanation
                    }
                } catch let error {
                    if error is CancellationError || Task.isCancelled {
                        verdict.warnings.append(
                            "interrupted before everything was explained; \(request.measuring.continuation)")
                        return
                    }
                    verdict.warnings.append("\(commit.short) could not be explained: \(error)")
                }
            }
            if targets.count > Session.explainedTargets {
                verdict.warnings.append(
                    "\(targets.count) benchmark functions changed at \(commit.short), of which the "
                        + "\(Session.explainedTargets) that changed most are explained. For another one: "
                        + request.measuring.command(
                            command, selecting: ["-b", "NAME"]))
            }
        }
    }

    /// Where in the verdict a culprit stands.
    private struct Place {
        let series: Int
        let culprit: Int
    }

    private typealias PlacedQuestion = (question: Explainer.Question, places: [Place])

    /// A question for each culprit's commit and target, the most changed first.
    private func questions(_ verdict: Verdict) throws -> [(commit: ObjectID, targets: [PlacedQuestion])] {
        let repository = try Repository(discovering: measurements.directory)
        let packages = Dictionary(verdict.series.map { ($0.target, $0.package) }) { first, _ in first }
        var order: [ObjectID] = []
        var groups: [ObjectID: [Measurement.Target: [(place: Place, subject: Explainer.Subject, base: ObjectID)]]] = [:]
        for (number, series) in verdict.series.enumerated() {
            for (position, culprit) in series.culprits.enumerated() {
                guard let base = culprit.parent, let before = culprit.before, let after = culprit.after else {
                    continue
                }
                let subject = Explainer.Subject(
                    benchmark: series.benchmark, metric: series.metric, before: before, after: after)
                if groups[culprit.commit.id] == nil { order.append(culprit.commit.id) }
                groups[culprit.commit.id, default: [:]][series.target, default: []]
                    .append((Place(series: number, culprit: position), subject, base))
            }
        }
        return try order.map { commit in
            let targets = try (groups[commit] ?? [:]).compactMap { target, entries -> PlacedQuestion? in
                guard let base = entries.first?.base,
                    let before = readings.reading(target, at: base)?.reading,
                    let after = readings.reading(target, at: commit)?.reading
                else { return nil }
                var inputs = before.state?.inputs
                if let other = after.state?.inputs { inputs?.formUnion(other) }
                let question = Explainer.Question(
                    before: try repository.commit(base), after: try repository.commit(commit), target: target,
                    importPath: packages[target] ?? "", measuredBefore: before.measurement,
                    measuredAfter: after.measurement, inputs: inputs,
                    parents: measurements(target, at: range.parents(of: commit)), series: entries.map(\.subject))
                return (question, entries.map(\.place))
            }
            return (
                commit,
                targets.sorted {
                    ($1.question.change, $0.question.target) < ($0.question.change, $1.question.target)
                }
            )
        }
    }

    private func measurements(_ target: Measurement.Target, at commits: [ObjectID]) -> [ObjectID: Measurement] {
        let known = commits.compactMap { commit in
            readings.reading(target, at: commit).map { (commit, $0.reading.measurement) }
        }
        return Dictionary(known, uniquingKeysWith: { first, _ in first })
    }
}

extension Explainer.Question {
    /// How much the most changed series changed, relative to what it was.
    fileprivate var change: Double {
        series.map { $0.difference.magnitude / max(1, $0.before.magnitude) }.max() ?? 0
    }
}
