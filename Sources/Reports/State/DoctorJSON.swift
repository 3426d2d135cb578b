public import AllocBisectCore

/// What is well and what is missing, as one JSON document.
public struct DoctorJSON {
    /// Writes the whole document, which follows `Schemas/doctor.json`.
    ///
    /// - Throws: `EncodingError` for a value that JSON cannot hold, such as infinity.
    public static func text(of diagnosis: Diagnosis) throws -> String {
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
