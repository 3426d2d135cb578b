public import AllocBisectCore
import Benchmarks
import Git

/// What differs between two commits, or a commit and the work tree, as one JSON document, with every series.
public struct CompareJSON {
    /// Writes the whole document, which follows `Schemas/compare.json`.
    ///
    /// - Throws: `EncodingError` for a value that JSON cannot hold, such as infinity.
    public static func text(of compared: ComparedCommits) throws -> String {
        try JSONDocument.text(of: Document(compared))
    }

    private struct Document: Encodable {
        let schemaVersion = JSONDocument.schemaVersion
        let command = "compare"
        let before, after: Side
        let series: [Series]
        let leftOut: [FindJSON.LeftOut]
        let warnings: [String]

        init(_ compared: ComparedCommits) {
            (before, after) = (Side(compared.before), Side(compared.after))
            series = compared.verdict.series.map(Series.init)
            leftOut = compared.verdict.leftOut.map { FindJSON.LeftOut(package: $0.package, benchmark: $0.name) }
            warnings = compared.verdict.warnings
        }
    }

    /// A commit; or the work tree, which has none, and the files that are changed in it.
    private struct Side: Encodable {
        let commit, subject: Nullable<String>
        let changed: Nullable<[String]>

        init(_ side: ComparedCommits.Side) {
            commit = Nullable(side.changed == nil ? side.commit.id.description : nil)
            subject = Nullable(side.changed == nil ? side.commit.subject : nil)
            changed = Nullable(side.changed)
        }
    }

    private struct Series: Encodable {
        let package, benchmark, metric: String
        let before, after: Nullable<Double>
        let interval: Nullable<[Double]>
        let runs: Nullable<Int>
        let appliedThreshold: String
        let bound: Nullable<String>
        let judgement: String
        let unchanged: Bool
        let confirmed: Nullable<Bool>
        let explanation: Nullable<ExplanationJSON>
        let warnings: [String]

        init(_ series: SeriesVerdict) {
            (package, benchmark, metric) = (series.package, series.benchmark, series.metric.unit)
            let culprit = series.culprits.first
            (before, after) = (Nullable(series.before), Nullable(series.after))
            interval = Nullable(series.interval.map { [$0.lowerBound, $0.upperBound] })
            runs = Nullable(series.runs)
            (appliedThreshold, bound) = (series.appliedThreshold, Nullable(series.bound?.description))
            (judgement, unchanged) = (series.judgement.rawValue, series.isUnchanged)
            confirmed = Nullable(culprit?.confirmed)
            explanation = Nullable(culprit?.explanation.map { ExplanationJSON($0, series.metric) })
            warnings = series.warnings
        }
    }
}
