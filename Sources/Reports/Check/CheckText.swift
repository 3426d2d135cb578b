public import AllocBisectCore
import Benchmarks
import Git

/// A check for people: what is worse than allowed first, then whatever else is not simply fine.
public struct CheckText {
    /// The text of a check.
    public static func text(of check: Check, style: TextStyle) -> String {
        let series = counted(check.findings.count, "series", plural: "series")
        var paragraphs = [["\(check.base.short)..\(check.head.short): \(series): \(check.counts)"]]
        for kind in CheckedSeries.State.Kind.allCases {
            let findings = check.findings.filter { $0.state.kind == kind && ($0.state != .passed || $0.isNoted) }
            guard !findings.isEmpty else { continue }
            paragraphs.append([style.bold("\(kind.rawValue):")] + findings.flatMap { lines(of: $0, style) })
        }
        if !check.warnings.isEmpty { paragraphs.append(check.warnings.map { "note: \($0.terminalSafe)" }) }
        paragraphs.append([check.hasPassed ? style.green("passed") : style.red("failed")])
        return paragraphs.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
    }

    private static func lines(of finding: CheckedSeries, _ style: TextStyle) -> [String] {
        let change = finding.isTold ? style.red(finding.change.terminalSafe) : finding.change.terminalSafe
        let limit = finding.limit.map { ", \($0) (\(finding.appliedThreshold))" } ?? ""
        return ["    \("\(finding.package) \(finding.benchmark.name)".terminalSafe): \(change)\(limit)"]
            + (finding.remarks.map { ["        \($0.terminalSafe)"] } ?? [])
    }
}
