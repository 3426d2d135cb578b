import Benchmarks
import Bisection
import Git
import GoToolchain

extension Session {
    /// What was found out.
    func verdict() async throws -> Verdict {
        let repository = try Repository(discovering: request.directory)
        var verdicts: [SeriesVerdict] = []
        for (position, series) in series.enumerated() {
            let search = searches.first { $0.series.contains(position) }
            verdicts.append(try verdict(series, search, repository))
        }
        verdicts.sort { $0.outcome.rank < $1.outcome.rank }
        return Verdict(
            good: plan.range.good, bad: plan.range.bad, mergeBase: plan.range.mergeBase, candidates: plan.graph.count,
            interesting: tally.interesting, series: verdicts, measured: tally.measured.count,
            reused: tally.reused.subtracting(tally.measured).count, skipped: skips(), warnings: warnings())
    }

    private func verdict(
        _ series: Series, _ search: Search?, _ repository: borrowing Repository
    ) throws -> SeriesVerdict {
        var verdict = SeriesVerdict(
            package: series.importPath, directory: series.benchmark.package, benchmark: series.benchmark.name,
            metric: series.metric, good: series.good, bad: series.bad, threshold: series.threshold,
            bound: series.criterion?.bound, outcome: series.outcome ?? .inconclusive, culprits: [], suspects: [],
            warnings: series.warnings)
        guard let search else { return verdict }
        for commit in culprits(of: search) {
            let (culprit, doubts) = try culprit(commit, series, repository)
            verdict.culprits.append(culprit)
            verdict.warnings += doubts
        }
        let unclear = unclearCrossings(of: search)
        verdict.suspects = unclear.first ?? []
        if verdict.culprits.isEmpty {
            verdict.outcome = unclear.isEmpty ? (request.wantsAll ? .notCrossed : .inconclusive) : .oneOf
        } else {
            verdict.outcome = verdict.culprits.contains(where: \.confirmed) ? .found : .inconclusive
        }
        verdict.warnings += contradictions(search)
        return verdict
    }

    private func unclearCrossings(of search: Search) -> [[ObjectID]] {
        if request.wantsAll { return crossings(of: search).filter { $0.count > 1 } }
        guard case .oneOf(let suspects) = search.bisector.result else { return [] }
        return [suspects]
    }

    /// A culprit with its values, and what speaks against it.
    private func culprit(
        _ id: ObjectID, _ series: Series, _ repository: borrowing Repository
    ) throws -> (Culprit, doubts: [String]) {
        let here = readings.reading(series.target, at: id)?.reading
        var doubts: [String] = []
        var before: Double?
        for parent in plan.parents(of: id) {
            guard let reading = readings.reading(series.target, at: parent)?.reading else {
                doubts.append("the parent \(parent.short) was not measured")
                continue
            }
            before = before ?? reading.measurement.value(series.benchmark.name, series.metric)
            switch series.evaluation(reading.measurement) {
            case .good: break
            case .bad:
                doubts.append(
                    "the parent \(parent.short) of \(id.short) is bad as well, but lies outside the range: a side "
                        + "branch forked before good did, when the threshold was crossed already")
            case .skip(let failure): doubts.append("the parent \(parent.short) cannot be measured: \(failure)")
            case .needs, .noise: doubts.append("the parent \(parent.short) does not give a steady value")
            }
        }
        var isBad = false
        if let here, case .bad = series.evaluation(here.measurement) { isBad = true }
        let isRepeated = ([id] + plan.parents(of: id)).allSatisfy {
            readings.reading(series.target, at: $0)?.reading.isConfirmed ?? false
        }
        let culprit = Culprit(
            commit: try repository.commit(id), before: before,
            after: here?.measurement.value(series.benchmark.name, series.metric),
            confirmed: isBad && isRepeated && doubts.isEmpty)
        return (culprit, doubts)
    }

    private func contradictions(_ search: Search) -> [String] {
        guard !request.wantsAll, let first = search.bisector.contradictions.first else { return [] }
        return [
            "it does not change in a single step: \(first.good.short) is good although it comes after the bad "
                + "\(first.bad.short). The first crossing that was seen is named; --all names every one"
        ]
    }

    /// The commits that gave no value for a search, with the reason.
    private func skips() -> [Verdict.Skip] {
        var reasons: [ObjectID: String] = [:]
        for search in searches {
            for id in plan.graph.ids where reasons[id] == nil && search.bisector.evaluation(of: id) == .skip {
                guard let reading = readings.reading(search.target, at: id)?.reading,
                    let position = search.series.first
                else { continue }
                reasons[id] = series[position].skipReason(reading.measurement)
            }
        }
        return plan.graph.ids.compactMap { id in reasons[id].map { Verdict.Skip(commit: id, reason: $0) } }
    }

    private func warnings() -> [String] {
        var warnings: [String] = []
        if let base = plan.range.mergeBase {
            warnings.append(
                "\(plan.range.good.short) is no ancestor of \(plan.range.bad.short); their merge base \(base.short) "
                    + "stands in for it")
        }
        if measurer.probe.version == 0 {
            warnings.append(
                "the probe does not fit \(measurer.toolchain.version): allocs/op and B/op are truncated as Go prints "
                    + "them, and growth is not measured")
        }
        return warnings
    }

    var progress: Event.Progress {
        let remaining = searches.filter { $0.bisector.result == nil }.map(\.bisector.remaining)
        let steps = remaining.map(\.expectedSteps).max() ?? 0
        return Event.Progress(
            candidates: remaining.map(\.candidates).max() ?? 0, steps: steps,
            seconds: tally.secondsEach.map { $0 * Double(steps) })
    }

    /// What came out of a measurement, in a few words.
    func summary(of found: [Measurer.Reading]) -> String {
        var parts: [String] = []
        for reading in found {
            if reading.measurement.rounds.isEmpty, let failure = reading.measurement.failure {
                parts.append("\(failure)")
            }
            for series in series where series.target == reading.measurement.target && series.outcome == nil {
                guard let value = reading.measurement.value(series.benchmark.name, series.metric) else { continue }
                parts.append("\(series.benchmark.name) \(series.metric.formatted(value)) \(series.metric)")
            }
        }
        let shown = parts.prefix(3).joined(separator: ", ")
        return parts.count > 3 ? "\(shown), and \(parts.count - 3) more" : shown
    }
}

extension Series {
    fileprivate func skipReason(_ measurement: Measurement) -> String {
        switch evaluation(measurement) {
        case .skip(let failure): "\(failure)"
        case .noise(let values): "the repeats lie on both sides of the threshold: \(values)"
        case .needs: "it was not measured often enough"
        case .good, .bad: "no value"
        }
    }
}

extension SeriesOutcome {
    /// The order in which series are listed.
    fileprivate var rank: Int { SeriesOutcome.allCases.firstIndex(of: self) ?? 0 }
}
