public import AllocBisectCore
import Benchmarks

/// A check as the code quality report that GitLab shows in a merge request.
///
/// Source: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
public struct CheckGitLab {
    /// The document's text: a list of what is worse than allowed, and of what passed by head alone.
    public static func text(of check: Check) throws -> String {
        try JSONDocument.text(of: check.findings.filter { $0.isTold || $0.isNoted }.map(Violation.init))
    }

    private struct Violation: Encodable {
        let description, checkName, fingerprint, severity: String
        let location: Location

        enum CodingKeys: String, CodingKey {
            case description, fingerprint, severity, location
            case checkName = "check_name"
        }

        init(_ finding: CheckedSeries) {
            let (path, line) = finding.location
            description = finding.sentence.terminalSafe
            checkName = "allocbisect/\(finding.metric.unit.terminalSafe)"
            fingerprint =
                [finding.benchmark.package, finding.benchmark.name, finding.metric.unit]
                .joined(separator: "\0").fingerprint
            severity = finding.isFailure ? "major" : finding.isTold ? "minor" : "info"
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
