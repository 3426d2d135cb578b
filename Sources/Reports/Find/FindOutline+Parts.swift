import AllocBisectCore
import Benchmarks
import Git

extension FindOutline {
    /// The series that crossed at one commit, with how much of each explanation is shown beside the others.
    static func crossings(_ all: [Verdict.Crossing]) -> [Crossing] {
        var explained: Set<Benchmark> = []
        // By their words, apart from the commands that open profiles.
        var seen: [[String]: String] = [:]
        return all.map { series, culprit in
            let benchmark = Benchmark(package: series.directory, name: series.benchmark)
            guard let explanation = culprit.explanation else {
                return Crossing(series: series, culprit: culprit, extent: .whole)
            }
            let isBrief = !explained.insert(benchmark).inserted
            let text = ExplanationText(
                explanation: explanation, metric: series.metric, style: TextStyle(hasColor: false))
            let lines = isBrief ? text.briefLines : text.lines.filter { !$0.hasPrefix("open: ") }
            if lines.count > 1, let other = seen[lines] {
                return Crossing(series: series, culprit: culprit, extent: .same(as: other))
            }
            seen[lines] = series.benchmark
            return Crossing(series: series, culprit: culprit, extent: isBrief ? .brief : .whole)
        }
    }

    /// The benchmarks that have nothing to be compared with, since one end lacks them.
    struct OneSided {
        let good: ObjectID
        let new, removed: Shown<String>
        let newCount, removedCount: Int

        init?(_ verdict: Verdict) {
            func names(_ outcome: SeriesOutcome) -> [String] {
                var seen: Set<String> = []
                return verdict.series.filter { $0.outcome == outcome && $0.culprits.isEmpty }.map(\.benchmark)
                    .filter { seen.insert($0).inserted }
            }
            let (new, removed) = (names(.new), names(.removed))
            guard !new.isEmpty || !removed.isEmpty else { return nil }
            good = verdict.good
            (newCount, removedCount) = (new.count, removed.count)
            (self.new, self.removed) = (.init(new, atMost: 5), .init(removed, atMost: 5))
        }

        /// One sentence for both, without its end.
        func sentence(_ escaped: (String) -> String) -> String {
            func list(_ shown: Shown<String>) -> String { shown.texts(escaped).joined(separator: ", ") }
            let (areNew, have) = newCount == 1 ? ("is", "has") : ("are", "have")
            let parts = [
                newCount == 0
                    ? nil
                    : "\(counted(newCount, "benchmark")) \(areNew) new since \(good.short) and \(have) nothing to compare "
                        + "with: \(list(new))",
                removedCount == 0
                    ? nil
                    : "\(counted(removedCount, "benchmark")) \(removedCount == 1 ? "is" : "are") gone: \(list(removed))",
            ]
            return parts.compactMap { $0 }.joined(separator: "; ")
        }
    }

    /// A culprit in one line.
    struct Closing {
        let commit: Commit
        /// The series that it cost most.
        let series: SeriesVerdict
        let culprit: Culprit
        /// How many more series it made worse.
        let others: Int

        /// What is to be known of it, and how many more series there are.
        var remarks: String {
            (culprit.confirmed ? "" : " (not confirmed)") + (culprit.isStepBack ? ", a step back" : "")
                + (others == 0 ? "" : ", and \(counted(others, "more series", plural: "more series"))")
        }
    }

    /// Series of a package that came to the same end for the same reason, of which one is shown whole.
    struct Alike {
        let series: SeriesVerdict
        /// How many more there are.
        var others = 0
        /// The benchmarks that those are of.
        var benchmarks = Shown<String>([], more: 0)

        /// The words for those that are not shown; nil when there are none.
        func note(_ escaped: (String) -> String) -> String? {
            guard others > 0 else { return nil }
            return "\(others) other series ended the same way for the same reason: "
                + benchmarks.texts(escaped).joined(separator: ", ")
        }

        /// What two of them must share: all words, apart from names and units.
        private struct Reason: Hashable {
            let package: String
            let outcome: SeriesOutcome
            let hasGood, hasBad: Bool
            let warnings: [String]

            init(_ series: SeriesVerdict) {
                (package, outcome) = (series.package, series.outcome)
                (hasGood, hasBad) = (series.good != nil, series.bad != nil)
                warnings = series.warnings.map {
                    $0.replacing(series.benchmark, with: "").replacing(series.metric.unit, with: "")
                }
            }
        }

        /// The groups of some series, in the order of their first ones. Two alone are both shown.
        static func groups(of all: [SeriesVerdict]) -> [Alike] {
            var seen: Set<Reason> = []
            let groups = Dictionary(grouping: all, by: Reason.init)
            return all.flatMap { series -> [Alike] in
                let group = groups[Reason(series)] ?? []
                guard group.count > 2 else { return [Alike(series: series)] }
                guard seen.insert(Reason(series)).inserted else { return [] }
                var names: Set<String> = []
                let others = group.dropFirst().map(\.benchmark).filter { names.insert($0).inserted }
                return [Alike(series: series, others: group.count - 1, benchmarks: .init(others, atMost: 10))]
            }
        }
    }
}
