import Benchmarks
import Git

extension Series {
    /// A series that was not measured, since nothing that decides its values differs between the ends.
    init(
        unchanged benchmark: Benchmark, _ metric: Metric, target: Measurement.Target, importPath: String,
        threshold: Threshold
    ) {
        self.benchmark = benchmark
        self.metric = metric
        self.target = target
        self.importPath = importPath
        self.threshold = threshold
        (good, bad, criterion, shortage) = (nil, nil, nil, nil)
        (outcome, isUnchanged) = (.notCrossed, true)
    }

    /// A series from what its target gave at both ends; nil when neither end has the metric and others are followed.
    ///
    /// - Parameter past: The values up to the good end, for a moving threshold.
    init?(
        _ benchmark: Benchmark, _ metric: Metric, target: Measurement.Target, importPath: String,
        threshold: Threshold, good: Measurement, bad: Measurement, past: PastValues, isSoleMetric: Bool
    ) {
        let goodValues = good.values(benchmark.name, metric)
        let badValues = bad.values(benchmark.name, metric)
        let isMeasured = good.names.contains(benchmark.name) || bad.names.contains(benchmark.name)
        // A metric that nobody reported, such as growth without the probe, is no series unless it was asked for alone.
        if goodValues.isEmpty && badValues.isEmpty && isMeasured && !isSoleMetric { return nil }
        self.benchmark = benchmark
        self.metric = metric
        self.target = target
        self.importPath = importPath
        self.threshold = threshold
        self.good = metric.summary(of: goodValues)
        self.bad = metric.summary(of: badValues)
        let iterations = (bad.pair ?? good.pair)?.long ?? 1
        shortage = past.shortage
        let bound = threshold.bound(good: self.good, past: past.values, metric: metric, iterations: iterations)
        criterion = bound.map {
            Criterion(metric: metric, bound: $0, reference: goodValues, iterations: iterations)
        }
        outcome = nil
        if bad.growsWithIterations(benchmark.name) && metric == .allocations {
            warnings.append(
                "allocs/op grows with b.N at the bad end: something accumulates from one iteration to the next")
        }
        if let failure = [good.failure, bad.failure].compactMap({ $0 }).first(where: \.isWarning) {
            warnings.append(failure.title)
        }
        settle(good: good, bad: bad, badValues: badValues)
    }

    /// Decides at once what the ends alone decide.
    private mutating func settle(good: Measurement, bad: Measurement, badValues: [Double]) {
        if badValues.isEmpty {
            let failure = bad.failure(of: benchmark.name)
            let isGone = [.missingBenchmark, .missingPackage, .missingModule].contains(failure.reason)
            outcome = isGone && self.good != nil ? .removed : .inconclusive
            warnings.append("there is no value at the bad end: \(failure)")
            return
        }
        if self.good == nil {
            let reason = "there is no value at the good end: \(good.failure(of: benchmark.name))"
            guard criterion != nil else {
                outcome = .missingAtGood
                warnings.append(
                    reason + "; use --tests-from REV to measure with the tests of another revision, or an "
                        + "absolute threshold such as -t '\(metric)=>100'")
                return
            }
            warnings.append(reason + "; it is taken as good, since the threshold does without")
        }
        guard let criterion else {
            outcome = .missingAtGood
            warnings += [shortage].compactMap { $0 }
            return
        }
        if let good = self.good, criterion.bound.isCrossed(by: good) {
            outcome = .inconclusive
            warnings.append("the good end lies beyond the threshold itself: \(good) is \(criterion.bound)")
            return
        }
        switch criterion.judge(badValues) {
        case .good: outcome = .notCrossed
        case .noise:
            outcome = .inconclusive
            warnings.append("the repeats at the bad end lie on both sides of the threshold: \(badValues)")
        case .bad, .needs: break
        }
    }

    /// Whether the ends leave it open, as far as they are known.
    var isOpenAtEnds: Bool { outcome == nil }

    /// How many rounds the ends need until they are decided; 0 when they are.
    func roundsWanted(good: Measurement, bad: Measurement) -> Int {
        guard let criterion, isOpenAtEnds else { return 0 }
        let judgements = [
            criterion.judgeGoodEnd(good.values(benchmark.name, metric)),
            criterion.judge(bad.values(benchmark.name, metric)),
        ]
        return judgements.reduce(0) { most, judgement in
            if case .needs(let rounds) = judgement, rounds > 1 { max(most, rounds) } else { most }
        }
    }
}
