import Benchmarks
import Git

extension HookAlert {
    /// What a search found: an alert for each culprit that was confirmed, and for each group of commits of which one is
    /// the culprit. What hangs on noise is not told.
    ///
    /// - Parameter commit: Reads a commit.
    static func alerts(
        of verdict: Verdict, reading commit: (ObjectID) throws(GitError) -> Commit
    ) throws(GitError) -> [HookAlert] {
        var found: [ObjectID: (subject: String, candidates: Int, series: [Series])] = [:]
        var order: [ObjectID] = []
        func add(_ commit: Commit, _ candidates: Int, _ series: SeriesVerdict, _ before: Double?, _ after: Double?) {
            guard let before, let after else { return }
            if found[commit.id] == nil { order.append(commit.id) }
            found[commit.id, default: (commit.subject, candidates, [])].series.append(
                Series(
                    package: series.package, benchmark: series.benchmark, unit: series.metric.unit, before: before,
                    after: after))
        }
        for series in verdict.series {
            for culprit in series.culprits where culprit.confirmed {
                add(culprit.commit, 1, series, culprit.before, culprit.after)
            }
            if series.culprits.isEmpty, let newest = series.suspects.last {
                add(try commit(newest), series.suspects.count, series, series.good, series.bad)
            }
        }
        return order.map { id in
            let (subject, candidates, series) = found[id] ?? ("", 1, [])
            return HookAlert(
                commit: id, subject: subject, candidates: candidates, good: verdict.good, bad: verdict.bad,
                series: series)
        }
    }
}
