public import AllocBisectCore
import Benchmarks

/// A check as the code quality report that GitLab shows in a merge request.
///
/// Source: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
public struct CheckGitLab {
    /// The document's text: a list of what is worse than allowed, empty when nothing is.
    public static func text(of check: Check) throws -> String {
        try JSONDocument.text(of: check.findings.filter(\.isTold).map(Violation.init))
    }

    private struct Violation: Encodable {
        let description, checkName, fingerprint, severity: String
        let location: Location

        enum CodingKeys: String, CodingKey {
            case description, fingerprint, severity, location
            case checkName = "check_name"
        }

        init(_ finding: Finding) {
            let (path, line) = finding.location
            description = finding.sentence.visible
            checkName = "allocbisect/\(finding.metric.unit.visible)"
            fingerprint = CheckGitLab.fingerprint(
                [finding.benchmark.package, finding.benchmark.name, finding.metric.unit].joined(separator: "\0"))
            severity = finding.isFailure ? "major" : "minor"
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

    /// A number that stays the same for a series from one run to the next: FNV-1a of 64 bits.
    private static func fingerprint(_ text: String) -> String {
        let hash = text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        return String(repeating: "0", count: hash.leadingZeroBitCount / 4) + String(hash, radix: 16)
    }
}
