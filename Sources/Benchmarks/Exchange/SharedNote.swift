/// The note of one commit: measurements of many machines, and lines that are none.
///
/// Notes only grow: whatever two clones wrote, their union has all of it.
public struct SharedNote: Sendable {
    /// The text, as it is kept.
    public private(set) var text: String
    /// The measurements in it.
    public private(set) var records: [MeasurementRecord]
    /// What could not be read: the line where it begins, and why.
    public let problems: [(line: Int, reason: String)]
    private var unread: [String]

    /// Reads the records of a note; what is damaged is listed as a problem, and kept as it is.
    public init(text: String) {
        let reader = RecordReader(text)
        self.text = text
        (records, problems, unread) = (reader.records, reader.problems, reader.unread)
    }

    /// A note of some measurements.
    public init(of records: some Sequence<MeasurementRecord>) {
        // What is compared later is what a reader sees.
        self.init(text: RecordWriter.text(of: records.map(\.condensed)))
    }

    /// Adds what another note has. The text stays as it is when there is nothing new.
    ///
    /// A measurement that has got further rounds takes the place of its earlier state.
    public mutating func formUnion(_ other: SharedNote) {
        let new = other.records.filter { record in !records.contains { $0 == record || $0.extends(record) } }
        let known = Set(unread)
        let lines = other.unread.filter { !known.contains($0) }
        guard !new.isEmpty || !lines.isEmpty else { return }
        records = (records + new).filter { record in !new.contains { $0.extends(record) } }
            .sorted { SharedNote.order(of: $0).lexicographicallyPrecedes(SharedNote.order(of: $1)) }
        unread += lines
        var writer = RecordWriter()
        for record in records { writer.add(record) }
        writer.add(unread: unread)
        text = writer.text
    }

    private static func order(of record: MeasurementRecord) -> [String] {
        let target = record.measurement.target
        return [record.machine, record.recipe.text, target.package, target.pattern, RecordWriter.text(of: [record])]
    }
}
