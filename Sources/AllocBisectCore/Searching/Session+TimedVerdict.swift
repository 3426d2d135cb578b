import Benchmarks
import Bisection
import Foundation
import Git
import Measuring

extension Session {
    /// Takes down what the searches under way found out, and ends them.
    mutating func concludeTimed() throws {
        let repository = try Repository(discovering: measurements.directory)
        for search in timed.underWay {
            var found = try verdict(series[search.series], nil, repository)
            try conclude(search, &found, repository)
            timed.verdicts[search.series] = found
            for id in search.bisector.skippedCommits {
                let failure = readings.own(found.target, at: id)?.measurement.failure(
                    of: found.benchmark, found.metric)
                timed.skips[id] = failure?.text ?? "no value"
            }
        }
        timed.underWay = []
    }

    /// What a search of a timed series found out.
    private func conclude(_ search: TimedSearch, _ verdict: inout SeriesVerdict, _ repository: borrowing Repository)
        throws
    {
        let (good, bad) = (range.base, range.bad)
        let levels = search.levels(at: good, and: bad)
        verdict.good = levels?.first ?? search.value(at: good) ?? verdict.good
        verdict.bad = levels?.second ?? search.value(at: bad) ?? verdict.bad
        verdict.bound =
            search.threshold.bound(good: verdict.good, metric: search.metric, pair: search.pair) ?? verdict.bound
        verdict.runs = search.runs.count
        verdict.interval = levels?.interval
        if search.isBelowThreshold || search.bisector.result == .notCrossed {
            verdict.outcome = .notCrossed
            return
        }
        verdict.outcome = .inconclusive
        if search.isStuck {
            verdict.warnings.append("runs of \(search.culprit == nil ? "an end" : "the culprit") fail")
        }
        guard let estimate = search.bisector.estimate, search.bisector.isEstablished, estimate.isSignificant else {
            verdict.warnings.append(noise(search))
            return
        }
        for suspect in search.bisector.suspects {
            verdict.likely.append(
                .init(commit: try repository.commit(suspect.commit), probability: suspect.probability))
        }
        if let culprit = search.culprit { return try conclude(search, culprit, estimate, &verdict, repository) }
        if search.worsening(estimate) < search.required {
            (verdict.outcome, verdict.likely) = (.notCrossed, [])
            return
        }
        verdict.outcome = .oneOf
        let suspects = verdict.likely.map(\.commit.id)
            .sorted { range.graph.index(of: $0) ?? 0 < range.graph.index(of: $1) ?? 0 }
        try verdict.suspect(suspects, repository)
        if search.bisector.result == nil {
            verdict.warnings.append("the budget ran out after \(search.runs.count) runs; \(Self.goingOn)")
        }
    }

    private static let goingOn = "run the same command with a larger --budget to continue"

    /// Why the ends tell nothing.
    private func noise(_ search: TimedSearch) -> String {
        let runs = search.runs.count
        guard let estimate = search.bisector.estimate, runs >= 8 else {
            return "the budget ran out before the ends could be compared; \(Self.goingOn)"
        }
        let visible = Self.percent(estimate.smallestVisibleChange)
        return "the ends do not differ by more than noise: a change of \(visible) or more would have been seen in "
            + "\(runs) runs; \(Self.goingOn)"
    }

    private func conclude(
        _ search: TimedSearch, _ culprit: ObjectID, _ estimate: StepEstimate, _ verdict: inout SeriesVerdict,
        _ repository: borrowing Repository
    ) throws {
        var doubts: [Growth.Doubt] = []
        var step = search.worsening(estimate)
        for check in search.checks {
            if let seen = check.bisector.estimate, check.isConfirmed == true, search.worsening(seen) > 0 {
                step = min(step, search.worsening(seen))
            } else if check.isMissing {
                let failure = readings.own(verdict.target, at: check.first)?.measurement.failure(
                    of: verdict.benchmark, verdict.metric)
                let reason = failure.map { ": \($0)" } ?? ""
                doubts.append(
                    .init(
                        text: "the parent \(check.first.short) cannot be measured\(reason)", isContradiction: false))
            } else if !search.isStuck {
                doubts.append(
                    .init(
                        text: "the step from the parent \(check.first.short) to \(culprit.short) was not seen again "
                            + "in \(check.bisector.count) runs", isContradiction: true))
            }
        }
        if step < search.required, !doubts.contains(where: \.isContradiction) {
            let ends = search.endsEstimate.map(search.worsening) ?? step
            verdict.outcome = ends < search.required ? .notCrossed : .inconclusive
            let threshold = ends < search.required ? "the threshold asks for more" : "the ends differ by more"
            verdict.warnings.append(
                "the likeliest step, at \(culprit.short), changes it by \(Self.percent(step)), but \(threshold)")
            return
        }
        let parent = search.checks.first { !$0.isMissing }?.first
        let levels = parent.flatMap { search.levels(at: $0, and: culprit) }
        verdict.culprits = [
            Culprit(
                commit: try repository.commit(culprit), before: levels?.first ?? parent.flatMap(search.value),
                after: levels?.second ?? search.value(at: culprit), parent: parent,
                confirmed: doubts.isEmpty && !search.isStuck)
        ]
        verdict.warnings += doubts.map(\.text)
        if !doubts.contains(where: \.isContradiction) { verdict.outcome = .found }
        verdict.warnings += (search.further ?? []).filter(search.isStep).map { further($0, search.metric) }
    }

    /// What else changed, on either side of a culprit.
    private func further(_ check: TimedSearch.Check, _ metric: Metric) -> String {
        let change = check.bisector.estimate?.change ?? 0
        let stretch = "\(check.first.short)..\(check.second.short)"
        return "there is another step in \(stretch), by \(change < 0 ? "-" : "+")\(Self.percent(change)): "
            + request.measuring.command([stretch, "-m", metric.unit])
    }

    /// The amount of a change, which is given as a difference of logarithms.
    private static func percent(_ change: Double) -> String {
        ((exp(change) - 1).magnitude * 100).formatted(decimals: 1) + " %"
    }
}
