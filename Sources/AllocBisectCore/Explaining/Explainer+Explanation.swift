import Benchmarks
import Git
import GoToolchain
import MeasurementCache
import Pprof

import struct Foundation.Data
import class Foundation.JSONDecoder
import class Foundation.JSONEncoder

extension Explainer {
    /// Puts together what explains one series.
    func explanation(
        of subject: Subject, _ question: Question, _ findings: Findings, _ context: Context
    ) throws -> Explanation {
        let sources = try context.sources()
        let verdict = findings.cause.kind(of: subject)
        var explanation = Explanation(kind: verdict.kind, reason: verdict.reason, warnings: verdict.warnings)
        explanation.modules = context.changedModules(sources)
        for (escapes, commit) in [(findings.escapes.before, question.before), (findings.escapes.after, question.after)]
        {
            explanation.warnings += escapes.failures.sorted { $0.key < $1.key }.map { package, failure in
                "no escape analysis of \(package) at \(commit.id.short): \(failure)"
            }
        }
        guard let before = findings.evidences.before[subject.benchmark],
            let after = findings.evidences.after[subject.benchmark]
        else {
            explanation.warnings.append("no profile: the benchmark did not run to its end with profiling on")
            return explanation
        }
        let allocated = difference(\.allocated, before: before, after: after, context, sources)
        explanation.sites = sites(allocated, findings.escapes, sources)
        explanation.functions = functions(allocated)
        if [.retainedObjects, .retainedBytes].contains(subject.metric) {
            let retained = difference(\.retained, before: before, after: after, context, sources)
            explanation.retained = sites(retained, findings.escapes, sources).map { site in
                var site = site
                site.heldBy = findings.holders[subject.benchmark]?["\(site.file):\(site.line)"]
                return site
            }
            explanation.hunks = hunks(
                \.retained, retained, before: before, after: after, findings.cause, context, sources)
        } else {
            explanation.hunks = hunks(
                \.allocated, allocated, before: before, after: after, findings.cause, context, sources)
        }
        if [.bytes, .retainedBytes].contains(subject.metric) {
            explanation.sites.sort(by: Explainer.differsMoreInBytes)
            explanation.retained.sort(by: Explainer.differsMoreInBytes)
        }
        var growth = 0.0
        if subject.metric == .goroutines {
            (explanation.goroutines, growth) = goroutines(before: before, after: after, context.paths)
        }
        explanation.escapes = escapeChanges(findings.escapes, sites: explanation.sites, context, sources).filter {
            verdict.kind == .benchmark || !$0.file.isTest
        }
        explanation.share = share(of: subject, explanation, goroutines: growth)
        if findings.evidences.isApproximate {
            explanation.warnings.append(
                "the runtime of \(measurer.toolchain.version) is not known: objects below 16 bytes share blocks, and may "
                    + "stand at another line")
        }
        if let share = explanation.share, share < 0.95 {
            explanation.warnings.append(
                "the lines account for \(Int((share * 100).rounded())) % of the difference; the rest is allocated where "
                    + "no frame of the repository is on the stack")
        }
        explanation.profiles = try keptProfiles(subject, question, before: before, after: after)
        return explanation
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

    /// The part of a series' difference that is attributed; nil for metrics that profiles say nothing of.
    private func share(of subject: Subject, _ explanation: Explanation, goroutines: Double) -> Double? {
        func sum(_ sites: [Explanation.SiteChange], _ change: KeyPath<Explanation.SiteChange, Explanation.Change>)
            -> Double
        {
            sites.reduce(0) { $0 + $1[keyPath: change].difference }
        }
        let attributed: Double
        switch subject.metric {
        case .allocations: attributed = sum(explanation.sites, \.allocsPerOp)
        case .bytes: attributed = sum(explanation.sites, \.bytesPerOp)
        case .retainedObjects: attributed = sum(explanation.retained, \.allocsPerOp)
        case .retainedBytes: attributed = sum(explanation.retained, \.bytesPerOp)
        case .goroutines: attributed = goroutines
        default: return nil
        }
        guard subject.difference != 0 else { return nil }
        return max(0, min(1, attributed / subject.difference))
    }

    private func keptProfiles(
        _ subject: Subject, _ question: Question, before: Evidence, after: Evidence
    ) throws -> Explanation.Profiles? {
        let store = ProfileStore(folder: measurer.state.profiles)
        let benchmark = Benchmark(package: question.target.package, name: subject.benchmark)
        let old = try store.keep(before, of: benchmark, at: question.before.id.description, for: subject.metric)
        let new = try store.keep(after, of: benchmark, at: question.after.id.description, for: subject.metric)
        try store.prune()
        guard let old, let new else { return nil }
        return .init(before: old, after: new, command: store.command(before: old, after: new, metric: subject.metric))
    }

    /// Whether a line comes before another one when bytes are what is looked at.
    private static func differsMoreInBytes(
        _ left: Explanation.SiteChange, _ right: Explanation.SiteChange
    ) -> Bool {
        (right.bytesPerOp.difference.magnitude, left.file, left.line)
            < (left.bytesPerOp.difference.magnitude, right.file, right.line)
    }

    /// What was explained before, by this version, with the same recipe.
    func recall(_ subject: Subject, _ question: Question) throws -> Explanation? {
        guard let text = try measurer.cache.explanation(key(subject, question), recipe: measurer.recipe) else {
            return nil
        }
        return try? JSONDecoder().decode(Explanation.self, from: Data(text.utf8))
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
