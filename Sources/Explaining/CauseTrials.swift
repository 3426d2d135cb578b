import Benchmarks
import Git

/// Measurements of both commits with parts of the change taken from one another, which tell the kind of cause.
struct CauseTrials: Sendable {
    let workshop: any Workshop
    let question: Explainer.Question
    let diff: CommitDiff

    /// Finds out which part of the change makes the difference, by measuring the later commit without each other part.
    ///
    /// Where that cannot be built, as when tests call what the change brought, the earlier commit is tried with the part.
    func cause() async throws -> Cause {
        var cause = Cause(
            parts: ChangedPart.parts(of: diff.changes, inputs: question.inputs, module: diff.module))
        let repository = try Repository(discovering: workshop.repository)
        var swaps: [ChangedPart: (without: [Replacement], with: [Replacement])] = [:]
        for (part, paths) in cause.parts where part != .code {
            swaps[part] = (
                try repository.replacements(of: paths, from: question.before.id),
                try repository.replacements(of: paths, from: question.after.id)
            )
        }
        if let modules = cause.parts[.modules] {
            if diff.isToolchainOnly(modules) {
                (cause.parts[.modules], cause.parts[.toolchain]) = (nil, modules)
                swaps[.toolchain] = swaps.removeValue(forKey: .modules)
            } else {
                // The lines about Go are a part of their own, beside the versions of modules.
                let sources = try diff.sources()
                let without = diff.toolchainSwaps(isWithout: true, sources)
                if !without.isEmpty {
                    cause.parts[.toolchain] = without.map(\.path)
                    swaps[.toolchain] = (without, diff.toolchainSwaps(isWithout: false, sources))
                }
            }
        }
        guard cause.parts.count > 1 else { return cause }
        for part in ChangedPart.allCases {
            guard let swap = swaps[part] else { continue }
            let without = try await trial(part, swap.without, isWithout: true)
            cause.trials.append(without)
            let isTold = question.series.allSatisfy { without.share(of: $0) != nil }
            if !isTold { cause.trials.append(try await trial(part, swap.with, isWithout: false)) }
        }
        return cause
    }

    private func trial(
        _ part: ChangedPart, _ files: [Replacement], isWithout: Bool
    ) async throws -> Cause.Trial {
        var model = question.measuredAfter
        if let pair = model.pair, question.series.allSatisfy({ $0.metric.behavior == .counted }) {
            // Only growth needs the run at N1.
            model.pair = IterationPair(short: pair.long, long: pair.long)
        }
        let measurement = try await workshop.measure(
            question.target, at: isWithout ? question.after.id : question.before.id, replacing: files, like: model)
        return Cause.Trial(part: part, measurement: measurement, isWithout: isWithout)
    }
}
