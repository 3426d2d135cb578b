import Benchmarks
import Git
import GoToolchain

extension Explainer {
    /// What explains that a sanitizer has more to report: the reports, which tell their places themselves.
    func explanation(
        ofReports subject: Subject, _ question: Question, _ cause: Cause, _ diff: CommitDiff
    ) throws -> Explanation {
        let verdict = cause.kind(of: subject)
        var explanation = Explanation(kind: verdict.kind, reason: verdict.reason, warnings: verdict.warnings)
        explanation.modules = diff.changedModules(question.inputs, try diff.sources())
        explanation.reports = question.newReports
        return explanation
    }

    /// What explains the growth of instructions: the lines and functions that have them.
    func explanations(
        ofInstructions series: [Subject], _ question: Question, _ diff: CommitDiff
    ) async throws -> [(Subject, Explanation)] {
        async let cause = CauseTrials(workshop: workshop, question: question, diff: diff).cause()
        let sources = try diff.sources()
        let counted = try await InstructionRuns(workshop: workshop, question: question).comparisons(diff, sources)
        let found = try await cause
        return series.map { subject in
            let verdict = found.kind(of: subject)
            var explanation = Explanation(kind: verdict.kind, reason: verdict.reason, warnings: verdict.warnings)
            explanation.modules = diff.changedModules(question.inputs, sources)
            explanation.warnings += counted.failures
            guard let comparison = counted.byName[subject.benchmark] else { return (subject, explanation) }
            explanation.instructions = comparison.changes(of: subject.difference)
            let sum = explanation.instructions.reduce(0) { $0 + $1.perOp.difference }
            explanation.share = max(0, sum / subject.difference)
            explanation.hunks = comparison.own.hunks(inBytes: false, found, diff, sources).map(\.withoutCosts)
            return (subject, explanation)
        }
    }

    /// Puts together what explains one series.
    func explanation(
        of subject: Subject, _ question: Question, _ inputs: ExplanationInputs, _ diff: CommitDiff
    ) throws -> Explanation {
        let sources = inputs.sources
        let verdict = inputs.cause.kind(of: subject)
        var explanation = Explanation(kind: verdict.kind, reason: verdict.reason, warnings: verdict.warnings)
        explanation.modules = diff.changedModules(question.inputs, sources)
        if LongRuns.isTold(subject.metric), let doubt = inputs.longRuns?.doubt(about: subject) {
            explanation.warnings.append(doubt)
        }
        explanation.warnings += inputs.profileFailures
        for (escapes, commit) in [(inputs.escapes.before, question.before), (inputs.escapes.after, question.after)] {
            explanation.warnings += escapes.failures.sorted { $0.key < $1.key }.map { package, failure in
                "no escape analysis of \(package) at \(commit.id.short): \(failure)"
            }
        }
        guard let comparison = inputs.comparisons[subject.benchmark] else {
            explanation.warnings.append("there are no profiles of both commits, so no line can be named")
            return explanation
        }
        let notes = EscapeTexts(inputs.escapes)
        explanation.sites = comparison.allocated.sites(notes, sources)
        explanation.functions = comparison.allocated.functions
        let isRetained = subject.metric.isRetained
        if isRetained {
            let retainers = inputs.retainers.byLine[subject.benchmark] ?? [:]
            explanation.retained = comparison.retained.sites(notes, sources).map { site in
                var site = site
                site.heldBy = retainers["\(site.file):\(site.line)"]
                return site
            }
            explanation.warnings += inputs.retainers.failures
        }
        explanation.hunks = (isRetained ? comparison.retained : comparison.allocated)
            .hunks(inBytes: subject.metric.isInBytes, inputs.cause, diff, sources)
        if subject.metric.isInBytes {
            explanation.sites = explanation.sites.sorted(byChangeIn: \.bytesPerOp)
            explanation.retained = explanation.retained.sorted(byChangeIn: \.bytesPerOp)
        }
        var growth = 0.0
        if subject.metric == .goroutines {
            (explanation.goroutines, growth) = comparison.goroutines(diff.paths)
        }
        if verdict.kind == .code, explanation.isOfTests(subject.metric, sign: subject.difference.sign) {
            let didChange = inputs.cause.parts[.tests] != nil
            explanation.kind = didChange ? .benchmark : .unknown
            explanation.reason =
                didChange
                ? "all lines that cost more are in test files"
                : "all lines that cost more are in test files, which did not change"
        }
        explanation.escapes = inputs.escapes.changes(sites: explanation.sites, diff, sources).filter {
            explanation.kind != .code || !$0.file.isTest
        }
        if inputs.isApproximate {
            explanation.warnings.append(
                "the runtime of \(workshop.goVersion) is unknown: objects below 16 bytes share blocks, so they may be "
                    + "listed at another line")
        }
        if let sum = attributed(to: subject, explanation, goroutines: growth) {
            // Half of the last printed digit does not count as a difference.
            let isAll = (sum - subject.difference).magnitude <= max(0.005, 0.001 * subject.difference.magnitude)
            let share = isAll ? 1 : max(0, sum / subject.difference)
            explanation.share = share
            explanation.warnings += Explainer.doubts(about: share)
        }
        explanation.profiles = try keptProfiles(subject, question, comparison, diff, sources)
        return explanation
    }

    /// What to say where the lines do not add up to what was measured.
    private static func doubts(about share: Double) -> [String] {
        let percent = "\(Int((share * 100).rounded())) %"
        if share < 0.95 {
            return [
                "the lines account for \(percent) of the difference; the rest is allocated where no frame of the "
                    + "repository is on the stack"
            ]
        }
        guard share > 1.05 else { return [] }
        return ["the lines add up to \(percent) of the difference: what runs while the timer is stopped counts as well"]
    }

    /// The values at the parents of a merge; none for a commit with one parent.
    func parents(of subject: Subject, _ question: Question) -> [Explanation.ParentValue] {
        let parents = question.after.parents
        // Against another commit, they say nothing of where the change came from.
        guard parents.count > 1, parents.contains(question.before.id) else { return [] }
        return parents.map { parent in
            let value = question.parents[parent]?.value(subject.benchmark, subject.metric)
            let agrees = value.map { ($0 - subject.after).magnitude < 0.05 * subject.difference.magnitude } ?? false
            return .init(commit: parent.description, value: value, agrees: agrees)
        }
    }

    /// What the lines add up to, in the metric's unit; nil for metrics that profiles say nothing of.
    private func attributed(to subject: Subject, _ explanation: Explanation, goroutines: Double) -> Double? {
        switch subject.metric {
        case .allocations: explanation.sites.reduce(0) { $0 + $1.allocsPerOp.difference }
        case .bytes: explanation.sites.reduce(0) { $0 + $1.bytesPerOp.difference }
        case .retainedObjects: explanation.retained.reduce(0) { $0 + $1.allocsPerOp.difference }
        case .retainedBytes: explanation.retained.reduce(0) { $0 + $1.bytesPerOp.difference }
        case .goroutines: goroutines
        default: nil
        }
    }

    private func keptProfiles(
        _ subject: Subject, _ question: Question, _ comparison: Comparison, _ diff: CommitDiff,
        _ sources: SourceTexts
    ) throws -> Explanation.Profiles? {
        let store = ProfileStore(state: workshop.state)
        let benchmark = Benchmark(package: question.target.package, name: subject.benchmark)
        let wanted: ProbeProfiles.Kind = subject.metric == .goroutines ? .goroutines : .heap
        let sides: [(Commit, SourceTexts.Side, BenchmarkProfiles)] = [
            (question.before, .before, comparison.before), (question.after, .after, comparison.after),
        ]
        var paths: [String] = []
        for (commit, side, profiles) in sides {
            for (kind, bytes) in profiles.files {
                let path = try store.keep(bytes, kind.rawValue, of: benchmark, at: commit.id, diff.paths) {
                    sources.content(side, $0)
                }
                if kind == wanted { paths.append(path) }
            }
        }
        try store.prune()
        return paths.count == 2 ? store.pair(paths, subject.metric) : nil
    }
}
