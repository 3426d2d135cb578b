public import AllocBisectCore
import Git

/// A preview of a search, for people and as JSON.
public struct PlanReport {
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

    /// The preview as one JSON document.
    public static func json(of preview: SearchPlan) throws -> String {
        try JSONDocument.text(
            of: Document(
                range: Range(
                    good: preview.range.good.description, bad: preview.range.bad.description,
                    mergeBase: preview.range.mergeBase?.description, candidates: preview.range.commits.count,
                    interesting: preview.canDiffer),
                expectedMeasurements: preview.expectedMeasurements,
                first: preview.first.map {
                    First(
                        commit: $0.id.description, subject: $0.subject, author: $0.author.name, date: $0.author.isoDate)
                },
                warnings: preview.notes))
    }

    private struct Document: Encodable {
        let schemaVersion = JSONDocument.schemaVersion
        let command = "plan"
        let range: Range
        let expectedMeasurements: Int
        let first: [First]
        let warnings: [String]
    }

    private struct Range: Encodable {
        let good, bad: String
        let mergeBase: String?
        let candidates, interesting: Int
    }

    private struct First: Encodable {
        let commit, subject, author, date: String
    }
}
