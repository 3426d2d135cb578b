public import AllocBisectCore
import Benchmarks

/// A check as the code quality report that GitLab shows in a merge request.
///
/// Source: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
public struct CheckGitLab {
    /// The document's text: a list of what is worse than allowed, and of what passed with a note.
    public static func text(of check: Check) throws -> String {
        try JSONDocument.text(of: check.series.filter { $0.isTold || $0.isNoted }.map(Violation.init))
    }

    private struct Violation: Encodable {
        let description, checkName, fingerprint, severity: String
        let location: Location

        enum CodingKeys: String, CodingKey {
            case description, fingerprint, severity, location
            case checkName = "check_name"
        }

        init(_ checked: CheckedSeries) {
            let (path, line) = checked.location
            description = checked.sentence.terminalSafe
            checkName = "allocbisect/\(checked.metric.unit.terminalSafe)"
            fingerprint =
                [checked.benchmark.package, checked.benchmark.name, checked.metric.unit]
                .joined(separator: "\0").fingerprint
            severity = checked.isFailure ? "major" : checked.isTold ? "minor" : "info"
            location = Location(path: path, lines: Lines(begin: line))
        }
    }

    private struct Location: Encodable {
        let path: String
        let lines: Lines
    }

    private struct Lines: Encodable {
        let begin: Int
    }
}
