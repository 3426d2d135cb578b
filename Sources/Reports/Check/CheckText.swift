public import AllocBisectCore
import Benchmarks
import Git

/// A check for people: what is worse than allowed first, then whatever else is not simply fine.
public struct CheckText {
    /// The text of a check.
    public static func text(of check: Check, style: TextStyle) -> String {
        let count = counted(check.series.count, "series", plural: "series")
        var paragraphs = [["\(check.ends): \(count): \(check.counts)"]]
        for kind in CheckedSeries.State.Kind.allCases {
            let series = check.series.filter { $0.state.kind == kind && ($0.state != .passed || $0.isNoted) }
            guard !series.isEmpty else { continue }
            paragraphs.append([style.bold("\(kind.rawValue):")] + series.flatMap { lines(of: $0, style) })
        }
        if !check.warnings.isEmpty { paragraphs.append(check.warnings.map { "note: \($0.terminalSafe)" }) }
        paragraphs.append([check.hasPassed ? style.green("passed") : style.red("failed")])
        return paragraphs.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
    }

    private static func lines(of checked: CheckedSeries, _ style: TextStyle) -> [String] {
        let change = checked.isTold ? style.red(checked.change.terminalSafe) : checked.change.terminalSafe
        let limit = checked.limit.map { ", \($0) (\(checked.appliedThreshold))" } ?? ""
        return ["    \("\(checked.package) \(checked.benchmark.name)".terminalSafe): \(change)\(limit)"]
            + (checked.remarks.map { ["        \($0.terminalSafe)"] } ?? [])
    }
}
