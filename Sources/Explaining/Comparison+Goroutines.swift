import GoToolchain

extension Comparison {
    /// What goroutines of one sort have in common at both commits; their lines may have moved.
    private struct Sort: Hashable {
        let state: String
        let functions: [String]
        let creator: String?

        init(_ trace: GoroutineTrace) {
            state = trace.state
            functions = trace.frames.map(\.function)
            creator = trace.createdBy?.function
        }
    }

    /// The goroutines that stay at the later commit and not at the earlier one, and their number an iteration.
    func goroutines(_ paths: SourcePaths) -> (changes: [Explanation.GoroutineChange], perOp: Double) {
        let (old, new) = (counts(before), counts(after))
        var perOp = 0.0
        var changes: [Explanation.GoroutineChange] = []
        for (sort, now) in new {
            let past = old[sort] ?? Count()
            let rate = Double(now.growth) / Double(after.span) - Double(past.growth) / Double(before.span)
            guard rate > 0.01, let trace = now.sample else { continue }
            perOp += rate
            changes.append(change(trace, perOp: rate, paths))
        }
        return (changes.sorted { ($1.perOp, $0.file, $0.line) < ($0.perOp, $1.file, $1.line) }, perOp)
    }

    /// The goroutines of one sort.
    private struct Count {
        /// How many more there are after the longer run than after the shorter one.
        var growth = 0
        var sample: GoroutineTrace?
    }

    private func counts(_ profiles: BenchmarkProfiles) -> [Sort: Count] {
        var counts: [Sort: Count] = [:]
        for group in profiles.goroutines.long {
            counts[Sort(group.trace), default: Count(sample: group.trace)].growth += group.count
        }
        for group in profiles.goroutines.short { counts[Sort(group.trace)]?.growth -= group.count }
        return counts
    }

    private func change(_ trace: GoroutineTrace, perOp: Double, _ paths: SourcePaths) -> Explanation.GoroutineChange {
        func place(_ frame: GoroutineTrace.Frame) -> Explanation.Place {
            .init(function: frame.function, file: paths.path(frame.file) ?? frame.file, line: frame.line)
        }
        let own = trace.frames.first { paths.path($0.file) != nil } ?? trace.frames.first
        let shown = own.map(place) ?? .init(function: "", file: "", line: 0)
        return .init(
            perOp: perOp, state: trace.state, isLeaked: trace.isLeaked, function: shown.function, file: shown.file,
            line: shown.line, createdBy: trace.createdBy.map(place))
    }
}
