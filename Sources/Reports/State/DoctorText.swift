public import AllocBisectCore

/// What is well and what is missing, for people.
public struct DoctorText {
    /// The findings as text, one a line.
    public static func text(of diagnosis: Diagnosis, style: TextStyle) -> String {
        let width = diagnosis.findings.map(\.subject.count).max() ?? 0
        return diagnosis.findings.map { finding in
            let mark =
                switch finding.state {
                case .well: "ok  "
                case .odd: "warn"
                case .missing: style.red("FAIL")
                }
            return "\(mark)  \(finding.subject.padded(to: width))  \(finding.text.terminalSafe)\n"
        }.joined()
    }
}
