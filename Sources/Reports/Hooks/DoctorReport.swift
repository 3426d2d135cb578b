public import AllocBisectCore

/// What is well and what is missing, for people and as JSON.
public struct DoctorReport {
    /// The findings as text, one a line.
    public static func text(of diagnosis: Diagnosis, style: TextStyle) -> String {
        let width = diagnosis.findings.map(\.subject.count).max() ?? 0
        return diagnosis.findings.map { finding in
            let mark = ["well": "ok  ", "odd": "warn", "missing": "FAIL"][finding.state.rawValue] ?? ""
            let subject = finding.subject.padded(to: width)
            return "\(finding.state == .missing ? style.red(mark) : mark)  \(subject)  \(finding.text.terminalSafe)\n"
        }.joined()
    }

    /// The findings as one JSON document.
    public static func json(of diagnosis: Diagnosis) throws -> String {
        try JSONDocument.text(
            of: Document(
                findings: diagnosis.findings.map {
                    Item(subject: $0.subject, state: $0.state.rawValue, text: $0.text)
                }))
    }

    private struct Document: Encodable {
        let schemaVersion = JSONDocument.schemaVersion
        let command = "doctor"
        let findings: [Item]
    }

    private struct Item: Encodable {
        let subject, state, text: String
    }
}
