import Benchmarks
import Bisection
import Git
import GoToolchain
import Measuring

extension Session {
    /// What was found out.
    func verdict() async throws -> Verdict {
        let repository = try Repository(discovering: measurements.directory)
        var verdicts: [SeriesVerdict] = []
        var searched: [Int: Search] = [:]
        for search in allSearches { for position in search.series { searched[position] = search } }
        for (position, series) in series.enumerated() {
            verdicts.append(try timed.verdicts[position] ?? verdict(series, searched[position], repository))
        }
        verdicts.sort { $0.outcome.rank < $1.outcome.rank }
        var found = Verdict(
            good: range.resolved.good, bad: range.bad, mergeBase: range.resolved.mergeBase,
            candidates: range.graph.count,
            canDiffer: cost.canDiffer, series: verdicts, measured: cost.measured.count,
            reused: cost.reused.subtracting(cost.measured).count, skipped: skips(),
            warnings: range.warnings + measurements.warnings + warnings + recalledFailures(repository)
                + smallSteps(verdicts),
            leftOut: leftOut.map { Benchmark(package: $0.package, name: $0.function) })
        found.continuation = request.measuring.continuation
        return found
    }

    func verdict(
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
        // In the order of the history; what was found last may come first.
        let steps = series.growth.steps.map { (step: $0, index: range.graph.index(of: $0.commit) ?? 0) }
            .sorted { $0.index < $1.index }.map(\.step)
        var unclear = request.wantsAll ? crossings(of: search).filter { $0.count > 1 } : []
        for step in steps {
            switch step.kind {
            case .drift(let objection): objections.append(objection)
            case .oneOf(let suspects): unclear.append(suspects)
            case .culprit(let doubts):
                verdict.culprits.append(try culprit(step, series, doubts, repository))
                verdict.warnings += doubts.map(\.text)
                if !doubts.contains(where: \.isContradiction) { isContradicted = false }
            }
        }
        try verdict.suspect(unclear.first ?? [], repository)
        if verdict.culprits.isEmpty {
            let isClear = request.wantsAll && objections.isEmpty
            verdict.outcome = unclear.isEmpty ? (isClear ? .notCrossed : .inconclusive) : .oneOf
        } else {
            verdict.outcome = isContradicted ? .inconclusive : .found
        }
        if search.bisector.result == nil, deadline.hasPassed {
            let left = search.bisector.remaining.candidates
            if steps.isEmpty { verdict.outcome = .inconclusive }
            verdict.warnings.append(
                "the budget ran out while \(left) commits could still be \(steps.isEmpty ? "the" : "another") culprit; "
                    + request.measuring.continuation
            )
        }
        // Beside a culprit it is enough that a part came little by little.
        verdict.warnings +=
            (verdict.culprits.isEmpty || request.wantsAll ? objections : []) + contradictions(search, series)
        account(for: series, &verdict)
        return verdict
    }

    /// How much of what a series changed by its culprits made, where that was looked for.
    private func account(for series: Series, _ verdict: inout SeriesVerdict) {
        guard series.isFollowed, !request.wantsAll, let good = series.good, let bad = series.bad, bad != good else {
            return
        }
        for position in verdict.culprits.indices {
            let culprit = verdict.culprits[position]
            guard let before = culprit.before, let after = culprit.after else { continue }
            let brought = merged(by: culprit, of: verdict.culprits[..<position]).reduce(0) { $0 + ($1.share ?? 0) }
            verdict.culprits[position].share = (after - before) / (bad - good) - brought
        }
        let shares = verdict.culprits.compactMap(\.share)
        guard !shares.isEmpty, shares.count == verdict.culprits.count else { return }
        let unexplained = 1 - shares.reduce(0, +)
        // Sums of fractions are off by as little as no value can be.
        verdict.unexplained = unexplained.magnitude < 1e-9 ? 0 : unexplained
        verdict.isAccounted =
            !request.stopsAtFirst && !deadline.hasPassed && verdict.suspects.isEmpty
            && !series.growth.isContradicted && !series.growth.isExhausted
    }

    /// Those of some culprits that a merge brings to the parent that it is compared with.
    private func merged(by culprit: Culprit, of earlier: ArraySlice<Culprit>) -> [Culprit] {
        guard !earlier.isEmpty, range.parents(of: culprit.commit.id).count > 1,
            let index = range.graph.index(of: culprit.commit.id)
        else { return [] }
        let all = range.graph.ancestors(of: [index])
        let base = range.graph.ancestors(of: [culprit.parent.flatMap(range.graph.index)].compactMap { $0 })
        return earlier.filter { other in
            range.graph.index(of: other.commit.id).map { all.contains($0) && !base.contains($0) } ?? false
        }
    }

    /// What shows the steps of the series that none of their culprits made.
    private func smallSteps(_ verdicts: [SeriesVerdict]) -> [String] {
        guard verdicts.contains(where: \.hasSmallSteps) else { return [] }
        let ends = "\(range.resolved.good.short)..\(range.bad.short)"
        return ["to see steps smaller than the threshold: \(request.measuring.command(["history", ends]))"]
    }

    private func culprit(
        _ step: Growth.Step, _ series: Series, _ doubts: [Growth.Doubt], _ repository: borrowing Repository
    ) throws -> Culprit {
        let id = step.commit
        func value(_ commit: ObjectID) -> Double? {
            readings.own(series.target, at: commit)?.measurement.value(series.benchmark.name, series.metric)
        }
        let parents = range.parents(of: id)
        let isRepeated = ([id] + parents).allSatisfy { isConfirmed(series.target, at: $0) }
        // Of a merge's parents, one that is far from it may come from before an earlier step.
        let after = value(id)
        let values = parents.compactMap { parent in value(parent).map { (parent: parent, value: $0) } }
        let nearest = values.min { ($0.value - (after ?? 0)).magnitude < ($1.value - (after ?? 0)).magnitude }
        return Culprit(
            commit: try repository.commit(id), before: nearest?.value, after: after, parent: nearest?.parent,
            confirmed: isRepeated && doubts.isEmpty, isStepBack: step.isReversed)
    }

    private func contradictions(_ search: Search, _ series: Series) -> [String] {
        // Where the search goes on, what contradicts a single step is another one.
        guard !request.wantsAll, request.stopsAtFirst || !series.isFollowed || series.growth.isContradicted,
            let first = search.bisector.contradictions.first
        else { return [] }
        return [
            "the history is not monotonic: \(first.good.short) is good although its ancestor \(first.bad.short) is "
                + "bad; the first crossing is reported (--all reports every one)"
        ]
    }

    /// What to do about failures that were not seen now, but decide the answer.
    private func recalledFailures(_ repository: borrowing Repository) -> [String] {
        let targets = Set(series.filter { $0.outcome != .notCrossed }.map(\.target))
        let recalled = ([range.base] + range.graph.ids).filter { commit in
            targets.contains { target in
                readings.own(target, at: commit).map { $0.measurement.hasFailed && !$0.isNew } ?? false
            }
        }
        if recalled.isEmpty { return [] }
        // A snapshot has no name that one could type.
        let isUnnamed = recalled.contains { repository.isSnapshot($0) }
        let revisions = recalled.count > 3 || isUnnamed ? "" : recalled.map { " " + $0.short }.joined()
        return [
            "\(recalled.count == 1 ? "a failure was" : "\(recalled.count) failures were") recalled from the results "
                + "cache. To try again, first run: allocbisect cache forget --failures\(revisions)"
        ]
    }

    /// The commits that gave no value for a search, with the reason.
    private func skips() -> [Verdict.Skip] {
        var reasons = timed.skips
        for search in allSearches {
            for (index, id) in range.graph.ids.enumerated()
            where reasons[id] == nil && search.bisector.evaluation(of: id) == .skip {
                guard let reading = readings.reading(search.target, at: id)?.reading,
                    let position = search.series.first
                else { continue }
                reasons[id] = series[position].skipReason(reading.measurement, at: index)
            }
        }
        return range.graph.ids.compactMap { id in reasons[id].map { Verdict.Skip(commit: id, reason: $0) } }
    }

    var progress: Event.Progress {
        let remaining = openSearches.map(\.bisector.remaining)
        let steps = remaining.map(\.expectedSteps).max() ?? 0
        return Event.Progress(
            candidates: remaining.map(\.candidates).max() ?? 0, steps: steps,
            seconds: cost.secondsEach.map { $0 * Double(steps) })
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
    fileprivate func skipReason(_ measurement: Measurement, at index: Int) -> String {
        switch evaluation(measurement, at: index) {
        case .skip(let failure): failure.text
        case .noise(let values): "repeated runs fall on both sides of the threshold: \(metric.listed(values))"
        case .needs: "it was not measured often enough"
        case .good, .bad: "no value"
        }
    }
}
