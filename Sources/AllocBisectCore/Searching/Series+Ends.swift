import Benchmarks
import Git
import Measuring

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
    /// - Parameters:
    ///   - past: The values up to the good end, for a moving threshold.
    ///   - isTimed: Whether it is searched run by run.
    ///   - isJudged: Whether the values at the ends decide by themselves whether it is.
    init?(
        _ benchmark: Benchmark, _ metric: Metric, target: Measurement.Target, importPath: String,
        threshold: Threshold, good: Measurement, bad: Measurement, past: BaselineValues, isSoleMetric: Bool,
        isTimed: Bool = false, isJudged: Bool = true
    ) {
        let goodSample = good.sample(benchmark.name, metric)
        let badSample = bad.sample(benchmark.name, metric)
        let isMeasured = good.names.contains(benchmark.name) || bad.names.contains(benchmark.name)
        // A metric that nobody reported, such as growth without the probe, is not a series unless it was asked for by
        // itself.
        if goodSample == nil && badSample == nil && isMeasured && !isSoleMetric { return nil }
        self.benchmark = benchmark
        self.metric = metric
        self.target = target
        self.importPath = importPath
        self.threshold = threshold
        self.good = goodSample?.value
        self.bad = badSample?.value
        let pair = bad.pair ?? good.pair ?? .standard
        shortage = past.shortage
        let bound = threshold.bound(good: self.good, past: past.values, metric: metric, pair: pair)
        criterion = bound.map {
            Criterion(
                metric: metric, bound: $0, good: goodSample, bad: badSample?.value, badValues: badSample?.values ?? [],
                isAbsolute: threshold.isAbsolute, pair: pair)
        }
        outcome = nil
        self.isTimed = isTimed
        if let badSample, badSample.isGrowing {
            warnings.append(
                "\(metric) grows with b.N at the bad end: something accumulates from one iteration to the next")
        }
        if metric.behavior == .growth, bad.isUnsettled(benchmark.name) {
            warnings.append(
                "goroutines, finalizers or cleanups were still running seconds after the benchmark: some of what "
                    + "counts as left behind may go away later")
        }
        let failures = [good.failure, bad.failure].compactMap { $0 }
        if let failure = failures.first(where: { $0.isWarning && !$0.isCounted }) { warnings.append(failure.title) }
        settle(good: good, bad: bad, badSample, isJudged: isJudged)
    }

    /// Decides at once what the ends alone decide.
    private mutating func settle(good: Measurement, bad: Measurement, _ badSample: Sample?, isJudged: Bool) {
        guard let badSample else {
            let failure = bad.failure(of: benchmark.name, metric)
            outcome = failure.isOfAbsence(of: metric) && self.good != nil ? .removed : .inconclusive
            warnings.append(
                "no value at the bad end: \(failure)" + (failure.remedy.map { "; \($0)" } ?? ""))
            return
        }
        if self.good == nil {
            let failure = good.failure(of: benchmark.name, metric)
            let reason = "no value at the good end: \(failure)"
            guard criterion != nil else {
                outcome = failure.isOfAbsence(of: metric) ? .new : .missingAtGood
                let remedy = failure.remedy ?? "use --tests-from REV to measure with the tests of another revision"
                warnings.append(reason + "; \(remedy), or use an absolute threshold such as -t '\(metric)=>100'")
                return
            }
            warnings.append(reason + "; it counts as good, since an absolute threshold does not need its value")
        }
        guard let criterion else {
            outcome = .missingAtGood
            warnings += [shortage].compactMap { $0 }
            return
        }
        if !isJudged { return }
        if let good = self.good, criterion.bound.isCrossed(by: good) {
            outcome = .inconclusive
            warnings.append(
                "the good end is already beyond the threshold: \(metric.formatted(good)) is \(criterion.bound)")
            return
        }
        switch criterion.judge(badSample) {
        case .good: outcome = .notCrossed
        case .bad where metric.behavior == .growth && bad.isUnsettled(benchmark.name): outcome = .inconclusive
        case .noise:
            outcome = .inconclusive
            warnings.append(
                "repeated runs of the bad end fall on both sides of the threshold: \(metric.listed(badSample.values))")
        case .bad, .needs: break
        }
    }

    /// Whether the ends leave it open, as far as they are known.
    var isOpenAtEnds: Bool { outcome == nil }

    /// How many rounds the ends need until they are decided; 0 when they are.
    func roundsWanted(good: Measurement, bad: Measurement) -> Int {
        guard let criterion, isOpenAtEnds else { return 0 }
        let judgements = [
            criterion.judge(good.sample(benchmark.name, metric)), criterion.judge(bad.sample(benchmark.name, metric)),
        ]
        return judgements.reduce(criterion.roundsAtBadEnd) { most, judgement in
            if case .needs(let rounds) = judgement, rounds > 1 { max(most, rounds) } else { most }
        }
    }
}
