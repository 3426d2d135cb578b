public import AllocBisectCore
import Git

/// A preview of a search as one JSON document.
public struct PlanJSON {
    /// Writes the whole document, which follows `Schemas/plan.json`.
    ///
    /// - Throws: `EncodingError` for a value that JSON cannot hold, such as infinity.
    public static func text(of preview: SearchPlan) throws -> String {
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
