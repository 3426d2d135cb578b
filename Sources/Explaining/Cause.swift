import Benchmarks

/// What is known of the kind of cause, for all series of a question.
struct Cause: Sendable {
    var parts: [ChangedPart: [String]]
    var trials: [Trial] = []

    /// The changed files that can decide the measurement.
    var files: Set<String> { Set(parts.values.joined()) }

    /// The kind for one series, found by the trial in which the difference vanished.
    func kind(of subject: Explainer.Subject) -> (kind: Explanation.Kind, reason: String, warnings: [String]) {
        let changed = ChangedPart.allCases.filter { parts[$0] != nil }
        if changed.isEmpty {
            return (.unknown, "no file this benchmark is known to depend on changed", [])
        }
        if changed.count == 1, let only = changed.first {
            return (only.kind, "of the files this benchmark depends on, only \(only.files) changed", [])
        }
        var (warnings, excluded): ([String], [ChangedPart]) = ([], [])
        for part in changed where part != .code {
            let trials = trials.filter { $0.part == part }
            guard let trial = trials.first(where: { $0.share(of: subject) != nil }),
                let share = trial.share(of: subject)
            else {
                warnings += trials.prefix(1).map {
                    "the effect of \(part.files) could not be determined: \($0.text(subject))"
                }
                continue
            }
            if share > 0.8 { return (part.kind, trial.text(subject), warnings) }
            if share > 0.2 { warnings.append("part of it comes from \(part.files): \(trial.text(subject))") }
            excluded.append(part)
        }
        let reason =
            excluded.isEmpty
            ? "as far as can be determined"
            : "it does not come from \(excluded.map(\.files).joined(separator: " or "))"
        return (.code, reason, warnings)
    }

    /// A measurement of one commit with a part of the change as the other one has it.
    struct Trial: Sendable {
        let part: ChangedPart
        let measurement: Measurement
        /// Whether it is the later commit without the part; otherwise it is the earlier one with it.
        let isWithout: Bool

        /// The share of the difference that the part makes; nil when the trial gave no value.
        func share(of subject: Explainer.Subject) -> Double? {
            guard let value = measurement.value(subject.benchmark, subject.metric) else { return nil }
            return (isWithout ? subject.after - value : value - subject.before) / subject.difference
        }

        /// What was tried, and the result.
        func text(_ subject: Explainer.Subject) -> String {
            let value = measurement.value(subject.benchmark, subject.metric)
            let shown = value.map { "\(subject.metric.formatted($0)) \(subject.metric)" }
            let result =
                shown.map { "measures \($0)" }
                ?? "gives no value: \(measurement.failure(of: subject.benchmark, subject.metric))"
            return isWithout
                ? "with \(part.files) of the earlier commit it \(result)"
                : "the earlier commit with \(part.files) of this one \(result)"
        }
    }
}
