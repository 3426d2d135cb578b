import Benchmarks
import Bisection
import Git
import GoToolchain

extension Session {
    /// What was found out.
    func verdict() async throws -> Verdict {
        let repository = try Repository(discovering: measurements.directory)
        var verdicts: [SeriesVerdict] = []
        var searched: [Int: Search] = [:]
        for search in allSearches { for position in search.series { searched[position] = search } }
        for (position, series) in series.enumerated() {
            verdicts.append(try verdict(series, searched[position], repository))
        }
        verdicts.sort { $0.outcome.rank < $1.outcome.rank }
        return Verdict(
            good: plan.range.good, bad: plan.range.bad, mergeBase: plan.range.mergeBase, candidates: plan.graph.count,
            canDiffer: tally.canDiffer, series: verdicts, measured: tally.measured.count,
            reused: tally.reused.subtracting(tally.measured).count, skipped: skips(),
            warnings: plan.warnings + measurements.warnings + warnings + recalledFailures,
            leftOut: leftOut.map { Benchmark(package: $0.package, name: $0.function) })
    }

    private func verdict(
        _ series: Series, _ search: Search?, _ repository: borrowing Repository
    ) throws -> SeriesVerdict {
        var verdict = SeriesVerdict(
            package: series.importPath, directory: series.benchmark.package, benchmark: series.benchmark.name,
            target: series.target, metric: series.metric, good: series.good, bad: series.bad,
            threshold: series.threshold,
            bound: series.criterion?.bound, outcome: series.outcome ?? .inconclusive, culprits: [], suspects: [],
            warnings: series.warnings, isUnchanged: series.isUnchanged)
        guard let search else { return verdict }
        var isContradicted = true
        var objections: [String] = []
        for commit in culprits(of: search) {
            if let objection = objection(to: commit, series) {
                objections.append(objection)
                continue
            }
            let doubts = doubts(about: commit, series)
            verdict.culprits.append(try culprit(commit, series, doubts, repository))
            verdict.warnings += doubts.map(\.text)
            if !doubts.contains(where: \.isContradiction) { isContradicted = false }
        }
        let unclear = unclearCrossings(of: search)
        verdict.suspects = unclear.first ?? []
        if let first = verdict.suspects.first, let last = verdict.suspects.last {
            verdict.suspectEnds = .init(first: try repository.commit(first), last: try repository.commit(last))
        }
        if verdict.culprits.isEmpty {
            let isClear = request.wantsAll && objections.isEmpty
            verdict.outcome = unclear.isEmpty ? (isClear ? .notCrossed : .inconclusive) : .oneOf
        } else {
            verdict.outcome = isContradicted ? .inconclusive : .found
        }
        if search.bisector.result == nil && verdict.culprits.isEmpty && deadline.hasPassed {
            let left = search.bisector.remaining.candidates
            verdict.outcome = .inconclusive
            verdict.warnings.append(
                "the budget ran out while \(left) commits could still be the culprit; the same command continues from there"
            )
        }
        verdict.warnings += objections + contradictions(search)
        return verdict
    }

    private func unclearCrossings(of search: Search) -> [[ObjectID]] {
        if request.wantsAll { return crossings(of: search).filter { $0.count > 1 } }
        guard case .oneOf(let suspects) = search.bisector.result else { return [] }
        return [suspects]
    }

    /// Why a commit where the threshold is crossed is not named: it makes no step of its own.
    private func objection(to id: ObjectID, _ series: Series) -> String? {
        func sample(_ commit: ObjectID) -> Sample? {
            readings.reading(series.target, at: commit)?.reading.measurement.sample(
                series.benchmark.name, series.metric)
        }
        guard let criterion = series.criterion, let after = sample(id) else { return nil }
        let objections = plan.parents(of: id).compactMap { parent -> String? in
            guard let before = sample(parent), criterion.judge(before) == .good else { return nil }
            return criterion.objection(to: after, after: before)
        }
        return objections.first.map {
            "the threshold is crossed at \(id.short), which is not named, since its own step is too small: \($0)"
        }
    }

    /// Something that keeps a culprit from being confirmed.
    private struct Doubt {
        let text: String
        /// Whether it says that the culprit cannot be right; otherwise something is only not known.
        let isContradiction: Bool
    }

    /// What speaks against a culprit, by its own measurement and those of its parents.
    private func doubts(about id: ObjectID, _ series: Series) -> [Doubt] {
        var doubts: [Doubt] = []
        func add(_ text: String, isContradiction: Bool = false) {
            doubts.append(Doubt(text: text, isContradiction: isContradiction))
        }
        if let here = readings.own(series.target, at: id), case .bad = series.evaluation(here.measurement) {
        } else {
            add("\(id.short) was not bad again when it was measured once more", isContradiction: true)
        }
        for parent in plan.parents(of: id) {
            guard let reading = readings.own(series.target, at: parent) else {
                add("the parent \(parent.short) was not measured")
                continue
            }
            switch series.evaluation(reading.measurement) {
            case .good: break
            case .bad:
                add(
                    "the parent \(parent.short) of \(id.short) is bad as well, but lies outside the range: a side "
                        + "branch forked before good did, when the threshold was crossed already", isContradiction: true
                )
            case .skip(let failure): add("the parent \(parent.short) cannot be measured: \(failure)")
            case .needs, .noise:
                add("the parent \(parent.short) does not give a steady value", isContradiction: true)
            }
        }
        return doubts
    }

    private func culprit(
        _ id: ObjectID, _ series: Series, _ doubts: [Doubt], _ repository: borrowing Repository
    ) throws -> Culprit {
        func value(_ commit: ObjectID) -> Double? {
            readings.own(series.target, at: commit)?.measurement.value(series.benchmark.name, series.metric)
        }
        let parents = plan.parents(of: id)
        let isRepeated = ([id] + parents).allSatisfy { isConfirmed(series.target, at: $0) }
        let parent = parents.first { value($0) != nil }
        return Culprit(
            commit: try repository.commit(id), before: parent.flatMap(value), after: value(id), parent: parent,
            confirmed: isRepeated && doubts.isEmpty)
    }

    private func contradictions(_ search: Search) -> [String] {
        guard !request.wantsAll, let first = search.bisector.contradictions.first else { return [] }
        return [
            "it does not change in a single step: \(first.good.short) is good although it comes after the bad "
                + "\(first.bad.short). The first crossing that was seen is named; --all names every one"
        ]
    }

    /// What to do about failures that were not seen now, but decide the answer.
    private var recalledFailures: [String] {
        let targets = Set(series.filter { $0.outcome != .notCrossed }.map(\.target))
        let recalled = ([plan.base] + plan.graph.ids).filter { commit in
            targets.contains { target in
                readings.own(target, at: commit).map { $0.measurement.hasFailed && !$0.isNew } ?? false
            }
        }
        if recalled.isEmpty { return [] }
        let revisions = recalled.count > 3 ? "" : recalled.map { " " + $0.short }.joined()
        return [
            "\(recalled.count == 1 ? "a failure was" : "\(recalled.count) failures were") recalled from the results "
                + "cache. To try again, run first: allocbisect cache forget --failures\(revisions)"
        ]
    }

    /// The commits that gave no value for a search, with the reason.
    private func skips() -> [Verdict.Skip] {
        var reasons: [ObjectID: String] = [:]
        for search in allSearches {
            for id in plan.graph.ids where reasons[id] == nil && search.bisector.evaluation(of: id) == .skip {
                guard let reading = readings.reading(search.target, at: id)?.reading,
                    let position = search.series.first
                else { continue }
                reasons[id] = series[position].skipReason(reading.measurement)
            }
        }
        return plan.graph.ids.compactMap { id in reasons[id].map { Verdict.Skip(commit: id, reason: $0) } }
    }

    var progress: Event.Progress {
        let remaining = openSearches.map(\.bisector.remaining)
        let steps = remaining.map(\.expectedSteps).max() ?? 0
        return Event.Progress(
            candidates: remaining.map(\.candidates).max() ?? 0, steps: steps,
            seconds: tally.secondsEach.map { $0 * Double(steps) })
    }

    /// What came out of a measurement, in a few words.
    func summary(of found: [KnownMeasurement]) -> String {
        var parts: [String] = []
        let open = Dictionary(grouping: series.filter { $0.outcome == nil }, by: \.target)
        for reading in found {
            // What keeps a package from building is the same for all of its benchmarks.
            if reading.measurement.rounds.isEmpty, let failure = reading.measurement.failure,
                !parts.contains(failure.description)
            {
                parts.append(failure.description)
            }
            for series in open[reading.measurement.target] ?? [] {
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
        case .skip(let failure): failure.text
        case .noise(let values): "the repeats lie on both sides of the threshold: \(metric.listed(values))"
        case .needs: "it was not measured often enough"
        case .good, .bad: "no value"
        }
    }
}

extension SeriesOutcome {
    /// The order in which series are listed.
    var rank: Int { SeriesOutcome.allCases.firstIndex(of: self) ?? 0 }
}
