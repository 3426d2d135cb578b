import AllocBisectCore
import Benchmarks
import Git

extension Verdict {
    /// A series with a commit where it crossed its threshold.
    typealias Crossing = (series: SeriesVerdict, culprit: Culprit)

    /// The crossings by culprit, the costliest first; of each culprit leaks come first.
    var crossings: [[Crossing]] {
        let all: [Crossing] = series.flatMap { series in series.culprits.map { (series, $0) } }
        var order: [ObjectID] = []
        var groups: [ObjectID: [Crossing]] = [:]
        for crossing in all {
            let id = crossing.culprit.commit.id
            if groups[id] == nil { order.append(id) }
            groups[id, default: []].append(crossing)
        }
        let leaks: [Metric] = [.goroutines, .retainedObjects, .retainedBytes]
        let costs = groups.mapValues { $0.reduce(-Double.infinity) { max($0, $1.culprit.cost(to: $1.series)) } }
        // Of equals the first one stays the first.
        let places = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
        order.sort { (-(costs[$0] ?? 0), places[$0] ?? 0) < (-(costs[$1] ?? 0), places[$1] ?? 0) }
        return order.map { id in
            let group = groups[id] ?? []
            let isLeak = { (crossing: Crossing) in leaks.contains(crossing.series.metric) }
            return leaks.flatMap { metric in group.filter { $0.series.metric == metric } }
                + group.filter { !isLeak($0) }
        }
    }
}

extension Verdict {
    /// The range as it was searched: `a9c3f04e12..work tree`.
    var ends: String { "\(good.short)..\(isOfWorkTree ? "work tree" : bad.short)" }
}

extension Culprit {
    /// How much worse it made a series, in parts of what that was at the good end; negative for a step back.
    func cost(to series: SeriesVerdict) -> Double {
        guard after != nil else { return 0 }
        let worse = own(of: series) * (series.bound?.isUpward == false ? -1 : 1)
        return worse / max(1, (series.good ?? before ?? 0).magnitude)
    }

    /// By how much it changed a series; of a merge, without what the culprits made that it merges.
    private func own(of series: SeriesVerdict) -> Double {
        guard commit.parents.count > 1, let share, let good = series.good, let bad = series.bad else {
            return (after ?? 0) - (before ?? 0)
        }
        return share * (bad - good)
    }

    /// What it made of a series: `346 → 4065 allocs/op`, with the values as they are shown.
    func change(of series: SeriesVerdict) -> String {
        [before, after].map { $0.map(series.metric.formatted) ?? "none" }.joined(separator: " → ")
    }

    /// How much of what the range changed a series by that is: `85 % of what the range grew by`; nil where it is all of
    /// it, or not known. Of a merge: `13 % of what the range grew by, not counting the culprits that it merges`.
    func part(of series: SeriesVerdict) -> String? {
        guard let share else { return nil }
        let verb = series.bound?.isUpward == false ? "fell" : "grew"
        if isStepBack && share < 0 { return "a step back by \(-share, .percent) of what the range \(verb) by" }
        let step = (after ?? 0) - (before ?? 0)
        let isAlone = (step - own(of: series)).magnitude <= 1e-6 * step.magnitude
        if isAlone && (share - 1).magnitude < 0.005 { return nil }
        return "\(share, .percent) of what the range \(verb) by"
            + (isAlone ? "" : ", not counting the culprits that it merges")
    }
}

extension SeriesVerdict {
    /// How its steps made it what it is, and what they don't explain: `12 → 346 (8 %) → 4065 (85 %) allocs/op; 8 % came in
    /// smaller steps`. Where a step does not begin with what the one before it ended with, there is an ellipsis.
    ///
    /// - Parameter escaped: What makes a unit safe.
    func steps(_ escaped: (String) -> String) -> String {
        var last = culprits.first?.before.map(metric.formatted) ?? "none"
        var text = last
        for culprit in culprits {
            let (before, after) = (
                culprit.before.map(metric.formatted) ?? "none", culprit.after.map(metric.formatted) ?? "none"
            )
            if before != last { text += " … \(before)" }
            text += " → \(after)" + (culprit.share.map { " (\($0, .percent))" } ?? "")
            last = after
        }
        text += " " + escaped(metric.unit)
        guard let unexplained, unexplained.magnitude >= 0.01 else { return text }
        let part = "\(unexplained.magnitude, .percent)"
        if !isAccounted { return text + "; \(part) not accounted for" }
        return text + (unexplained > 0 ? "; \(part) came in smaller steps" : "; smaller steps took \(part) back")
    }
}

extension SeriesVerdict.Likely {
    /// The probability in per cent. No commit is certain.
    var share: String { probability > 0.99 ? "over 99 %" : "\(probability, .percent)" }
}

extension Verdict {
    /// What a search says of the benchmarks that its budget was not enough for; nil when it was enough for all.
    var leftOutNote: String? {
        guard !leftOut.isEmpty else { return nil }
        let names = leftOut.prefix(5).map { "\($0)".terminalSafe }.joined(separator: ", ")
        let rest = leftOut.count > 5 ? ", and \(leftOut.count - 5) more" : ""
        return
            "the budget ran out before \(counted(leftOut.count, "benchmark function")) could be measured at both ends: "
            + "\(names)\(rest). \(continuation.capitalizedFirst)"
    }
}

extension SeriesVerdict {
    /// How sure a timed series is of its culprit: `97 % likely after 46 runs`; nil for other series.
    var certainty: String? {
        guard let first = likely.first, let runs, !culprits.isEmpty else { return nil }
        return "\(first.share) likely after \(counted(runs, "run"))"
    }

    /// The bound at which a value counts as bad, and why: `bad when >= 14.33 (+5% and at least +1)`.
    var boundText: String? {
        bound.map { "bad when \($0.side.rawValue) \(metric.formatted($0.value)) (\(appliedThreshold))" }
    }
}

extension Verdict {
    /// The timed series of which no single commit can be named.
    var undecided: [SeriesVerdict] { series.filter { !$0.suspects.isEmpty && !$0.likely.isEmpty } }

    /// The series of which no single commit can be named, since none can be measured alone; those together that share their
    /// commits.
    var suspectLists: [[SeriesVerdict]] {
        var order: [[ObjectID]] = []
        var groups: [[ObjectID]: [SeriesVerdict]] = [:]
        for series in series where !series.suspects.isEmpty && series.likely.isEmpty {
            if groups[series.suspects] == nil { order.append(series.suspects) }
            groups[series.suspects, default: []].append(series)
        }
        return order.map { groups[$0] ?? [] }
    }
}
