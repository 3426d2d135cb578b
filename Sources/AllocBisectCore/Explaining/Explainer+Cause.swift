import Benchmarks
import Git
import GoToolchain

extension Explainer {
    /// The later commit with some of its files as the earlier one has them, measured.
    struct Trial: Sendable {
        let part: ChangedPart
        let measurement: Measurement
    }

    /// What is known of the kind of cause, for all series of a question.
    struct Cause: Sendable {
        var parts: [ChangedPart: [String]]
        var trials: [Trial] = []

        /// The kind for one series, told by the trial in which the difference vanished.
        func kind(of subject: Subject) -> (kind: Explanation.Kind, reason: String, warnings: [String]) {
            let changed = ChangedPart.allCases.filter { parts[$0] != nil }
            if changed.count == 1, let only = changed.first {
                return (only.kind, "nothing but \(only.files) changed of what decides the measurement", [])
            }
            var warnings: [String] = []
            for trial in trials {
                guard let value = trial.measurement.value(subject.benchmark, subject.metric) else {
                    warnings.append(
                        "with \(trial.part.files) of the earlier commit it gave no value: "
                            + "\(trial.measurement.failure(of: subject.benchmark))")
                    continue
                }
                let left = (value - subject.before) / subject.difference
                let shown = "\(subject.metric.formatted(value)) \(subject.metric)"
                if left.magnitude < 0.2 {
                    return (
                        trial.part.kind, "since with \(trial.part.files) of the earlier commit it is \(shown)", warnings
                    )
                }
                if (1 - left).magnitude > 0.2 {
                    warnings.append(
                        "a part of it comes from \(trial.part.files): with those of the earlier commit it is \(shown)")
                }
            }
            let files = trials.map(\.part.files).joined(separator: " or ")
            return (.code, "since it stays with \(files) of the earlier commit", warnings)
        }
    }

    /// Finds out which part of the change makes the difference, by measuring the later commit without each other part.
    func cause(_ question: Question, _ context: Context) async throws -> Cause {
        var cause = Cause(parts: ChangedPart.parts(of: context.changes, inputs: question.inputs))
        if let modules = cause.parts[.modules], context.isToolchainOnly(modules) {
            cause.parts[.modules] = nil
            cause.parts[.toolchain] = modules
        }
        guard cause.parts.count > 1 else { return cause }
        for part in ChangedPart.allCases where part != .code {
            guard let paths = cause.parts[part] else { continue }
            let replacements = try Repository(discovering: measurer.repository)
                .replacements(of: paths, from: question.before.id)
            let measurement = try await measurer.measure(
                question.target, at: question.after.id, replacing: replacements, like: question.measuredAfter)
            cause.trials.append(Trial(part: part, measurement: measurement))
        }
        return cause
    }
}
