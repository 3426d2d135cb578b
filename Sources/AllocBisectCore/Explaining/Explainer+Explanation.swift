import Benchmarks
import Git
import GoToolchain
import MeasurementCache
import Pprof

import struct Foundation.Data
import class Foundation.FileManager
import class Foundation.JSONDecoder
import class Foundation.JSONEncoder

extension Explainer {
    /// Puts together what explains one series.
    func explanation(
        of subject: Subject, _ question: Question, _ findings: ExplanationInputs, _ context: CommitDiff
    ) throws -> Explanation {
        let sources = findings.sources
        let verdict = findings.cause.kind(of: subject)
        var explanation = Explanation(kind: verdict.kind, reason: verdict.reason, warnings: verdict.warnings)
        explanation.modules = context.changedModules(question.inputs, sources)
        explanation.warnings += findings.profileFailures
        for (escapes, commit) in [(findings.escapes.before, question.before), (findings.escapes.after, question.after)]
        {
            explanation.warnings += escapes.failures.sorted { $0.key < $1.key }.map { package, failure in
                "no escape analysis of \(package) at \(commit.id.short): \(failure)"
            }
        }
        guard let comparison = findings.comparisons[subject.benchmark] else {
            explanation.warnings.append("there is no profile of both commits, so that no line can be named")
            return explanation
        }
        let notes = EscapeTexts(findings.escapes)
        explanation.sites = comparison.allocated.sites(notes, sources)
        explanation.functions = comparison.allocated.functions
        let isRetained = subject.metric.isRetained
        if isRetained {
            let holders = findings.holders.byLine[subject.benchmark] ?? [:]
            explanation.retained = comparison.retained.sites(notes, sources).map { site in
                var site = site
                site.heldBy = holders["\(site.file):\(site.line)"]
                return site
            }
            explanation.warnings += findings.holders.failures
        }
        explanation.hunks = hunks(
            isRetained ? comparison.retained : comparison.allocated, inBytes: subject.metric.isInBytes, findings.cause,
            context, sources)
        if subject.metric.isInBytes {
            explanation.sites = explanation.sites.sorted(byChangeIn: \.bytesPerOp)
            explanation.retained = explanation.retained.sorted(byChangeIn: \.bytesPerOp)
        }
        var growth = 0.0
        if subject.metric == .goroutines {
            (explanation.goroutines, growth) = goroutines(comparison, context.paths)
        }
        if verdict.kind == .code, explanation.isOfTests(subject.metric, sign: subject.difference.sign) {
            let didChange = findings.cause.parts[.tests] != nil
            explanation.kind = didChange ? .benchmark : .unknown
            explanation.reason =
                didChange
                ? "since all lines that cost more are in test files"
                : "since all lines that cost more are in test files, which did not change"
        }
        explanation.escapes = escapeChanges(findings.escapes, sites: explanation.sites, context, sources).filter {
            explanation.kind != .code || !$0.file.isTest
        }
        if findings.isApproximate {
            explanation.warnings.append(
                "the runtime of \(measurer.toolchain.version) is not known: objects below 16 bytes share blocks, and may "
                    + "stand at another line")
        }
        if let sum = attributed(to: subject, explanation, goroutines: growth) {
            // Half of what is printed last is no difference.
            let isAll = (sum - subject.difference).magnitude <= max(0.005, 0.001 * subject.difference.magnitude)
            let share = isAll ? 1 : max(0, sum / subject.difference)
            explanation.share = share
            explanation.warnings += Explainer.doubts(about: share)
        }
        explanation.profiles = try keptProfiles(subject, question, comparison)
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
        guard parents.count > 1 else { return [] }
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
        _ subject: Subject, _ question: Question, _ comparison: Comparison
    ) throws -> Explanation.Profiles? {
        let store = ProfileStore(state: measurer.state)
        let benchmark = Benchmark(package: question.target.package, name: subject.benchmark)
        let kind: ProbeProfiles.Kind = subject.metric == .goroutines ? .goroutines : .heap
        let paths = try [(question.before, comparison.before), (question.after, comparison.after)].compactMap {
            commit, evidence in
            try store.keep(evidence.files, of: benchmark, at: commit.id.description)[kind]
        }
        try store.prune()
        return paths.count == 2
            ? .init(before: paths[0], after: paths[1], command: store.command(paths[0], paths[1], subject.metric)) : nil
    }

    /// What was explained before, by this version, with the same recipe.
    func recall(_ subject: Subject, _ question: Question) throws -> Explanation? {
        guard let text = try measurer.cache.explanation(key(subject, question), recipe: measurer.recipe) else {
            return nil
        }
        // One that cannot be read is made anew.
        guard var explanation = try? JSONDecoder().decode(Explanation.self, from: Data(text.utf8)) else { return nil }
        if let profiles = explanation.profiles,
            ![profiles.before, profiles.after].allSatisfy(FileManager.default.fileExists)
        {
            explanation.profiles = nil
            explanation.warnings.append("its profiles are gone: only the newest are kept")
        }
        return explanation
    }

    func keep(_ explanation: Explanation, of subject: Subject, _ question: Question) throws {
        let text = String(decoding: try JSONEncoder().encode(explanation), as: UTF8.self)
        try measurer.cache.store(explanation: text, key(subject, question), recipe: measurer.recipe)
    }

    private func key(_ subject: Subject, _ question: Question) -> MeasurementCache.ExplanationKey {
        .init(
            commit: question.after.id.description, base: question.before.id.description, target: question.target,
            benchmark: subject.benchmark, unit: subject.metric.unit, version: Explanation.version)
    }
}
