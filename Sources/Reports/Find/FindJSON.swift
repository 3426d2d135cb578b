public import AllocBisectCore
import Benchmarks
import Explaining
import Git

/// A verdict as one JSON document.
public struct FindJSON {
    /// Writes the whole document, which follows `Schemas/find.json`.
    ///
    /// - Throws: `EncodingError` for a value that JSON cannot hold, such as infinity.
    public static func text(of verdict: Verdict) throws -> String {
        try JSONDocument.text(of: Document(verdict))
    }

    /// The document, which is also a part of a check's.
    struct Document: Encodable {
        let schemaVersion = JSONDocument.schemaVersion
        let command = "find"
        let range: Range
        let series: [Series]
        let commits: Commits
        let leftOut: [LeftOut]
        let warnings: [String]

        init(_ verdict: Verdict) {
            range = Range(verdict)
            series = verdict.series.map(Series.init)
            commits = Commits(verdict)
            leftOut = verdict.leftOut.map { LeftOut(package: $0.package, benchmark: $0.name) }
            warnings = verdict.warnings
        }
    }

    /// A benchmark function that the budget was not enough for, with its package's folder.
    struct LeftOut: Encodable {
        let package, benchmark: String
    }

    struct Range: Encodable {
        let good, bad: String
        let mergeBase: String?
        let candidates, interesting: Int

        init(_ verdict: Verdict) {
            good = verdict.good.description
            bad = verdict.bad.description
            mergeBase = verdict.mergeBase?.description
            candidates = verdict.candidates
            interesting = verdict.canDiffer
        }
    }

    struct Series: Encodable {
        let package, benchmark, metric: String
        let good, bad: Nullable<Double>
        let threshold: String
        let bound: Nullable<String>
        let appliedThreshold: String
        let outcome: String
        let culprits: [Culprit]
        let suspects, warnings: [String]
        let likely: [Likely]
        let runs: Nullable<Int>
        let unchanged: Bool
        let unexplained: Nullable<Double>
        let accounted: Bool

        init(_ series: SeriesVerdict) {
            package = series.package
            benchmark = series.benchmark
            metric = series.metric.unit
            good = Nullable(series.good)
            bad = Nullable(series.bad)
            threshold = series.threshold.description
            bound = Nullable(series.bound?.description)
            appliedThreshold = series.appliedThreshold
            outcome = series.outcome.rawValue
            culprits = series.culprits.map { Culprit($0, series.metric) }
            suspects = series.suspects.map(\.description)
            likely = series.likely.map { Likely(commit: $0.commit.id.description, probability: $0.probability) }
            runs = Nullable(series.runs)
            warnings = series.warnings
            unchanged = series.isUnchanged
            unexplained = Nullable(series.unexplained)
            accounted = series.isAccounted
        }
    }

    /// A commit that may be the culprit.
    struct Likely: Encodable {
        let commit: String
        let probability: Double
    }

    struct Culprit: Encodable {
        let commit, subject, author, date: String
        let before, after: Nullable<Double>
        let confirmed: Bool
        let share: Nullable<Double>
        let stepBack: Bool
        let kind: String?
        let explanation: Nullable<ExplanationJSON>

        init(_ culprit: AllocBisectCore.Culprit, _ metric: Metric) {
            commit = culprit.commit.id.description
            subject = culprit.commit.subject
            author = culprit.commit.author.name
            date = culprit.commit.author.isoDate
            before = Nullable(culprit.before)
            after = Nullable(culprit.after)
            confirmed = culprit.confirmed
            share = Nullable(culprit.share)
            stepBack = culprit.isStepBack
            kind = culprit.explanation?.kind.rawValue
            explanation = Nullable(culprit.explanation.map { ExplanationJSON($0, metric) })
        }
    }

    struct Commits: Encodable {
        let measured, reused: Int
        let skipped: [Skip]

        init(_ verdict: Verdict) {
            measured = verdict.measured
            reused = verdict.reused
            skipped = verdict.skipped.map { Skip(commit: $0.commit.description, reason: $0.reason) }
        }
    }

    struct Skip: Encodable {
        let commit, reason: String
    }
}
