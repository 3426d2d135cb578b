public import AllocBisectCore
import Git

/// A preview of a search, for people.
public struct PlanText {
    /// The preview as text; the command is the search that it is of.
    public static func text(of preview: SearchPlan, command: String) -> String {
        var lines = [
            "\(preview.range.good.short)..\(preview.range.bad.short): \(counted(preview.range.commits.count, "candidate")), of which "
                + "\(preview.canDiffer) can matter",
            "about \(preview.expectedMeasurements) measurements for one culprit: both ends, and "
                + "\(counted(preview.expectedMeasurements - 2, "step")) between them",
        ]
        if !preview.first.isEmpty {
            lines += ["", "first after the ends:"]
            lines += preview.first.map { "    \($0.id.short)  \($0.author.day)  \($0.subject.terminalSafe)" }
        }
        if !preview.notes.isEmpty { lines += [""] + preview.notes.map { "note: \($0.terminalSafe)" } }
        return (lines + ["", "next: \(command.terminalSafe)"]).joined(separator: "\n") + "\n"
    }
}
