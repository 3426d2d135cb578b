public import AllocBisectCore
import Benchmarks
import Git
import Measuring

/// The measurements of one commit, for people.
public struct RecordText {
    /// The measurements as an aligned table.
    public static func text(of recording: CommitMeasurements) -> String {
        let standard: [Metric] = [.allocations, .bytes, .time, .goroutines, .retainedObjects, .retainedBytes]
        let present = Set(recording.rows.flatMap(\.values.keys))
        let metrics = standard.filter(present.contains) + present.subtracting(standard).sorted()
        let table = TextTable(
            header: ["package", "benchmark"] + metrics.map(\.unit.terminalSafe),
            rows: recording.rows.map { row in
                [row.package.terminalSafe, row.benchmark.terminalSafe]
                    + metrics.map { metric in row.values[metric].map(metric.formatted) ?? "" }
            })
        let commit = recording.commit
        var lines = [
            "\(commit.id.short)  \(commit.author.day)  \(commit.author.name.terminalSafe)  \(commit.subject.terminalSafe)"
        ]
        if !recording.rows.isEmpty { lines += [""] + table.lines }
        if !recording.failures.isEmpty {
            lines += [""]
            for (targets, failure) in reasons(recording) {
                let others = targets.count - 1
                let rest = others > 0 ? " and \(counted(others, "other"))" : ""
                lines.append("\(targets[0].package) \(targets[0].function)\(rest): \(failure)".terminalSafe)
                lines += failure.details.dropFirst().map { "    \($0.terminalSafe)" }
            }
        }
        if !recording.warnings.isEmpty { lines += [""] + recording.warnings.map { "note: \($0.terminalSafe)" } }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Each reason once for all benchmarks of a package, which mostly fail together.
    private static func reasons(
        _ recording: CommitMeasurements
    ) -> [(targets: [Measurement.Target], failure: Failure)] {
        var reasons: [(targets: [Measurement.Target], failure: Failure)] = []
        var places: [String: [Failure: Int]] = [:]
        for (target, failure) in recording.failures {
            if let place = places[target.package]?[failure] {
                reasons[place].targets.append(target)
            } else {
                places[target.package, default: [:]][failure] = reasons.count
                reasons.append(([target], failure))
            }
        }
        return reasons
    }
}
