import AllocBisectCore
import Benchmarks
import Git

/// What a document says of a history, and in which order: decided here once, so that text, markdown and HTML differ in
/// nothing but their marks and the room they have.
struct HistoryOutline {
    /// One part of it. A format switches over all of them.
    enum Section {
        /// What is shown, and how much of it was measured for it.
        case summary(History)
        /// The commits with the values of some series.
        case values(series: [Int])
        /// The benchmarks that have no column, since they have the same values throughout.
        case same([Same])
        /// The commits without any value whose reasons had no room beside them.
        case skipped([(commit: ObjectID, reason: String)])
        /// Why benchmarks have no value at commits where others have one.
        case gaps([HistoryGap])
        case notes([String])
    }

    /// A benchmark with the values that it has everywhere.
    struct Same {
        let package, benchmark: String
        let values: [(metric: Metric, value: Double)]
    }

    /// The parts in order.
    let sections: [Section]

    /// The outline of a history.
    ///
    /// - Parameters:
    ///   - columns: The series that fit; the others never change.
    ///   - room: How many columns of a terminal the reason has for which a commit was skipped.
    init(_ history: History, columns: [Int], reasons room: Int) {
        var sections = [Section.summary(history), .values(series: columns)]
        let same = HistoryOutline.same(history, Set(history.series.indices).subtracting(columns).sorted())
        if !same.isEmpty { sections.append(.same(same)) }
        let skipped = history.rows.compactMap { row -> (commit: ObjectID, reason: String)? in
            guard let reason = row.skipped, reason.terminalSafe.columns > room else { return nil }
            return (commit: row.commit.id, reason: reason)
        }
        if !skipped.isEmpty { sections.append(.skipped(skipped)) }
        let gaps = history.gaps
        if !gaps.isEmpty { sections.append(.gaps(gaps)) }
        if !history.warnings.isEmpty { sections.append(.notes(history.warnings)) }
        self.sections = sections
    }

    private static func same(_ history: History, _ indices: [Int]) -> [Same] {
        let benchmarks = Dictionary(grouping: indices) { history.series[$0].benchmarkKey }
        return benchmarks.values.sorted { $0[0] < $1[0] }.map { indices in
            let first = history.series[indices[0]]
            let values = indices.map { index in
                let value = history.rows.lazy.compactMap { $0.cells[index].value }.first ?? 0
                return (metric: history.series[index].metric, value: value)
            }
            return Same(package: first.package, benchmark: first.benchmark, values: values)
        }
    }
}

extension HistoryOutline.Same {
    /// The values: `1 allocs/op, 64 B/op`.
    func list(_ escaped: (String) -> String) -> String {
        values.map { "\($0.metric.formatted($0.value)) \(escaped($0.metric.unit))" }.joined(separator: ", ")
    }
}

extension History {
    /// Whether any change of a series is seen.
    func changes(_ series: Int) -> Bool {
        let metric = self.series[series].metric
        return rows.contains { !$0.cells[series].changeText(metric).isEmpty || $0.cells[series].isStep }
    }
}
