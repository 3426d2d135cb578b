import AllocBisectCore
import Benchmarks
import Git
import Measuring

/// What a document says of a search, and in which order: decided here once, so that text, markdown and a report's page
/// differ in nothing but their marks.
struct FindOutline {
    /// One part of it. A format switches over all of them.
    enum Section {
        case summary(Verdict)
        /// A culprit with every series that crossed there.
        case culprit(Commit, [Crossing])
        /// Commits that cannot be measured apart, and every series that shares them.
        case suspects(count: Int, [Suspect], [SeriesVerdict])
        /// A timed series of which no single commit can be named, and the commits that it can be.
        case likely(SeriesVerdict, Shown<SeriesVerdict.Likely>)
        /// The series that several steps made what they are, with all of their steps.
        case growth([SeriesVerdict])
        /// Nothing crossed anywhere that a commit could be named for.
        case noCulprit
        /// The series that came to another end, besides those that did not cross.
        case others([Alike])
        /// The benchmarks that only one end has.
        case oneSided(OneSided)
        case skipped(Shown<Verdict.Skip>)
        case notes([String])
        /// The commands to go on with.
        case next(Next)
        /// A line for each culprit, the costliest first, so that it is what one sees at the end.
        case closing(Shown<Closing>)
    }

    /// What a search came to, for the head of a document, which has no room for more.
    enum Answer {
        /// A line for each culprit, the costliest first.
        case culprits(Shown<Closing>)
        /// No single commit can be named.
        case oneOf
        /// Nothing can be said.
        case unclear
        case notCrossed
    }

    /// Whether a commit made none of the series worse.
    static func isStepBack(_ crossings: [Crossing]) -> Bool { crossings.allSatisfy(\.culprit.isStepBack) }

    /// How much of an explanation is shown.
    enum Extent {
        case whole
        /// What is the series' own, since the same benchmark is explained whole above it.
        case brief
        /// Nothing, since it reads as that of another benchmark above it.
        case same(as: String)
    }

    /// A series that crossed at a commit.
    struct Crossing {
        let series: SeriesVerdict
        let culprit: Culprit
        let extent: Extent
    }

    /// What to do next.
    enum Next {
        case show([ObjectID])
        /// What is changed in the work tree.
        case changes
        case log(from: ObjectID, to: ObjectID)
        /// A bound at which a series would cross, since none did.
        case closer(Metric, threshold: String)
        /// Nothing moved towards its bound at all.
        case nothing(isUpward: Bool)
    }

    /// A line of a list of commits that cannot be measured apart.
    enum Suspect {
        case commit(Commit)
        /// This many that are not shown.
        case more(Int)

        /// The suspects of a series, with what stands for those before the last one.
        static func all(of series: SeriesVerdict) -> [Suspect] {
            let shown = series.shownSuspects.map(Suspect.commit)
            let more = series.suspects.count - shown.count
            return more > 0 ? shown.dropLast() + [.more(more)] + shown.suffix(1) : shown
        }
    }

    /// The parts in order.
    let sections: [Section]
    /// What the head of a document says.
    let answer: Answer

    /// The outline of a verdict.
    ///
    /// - Parameter most: How many skipped commits there is room for; the rest is counted.
    init(_ verdict: Verdict, skips most: Int = 10) {
        let culprits = verdict.crossings.compactMap { all -> Section? in
            guard let commit = all.first?.culprit.commit else { return nil }
            return .culprit(commit, FindOutline.crossings(all))
        }
        let suspects = verdict.suspectLists.compactMap { all -> Section? in
            all.first.map { .suspects(count: $0.suspects.count, Suspect.all(of: $0), all) }
        }
        let others = verdict.series.filter {
            $0.culprits.isEmpty && $0.suspects.isEmpty && ![.notCrossed, .new, .removed].contains($0.outcome)
        }
        let likely = verdict.undecided.map { Section.likely($0, .init($0.likely, atMost: 5)) }
        let closing = FindOutline.closing(verdict)
        answer =
            if let closing {
                .culprits(closing)
            } else if !suspects.isEmpty || !likely.isEmpty {
                .oneOf
            } else {
                verdict.outcome == .notCrossed ? .notCrossed : .unclear
            }
        var sections = [.summary(verdict)] + culprits + suspects + likely
        let grown = verdict.series.filter { series in
            series.unexplained.map { series.culprits.count > 1 || $0.magnitude >= 0.01 } ?? false
        }
        if !grown.isEmpty { sections.append(.growth(grown)) }
        if case .unclear = answer { sections.append(.noCulprit) }
        if !others.isEmpty { sections.append(.others(Alike.groups(of: others))) }
        if let oneSided = OneSided(verdict) { sections.append(.oneSided(oneSided)) }
        if !verdict.skipped.isEmpty { sections.append(.skipped(.init(verdict.skipped, atMost: most))) }
        if !verdict.warnings.isEmpty { sections.append(.notes(verdict.warnings)) }
        if let next = FindOutline.next(verdict) { sections.append(.next(next)) }
        if let closing { sections.append(.closing(closing)) }
        self.sections = sections
    }

    private static func closing(_ verdict: Verdict) -> Shown<Closing>? {
        let all = verdict.crossings.compactMap { all -> Closing? in
            guard let most = all.max(by: { $0.culprit.cost(to: $0.series) < $1.culprit.cost(to: $1.series) })
            else { return nil }
            return Closing(
                commit: most.culprit.commit, series: most.series, culprit: most.culprit, others: all.count - 1)
        }
        return all.isEmpty ? nil : Shown(all, atMost: 15)
    }

    private static func next(_ verdict: Verdict) -> Next? {
        let workTree = verdict.isOfWorkTree ? verdict.bad : nil
        let culprits = verdict.crossings.compactMap(\.first?.culprit.commit.id)
        if !culprits.isEmpty {
            let commits = culprits.filter { $0 != workTree }.prefix(3)
            return commits.isEmpty ? .changes : .show(Array(commits))
        }
        if let suspects = verdict.series.first(where: { !$0.suspects.isEmpty })?.suspects {
            let commits = suspects.filter { $0 != workTree }
            guard let first = commits.first, let last = commits.last else { return .changes }
            return .log(from: first, to: last)
        }
        return verdict.outcome == .notCrossed ? closer(verdict) : nil
    }

    /// What to do where nothing crossed: a bound at what the series that came nearest to its own rose by.
    private static func closer(_ verdict: Verdict) -> Next {
        let candidates = verdict.series.compactMap { series -> (series: SeriesVerdict, rise: Double, part: Double)? in
            guard series.outcome == .notCrossed, let good = series.good, let bad = series.bad, let bound = series.bound
            else { return nil }
            let rise = bound.isUpward ? bad - good : good - bad
            let shown = (rise * 100).rounded(.down) / 100
            guard shown > series.metric.chance(at: good) else { return nil }
            return (series, shown, rise / max((bound.value - good).magnitude, rise))
        }
        guard let most = candidates.max(by: { $0.part < $1.part }) else {
            return .nothing(isUpward: verdict.series.contains { $0.bound?.isUpward != false })
        }
        let sign = most.series.bound?.isUpward == false ? "-" : "+"
        return .closer(most.series.metric, threshold: sign + most.rise.formatted(decimals: 2))
    }
}

extension Verdict {
    /// How many commits there are, and how many of them were looked at.
    var effort: String {
        "\(counted(candidates, "commit")), of which \(canDiffer) can matter; measured \(measured), reused \(reused)"
    }

    /// How many series came to each end: `15 series: 5 found, 10 not-crossed`.
    var counts: String {
        let counts = SeriesOutcome.allCases.compactMap { outcome -> String? in
            let count = series.count { $0.outcome == outcome }
            return count == 0 ? nil : "\(count) \(outcome.rawValue)"
        }
        let unchanged = series.count(where: \.isUnchanged)
        let same =
            unchanged == 0
            ? ""
            : " (\(unchanged) of \(series.count) not measured: \(unchanged == 1 ? "its" : "their") inputs are identical "
                + "at both ends)"
        let all = counts.isEmpty ? "" : ": " + counts.joined(separator: ", ")
        return counted(series.count, "series", plural: "series") + all + same
    }
}

extension FindOutline.Next {
    /// A few words, and the command that they are about.
    ///
    /// - Parameter command: The search as the user would write it; nil where that is not known.
    func words(after command: String?) -> (text: String, command: String?) {
        switch self {
        case .show(let commits): ("next:", "git show \(commits.map(\.short).joined(separator: " "))")
        case .changes: ("next:", "git diff HEAD")
        case .log(let first, let last): ("next:", "git log -p \(first.short)^..\(last.short)")
        case .closer(let metric, let threshold):
            command.map { command in
                (
                    "nothing crossed its threshold. To look closer:",
                    "\(command) -t \("\(metric.unit)=\(threshold)".shellQuoted)"
                )
            } ?? ("nothing crossed its threshold", nil)
        case .nothing(let isUpward):
            ("nothing crossed its threshold, and nothing \(isUpward ? "rose" : "fell")", nil)
        }
    }
}
