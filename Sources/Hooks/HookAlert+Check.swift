import AllocBisectCore
import Benchmarks
import Git
import Policy

extension HookAlert {
    /// What a check found: an alert for each culprit that was confirmed, and for each group of commits of which one is
    /// the culprit. What hangs on noise is not reported.
    ///
    /// - Parameter commit: Reads a commit.
    static func alerts(
        of check: Check, reading commit: (ObjectID) throws(GitError) -> Commit
    ) throws(GitError) -> [HookAlert] {
        let severities = Dictionary(check.series.map { ($0.key, $0.severity) }) { first, _ in first }
        var alerts: [HookAlert] = []
        for (verdict, series) in check.searches.flatMap({ verdict in verdict.series.map { (verdict, $0) } }) {
            var found = series.culprits.filter { $0.confirmed && !$0.isStepBack }.map {
                ($0.commit, 1, $0.before, $0.after)
            }
            if series.culprits.isEmpty, let newest = series.suspects.last {
                found.append((try commit(newest), series.suspects.count, series.good, series.bad))
            }
            let benchmark = Benchmark(package: series.directory, name: series.benchmark)
            let severity = severities[CheckedSeries.Key(benchmark, series.metric)]
            for case (let commit, let candidates, let before?, let after?) in found {
                if !alerts.contains(where: { $0.commit == commit.id }) {
                    alerts.append(HookAlert(commit, of: candidates, in: verdict))
                }
                for index in alerts.indices where alerts[index].commit == commit.id {
                    alerts[index].add(
                        Series(
                            package: series.package, benchmark: series.benchmark, unit: series.metric.unit,
                            before: before, after: after, severity: severity))
                }
            }
        }
        return alerts
    }

    /// Looks for the merge that brought the commit into a branch.
    ///
    /// - Parameter line: The branch's commits along first parents, the newest first.
    mutating func findMerge(
        along line: [ObjectID], descends: (_ commit: ObjectID, _ ancestor: ObjectID) throws(GitError) -> Bool
    ) throws(GitError) {
        guard !line.contains(commit) else { return }
        // Whatever comes after the merge descends from the commit as well, and nothing before it does.
        var (newest, beyond) = (-1, line.count)
        while newest + 1 < beyond {
            let middle = (newest + beyond) / 2
            if try descends(line[middle], commit) { newest = middle } else { beyond = middle }
        }
        merge = newest < 0 ? nil : line[newest]
    }

    private init(_ commit: Commit, of candidates: Int, in verdict: Verdict) {
        self.init(
            commit: commit.id, subject: commit.subject, candidates: candidates, good: verdict.good, bad: verdict.bad,
            series: [])
    }

    /// Adds a series to its kind.
    private mutating func add(_ told: Series) {
        let position = told.severity == .warn ? nil : series.firstIndex { $0.severity == .warn }
        series.insert(told, at: position ?? series.endIndex)
    }
}
