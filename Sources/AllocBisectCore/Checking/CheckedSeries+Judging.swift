import Benchmarks
import Policy

extension CheckedSeries {
    /// A series that was not measured, since nothing that decides its values differs between base and head.
    init(unchanged series: Series, policy: Policy) {
        self.init(
            package: series.importPath, benchmark: series.benchmark, metric: series.metric, before: nil, after: nil,
            threshold: series.threshold, bound: nil,
            condition: policy.condition(of: series.benchmark, series.metric),
            severity: policy.severity(of: series.benchmark, series.metric), state: .passed, target: series.target)
    }

    /// Judges a series by its values at the base and at head, as if it stood for itself: `applyConditions` comes later.
    ///
    /// - An absolute threshold is about head alone, and holds for a new benchmark as well, and where the base could not
    ///   be measured, which is reported.
    /// - A benchmark that has a value at the base and none at head breaks the policy unless `missing` says otherwise:
    ///   a regression could hide behind it.
    /// - What has no value at either end, or none at the base although it exists there, cannot be compared and is reported;
    ///   nor can a metric that this program could not tell of a benchmark that ran.
    init(_ series: Series, base: Measurement, head: Measurement, policy: Policy, today: Day) {
        self.init(
            package: series.importPath, benchmark: series.benchmark, metric: series.metric, before: series.good,
            after: series.bad, threshold: series.threshold, bound: series.criterion?.bound,
            condition: policy.condition(of: series.benchmark, series.metric),
            severity: policy.severity(of: series.benchmark, series.metric), state: .passed, target: series.target)
        guard let after else {
            let failure = head.failure(of: benchmark.name, metric)
            let reason = "no value at head: \(failure)"
            let isUntold = failure.reason == .unreported && !failure.isOfAbsence(of: metric)
            guard before != nil, !isUntold else {
                state = .unmeasurable(reason: reason)
                return
            }
            severity = policy.missing
            breakPolicy(policy, today, reason: reason)
            return
        }
        let failure = base.failure(of: benchmark.name, metric)
        let isNew = before == nil && failure.isOfAbsence(of: metric)
        guard let criterion = series.criterion else {
            if let shortage = series.shortage, before != nil {
                state = .unmeasurable(reason: shortage)
                return
            }
            state = isNew ? .new : .unmeasurable(reason: "no value at the base: \(failure)")
            return
        }
        if before == nil, !isNew { baseFailure = "\(failure)" }
        // The bound of a moving threshold can lie below the base's own value, which is then no fault of the range.
        if let before, series.threshold.baseline != nil, criterion.bound.isCrossed(by: before) {
            state = .unmeasurable(
                reason: "the base is already beyond the threshold: \(metric.formatted(before)) is \(criterion.bound)")
            return
        }
        switch criterion.judge(head.sample(benchmark.name, metric)) {
        case .good: state = isNew ? .new : .passed
        case .needs where !criterion.bound.isCrossed(by: after): state = .passed
        case .bad, .needs: breakPolicy(policy, today)
        case .noise: state = .unmeasurable(reason: "repeated runs of head fall on both sides of the threshold")
        }
    }

    private mutating func breakPolicy(_ policy: Policy, _ today: Day, reason: String? = nil) {
        if let ignore = policy.ignore(of: benchmark, metric, on: today) {
            state = .ignored(ignore)
        } else {
            state = severity == .fail ? .failed(reason: reason) : .warned(reason: reason)
        }
    }
}
