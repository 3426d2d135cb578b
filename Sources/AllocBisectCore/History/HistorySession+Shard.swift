import Benchmarks
import Git
import MeasurementCache
import Measuring

extension HistorySession {
    /// Which commits fall to a shard, by package, once the newest commit is measured: every shard measures that one, and
    /// knows by it which files decide.
    ///
    /// What is dealt out are the sets of commits with equal inputs, package by package, from the oldest commit on, so that
    /// all shards have about as many and none of them is measured twice. Where inputs are not known, each commit is a set.
    mutating func commits(of shard: Shard) throws -> [String: Set<ObjectID>] {
        var position = 0
        var commits: [String: Set<ObjectID>] = [:]
        for (package, targets) in targets.byPackage {
            let inputs = targets.lazy.compactMap { [readings, commits = self.commits] in
                readings.reading($0, at: commits.bad)?.reading.state?.inputs
            }.first
            var sets: [ObjectID: Bool] = [:]
            // The newest commit's set is known by now.
            if let inputs, let known = try readings.classes.digest(of: self.commits.bad, over: inputs) {
                sets[known] = false
            } else {
                sets[self.commits.bad] = false
            }
            for commit in self.commits.ids {
                let digest = try inputs.flatMap { try readings.classes.digest(of: commit, over: $0) } ?? commit
                if sets[digest] == nil {
                    sets[digest] = shard.has(position)
                    position += 1
                }
                if sets[digest] == true { commits[package, default: []].insert(commit) }
            }
        }
        return commits
    }
}
