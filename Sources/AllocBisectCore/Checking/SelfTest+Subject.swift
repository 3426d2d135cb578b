import Benchmarks
import Measuring
import Policy

extension SelfTest {
    /// One benchmark function with the series that it gave, and what has to be injected for all of them to fail.
    struct Subject {
        let measurement: Measurement
        private let importPath: String
        private let past: EarlierValues
        private let series: [(series: Series, needed: Result<Int, Refusal>)]

        /// Why a series cannot be tested.
        private struct Refusal: Error { let reason: String }

        /// The subject of a function's measurement at head, before which the past ends.
        init(
            _ measurement: Measurement, _ importPath: String, _ metrics: [Metric], _ request: CheckRequest,
            _ past: EarlierValues
        ) {
            self.measurement = measurement
            self.importPath = importPath
            self.past = past
            let names = measurement.names.filter(request.benchmarks.includes).sorted()
            series = (names.isEmpty ? [measurement.target.function] : names).flatMap { name in
                metrics.compactMap { metric in
                    Subject.series(name, metric, measurement, measurement, importPath, request, past)
                        .map { ($0, Subject.needed($0)) }
                }
            }
        }

        /// How many allocations to inject into each iteration.
        var allocations: Int { series.compactMap { try? $0.needed.get() }.max() ?? 0 }

        /// The result of each series, now that the injected variant is measured.
        func trials(_ injected: Measurement, _ request: CheckRequest) -> [Trial] {
            let judged = series.compactMap { series, needed in
                Subject.series(
                    series.benchmark.name, series.metric, measurement, injected, importPath, request, past
                ).map { ($0, needed) }
            }
            var checked = judged.map {
                CheckedSeries(
                    $0.0, base: measurement, head: injected, policy: request.policy, today: request.today)
            }
            checked.applyConditions()
            return zip(checked, judged).map { checked, judged in
                if case .failure(let refusal) = judged.1 {
                    return Trial(checked: checked, injected: 0, outcome: .exempt(reason: refusal.reason))
                }
                let outcome = Subject.outcome(checked)
                if case .exempt = outcome { return Trial(checked: checked, injected: 0, outcome: outcome) }
                return Trial(checked: checked, injected: allocations, outcome: outcome)
            }
        }

        private static func outcome(_ checked: CheckedSeries) -> Outcome {
            if let other = checked.condition.first(where: { $0.injectedAmount == nil }) {
                return .exempt(
                    reason: "the policy requires \(other) to be crossed as well, which the injection leaves alone")
            }
            if checked.state == .passed, let note = checked.conditionNote { return .exempt(reason: note) }
            return switch checked.state {
            case .failed: checked.after == nil ? .exempt(reason: "the injected variant gave no value") : .noticed
            case .warned: .exempt(reason: "the policy only warns about it")
            case .ignored(let ignore): .exempt(reason: "the policy ignores it until \(ignore.until)")
            case .unmeasurable(let reason): .exempt(reason: reason)
            case .passed, .accepted, .new: .missed
            }
        }

        private static func series(
            _ name: String, _ metric: Metric, _ before: Measurement, _ after: Measurement, _ importPath: String,
            _ request: CheckRequest, _ past: EarlierValues
        ) -> Series? {
            let benchmark = Benchmark(package: before.target.package, name: name)
            let threshold = request.policy.thresholds.threshold(for: metric, of: benchmark)
            return Series(
                benchmark, metric, target: before.target, importPath: importPath, threshold: threshold, good: before,
                bad: after, past: past.values(of: name, metric, by: threshold, upTo: before, from: past.commit),
                isSoleMetric: true)
        }

        private static func needed(_ series: Series) -> Result<Int, Refusal> {
            guard let value = series.good, let bound = series.criterion?.bound, let unit = series.metric.injectedAmount
            else { return .failure(Refusal(reason: series.shortage ?? "it has no value at head")) }
            guard bound.isUpward else {
                return .failure(Refusal(reason: "its threshold \(series.threshold) looks for improvements"))
            }
            guard !bound.isCrossed(by: value) else {
                return .failure(Refusal(reason: "head already breaks its threshold \(series.threshold)"))
            }
            return .success(Int(((bound.value - value) / unit).rounded(.up)) + 1)
        }
    }
}
