/// Goroutines of a dump that do the same thing in the same place and were started by the same statement.
public struct GoroutineGroup: Hashable, Sendable {
    /// What they have in common, without the runtime's own calls at the inner end.
    public let trace: GoroutineTrace
    /// How many they are.
    public let count: Int

    /// A group.
    public init(trace: GoroutineTrace, count: Int) {
        self.trace = trace
        self.count = count
    }

    /// Groups goroutines; the largest group comes first, and among equals the order is that of their texts.
    public static func groups(of traces: [GoroutineTrace]) -> [GoroutineGroup] {
        var counts: [GoroutineTrace: Int] = [:]
        for trace in traces { counts[trace, default: 0] += 1 }
        var groups: [GoroutineTrace: Int] = [:]
        for (trace, count) in counts { groups[trace.withoutRuntime, default: 0] += count }
        return groups.map { (group: GoroutineGroup(trace: $0.key, count: $0.value), text: text($0.key)) }
            .sorted { $0.group.count != $1.group.count ? $0.group.count > $1.group.count : $0.text < $1.text }
            .map(\.group)
    }

    private static func text(_ trace: GoroutineTrace) -> String {
        let calls = (trace.frames + (trace.createdBy.map { [$0] } ?? [])).map { "\($0.function) \($0.file):\($0.line)" }
        return ([trace.state, "\(trace.isLeaked)", "\(trace.createdBy == nil)"] + calls).joined(separator: "\n")
    }
}
