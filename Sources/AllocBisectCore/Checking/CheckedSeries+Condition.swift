import Benchmarks

extension [CheckedSeries] {
    /// Lets pass what is beyond its bound, where the policy wants several bounds of a benchmark crossed and one is not.
    ///
    /// Every series is judged by then, each against what it is compared with.
    ///
    /// - Only a value within its bound lets the others pass. What cannot be compared (noise, no value at either end, a
    ///   relative threshold for what is new) has no say: a change must not pass because something could not be read.
    /// - What is gone at head breaks the policy whatever the others do, since no bound is asked.
    /// - What is ignored stays ignored where all are crossed, and spares no other.
    mutating func applyConditions() {
        let judged = Dictionary(grouping: self, by: \.benchmark)
        for index in indices where !self[index].condition.isEmpty && self[index].isBeyond {
            let condition = self[index].condition
            let series = (judged[self[index].benchmark] ?? []).filter { condition.contains($0.metric) }
            let within = series.filter(\.isWithin)
            if within.isEmpty {
                let silent = condition.filter { metric in !series.contains { $0.metric == metric && $0.isBeyond } }
                self[index].conditionNote = CheckedSeries.note(silent)
            } else {
                self[index].state = .passed
                self[index].conditionNote = CheckedSeries.note(within, of: condition)
            }
        }
    }
}

extension CheckedSeries {
    /// Whether head is compared with a bound and does not cross it.
    fileprivate var isWithin: Bool {
        switch state {
        case .passed, .accepted: true
        case .new: bound != nil
        case .failed, .warned, .ignored, .unmeasurable: false
        }
    }

    /// Whether head's value crosses the bound.
    fileprivate var isBeyond: Bool {
        switch state {
        case .failed, .warned, .ignored: after != nil
        case .passed, .accepted, .new, .unmeasurable: false
        }
    }

    /// Why a crossed bound passes: `B/op is within its +10%, and the policy wants both to be crossed`.
    fileprivate static func note(_ within: [CheckedSeries], of condition: [Metric]) -> String {
        let parts = within.map { "\($0.metric) is within its \($0.threshold)" }
        let all = condition.count == 2 ? "both" : "all \(condition.count)"
        return "\(parts.joined(separator: ", ")), and the policy requires \(all) to be crossed"
    }

    /// What had no say where all others are crossed; nil where all had one.
    fileprivate static func note(_ silent: [Metric]) -> String? {
        guard !silent.isEmpty else { return nil }
        let names = silent.map(\.unit).joined(separator: " and ")
        return "\(names) could not be compared, and count\(silent.count == 1 ? "s" : "") as crossed"
    }
}
