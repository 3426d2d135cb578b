public import AllocBisectCore
import Benchmarks
import Git
import Policy

/// A check as one JSON document, with the searches of what failed in it.
public struct CheckJSON {
    /// Writes the whole document, which follows `Schemas/check.json`.
    ///
    /// - Throws: `EncodingError` for a value that JSON cannot hold, such as infinity.
    public static func text(of check: Check) throws -> String {
        try JSONDocument.text(of: Document(check))
    }

    private struct Document: Encodable {
        let schemaVersion = JSONDocument.schemaVersion
        let command = "check"
        let range: Range
        let passed: Bool
        let series: [Series]
        let searches: [FindJSON.Document]
        let warnings: [String]

        init(_ check: Check) {
            range = Range(
                base: check.base.description, head: check.head.description,
                workTree: check.isOfWorkTree ? true : nil)
            passed = check.hasPassed
            series = check.series.map(Series.init)
            searches = check.searches.map(FindJSON.Document.init)
            warnings = check.warnings
        }
    }

    private struct Range: Encodable {
        let base, head: String
        /// True where the head is the work tree, and absent elsewhere.
        let workTree: Bool?
    }

    /// A series, as a check and its self-test write it.
    struct Series: Encodable {
        let package, benchmark, metric: String
        let before, after: Nullable<Double>
        let threshold, appliedThreshold: String
        let bound: Nullable<String>
        let severity, state: String
        let reason, baseFailure: Nullable<String>
        /// The metrics of its condition; absent where it stands for itself.
        let all: [String]?
        let until, commit: String?
        let place: Nullable<Place>

        init(_ checked: CheckedSeries) {
            package = checked.package
            benchmark = checked.benchmark.name
            metric = checked.metric.unit
            before = Nullable(checked.before)
            after = Nullable(checked.after)
            threshold = checked.threshold.description
            appliedThreshold = checked.appliedThreshold
            bound = Nullable(checked.bound?.description)
            all = checked.condition.isEmpty ? nil : checked.condition.map(\.unit)
            severity = checked.severity.rawValue
            state = checked.state.name
            baseFailure = Nullable(checked.baseFailure)
            place = Nullable(checked.place.map { Place(path: $0.path, line: $0.line) })
            switch checked.state {
            case .ignored(let ignore):
                (until, commit, reason) = (ignore.until.description, nil, Nullable(ignore.reason))
            case .accepted(let acceptance):
                (until, commit, reason) = (nil, acceptance.commit, Nullable(acceptance.reason))
            case .passed, .failed, .warned, .new, .unmeasurable:
                let reasons = [checked.reason, checked.conditionNote].compactMap(\.self)
                (until, commit) = (nil, nil)
                reason = Nullable(reasons.isEmpty ? nil : reasons.joined(separator: "; "))
            }
        }
    }

    struct Place: Encodable {
        let path: String
        let line: Int
    }
}
