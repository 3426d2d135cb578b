import AllocBisectCore

extension Verdict {
    /// What a search says of the benchmarks that its budget was not enough for; nil when it was enough for all.
    var leftOutNote: String? {
        guard !leftOut.isEmpty else { return nil }
        let names = leftOut.prefix(5).map { "\($0)".terminalSafe }.joined(separator: ", ")
        let rest = leftOut.count > 5 ? ", and \(leftOut.count - 5) more" : ""
        return
            "the budget ended before \(counted(leftOut.count, "benchmark function")) could be measured at both ends: "
            + "\(names)\(rest). The same command goes on from there"
    }
}
