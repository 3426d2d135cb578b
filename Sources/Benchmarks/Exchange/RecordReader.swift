/// Reads what `RecordWriter` wrote. What is damaged is left out, and named with its place.
public struct RecordReader: Sendable {
    /// The measurements, in the order of the text.
    public private(set) var records: [MeasurementRecord] = []
    /// What could not be read: the line where it begins, and why.
    public private(set) var problems: [(line: Int, reason: String)] = []
    /// All lines that belong to no measurement, damaged measurements among them.
    public private(set) var unread: [String] = []

    private var configuration: [String: String] = [:]
    private var draft: RecordDraft?

    /// Whether a text claims to be in this format.
    public static func recognizes(_ text: String) -> Bool {
        text.unicodeScalars.split(separator: "\n").contains { $0.starts(with: "# measurement of ".unicodeScalars) }
    }

    /// Reads all records of a text; what is damaged is left out and listed as a problem.
    public init(_ text: String) {
        for (number, line) in text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        {
            read(String(line.last == "\r" ? line.dropLast() : line), number + 1)
        }
        finish()
    }

    private mutating func read(_ line: String, _ number: Int) {
        if line.unicodeScalars.starts(with: RecordWriter.unreadPrefix.unicodeScalars) {
            unread.append(String(line.unicodeScalars.dropFirst(RecordWriter.unreadPrefix.unicodeScalars.count)))
        } else if let field = ConfigurationLine(line) {
            finish()
            configuration[field.key] = String(unescaping: field.value.unicodeScalars)
        } else if let rounds = RecordDraft.rounds(announcedBy: line) {
            finish()
            draft = RecordDraft(line: number, rounds: rounds, configuration)
            draft?.lines.append(line)
        } else if draft?.read(line) != true, !line.isEmpty {
            unread.append(line)
            if line.hasPrefix("Benchmark") {
                problems.append((number, "a result that belongs to no measurement"))
            }
        }
    }

    private mutating func finish() {
        guard let draft else { return }
        self.draft = nil
        switch draft.record {
        case .success(let record): records.append(record)
        case .failure(let damage):
            problems.append((draft.line, damage.reason))
            unread += draft.configurationLines + draft.lines
        }
    }
}
