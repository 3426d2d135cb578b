import Benchmarks
import Git
public import Hooks

/// A regression, or what the policy warns of, that a hook led to, in one line.
public enum HookAlertText {
    /// The line, without a line break and with nothing in it that could steer a terminal.
    public static func line(of alert: HookAlert) -> String {
        let subject = alert.subject.isEmpty ? "" : " (\(alert.subject.terminalSafe.shortened(to: 60)))"
        let commit =
            alert.candidates == 1
            ? alert.commit.short + subject
            : "one of the \(alert.candidates) commits up to \(alert.commit.short)\(subject)"
        let merge = alert.merge.map { ", merged by \($0.short)," } ?? ""
        let changes = alert.series.first.map { series in
            let (before, after) = (series.metric.formatted(series.before), series.metric.formatted(series.after))
            return " took \(series.package) \(series.benchmark) from \(before) to \(after) \(series.unit)"
        }
        let others = alert.series.count - 1
        let rest = others > 0 ? ", and \(others) more series" : ""
        let next =
            alert.candidates == 1
            ? "allocbisect explain \(alert.commit.short)" : "allocbisect \(alert.good.short)..\(alert.bad.short)"
        return
            "allocbisect: \(alert.isWarning ? "warning: " : "")\(commit)\(merge)\(changes ?? "")\(rest); next: \(next)"
            .terminalSafe
    }
}
