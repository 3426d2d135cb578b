import AllocBisectCore
import Git

/// Why some benchmarks of a package have no value at commits where others have one.
struct HistoryGap {
    let package, reason: String
    /// The first of the commits.
    let first: ObjectID
    /// How many there are.
    var count = 0
    /// The full names of the benchmarks without a value, in order.
    var benchmarks: [String] = []
}

extension History {
    /// The gaps by package and reason.
    var gaps: [HistoryGap] {
        struct Key: Hashable { let package, reason: String }
        var gaps: [Key: (gap: HistoryGap, last: Int, series: Set<Int>)] = [:]
        for (position, row) in rows.enumerated() where row.skipped == nil {
            for (column, cell) in row.cells.enumerated() {
                guard let reason = cell.reason else { continue }
                let package = series[column].package
                let new = HistoryGap(package: package, reason: reason, first: row.commit.id)
                let key = Key(package: package, reason: reason)
                if gaps[key, default: (new, -1, [])].last != position {
                    gaps[key, default: (new, -1, [])].gap.count += 1
                    gaps[key]?.last = position
                }
                gaps[key]?.series.insert(column)
            }
        }
        return gaps.values.map { entry in
            var gap = entry.gap
            gap.benchmarks = Set(entry.series.map { series[$0].benchmark }).sorted()
            return gap
        }.sorted { ($0.package, $0.reason) < ($1.package, $1.reason) }
    }
}
