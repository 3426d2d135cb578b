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
        var ours: [String: Set<ObjectID>] = [:]
        for (package, targets) in targets.byPackage {
            let newest = targets.compactMap { readings.reading($0, at: commits.bad)?.reading.state }.first
            let digests = try newest.map { try readings.classes.digests(over: $0.inputs) } ?? commits.ids
            // The newest commit's set is known by now.
            var falls = [newest.flatMap { ObjectID($0.digest) } ?? commits.bad: false]
            for (commit, digest) in zip(commits.ids, digests) {
                if falls[digest] == nil {
                    falls[digest] = shard.has(position)
                    position += 1
                }
                if falls[digest] == true { ours[package, default: []].insert(commit) }
            }
        }
        return ours
    }
}
