/// Writes measurements in the Go benchmark format, so that benchstat reads them, and `RecordReader` all of them.
///
/// What decides the numbers is configuration (`key: value`), which holds until it changes: only changes are written.
/// What belongs to one measurement alone stands in lines that begin with `#`, which the format ignores.
///
/// Source of the format: https://go.googlesource.com/proposal/+/master/design/14313-benchmark-format.md
public struct RecordWriter: Sendable {
    /// The records added so far, in the Go benchmark format.
    public private(set) var text = ""
    private var configuration: [String: String] = [:]

    /// What stands before the units of the run at N1, on the line of the run at N2, so that benchstat keeps them apart.
    static let shortPrefix = "n1-"
    /// What stands before a unit at N2 that begins with a prefix by itself.
    static let longPrefix = "n2-"
    /// What stands before a line that could not be read, so that nobody takes it for anything.
    static let unreadPrefix = "# unread: "

    /// A writer that has written nothing.
    public init() {}

    /// The text of some records.
    public static func text(of records: some Sequence<MeasurementRecord>) -> String {
        var writer = RecordWriter()
        for record in records { writer.add(record) }
        return writer.text
    }

    /// Appends a record, and before it what of its configuration differs from the one before.
    public mutating func add(_ record: MeasurementRecord) {
        let measurement = record.measurement
        let pair = measurement.pair
        configure([("commit", record.commit), ("machine", record.machine)] + record.recipe.configuration)
        configure([
            ("dir", measurement.target.package), ("bench", measurement.target.pattern),
            ("n1", pair.map { "\($0.short)" } ?? ""), ("n2", pair.map { "\($0.long)" } ?? ""),
        ])
        line("# measurement of \(measurement.rounds.count) rounds")
        if let inputs = record.inputs {
            line("# inputs: \(inputs.files.text.escapedLine)")
            line("# digest: \(inputs.digest.escapedLine)")
        }
        if let failure = measurement.failure {
            line("# failure: \(failure.reason.rawValue)")
            if let limit = failure.limit { line("# limit: \(limit)") }
            if !failure.message.isEmpty { line("# message: \(failure.message.escapedLine)") }
        }
        for (number, round) in measurement.rounds.enumerated() {
            let results = pair.map { self.results(of: round, at: $0, cpu: record.recipe.cpu) } ?? []
            line("# round \(number + 1) of \(results.count) results")
            for result in results { line(result) }
        }
    }

    /// Hands out what was written since the last time; the configuration goes on to hold.
    public mutating func take() -> String {
        defer { text = "" }
        return text
    }

    /// Keeps lines that could not be read.
    public mutating func add(unread lines: some Sequence<String>) {
        for text in lines { line(RecordWriter.unreadPrefix + text) }
    }

    private mutating func configure(_ fields: [(key: String, value: String)]) {
        for (key, value) in fields where configuration[key] != value {
            configuration[key] = value
            line(value.isEmpty ? "\(key):" : "\(key): \(value.escapedLine)")
        }
    }

    private mutating func line(_ line: String) { text += line + "\n" }

    private func results(of round: Round, at pair: IterationPair, cpu: Int) -> [String] {
        let suffix = cpu == 1 ? "" : "-\(cpu)"
        let names = Set((round.long.merging(round.short) { $0.merging($1) { $1 } }).filter { !$0.value.isEmpty }.keys)
        return names.sorted().map { name in
            let isLong = round.long[name]?.isEmpty == false
            let iterations = isLong ? pair.long : pair.short
            let long = RecordWriter.fields(of: round.long[name] ?? [:], at: pair.long) { unit in
                [RecordWriter.shortPrefix, RecordWriter.longPrefix].contains(where: unit.hasPrefix)
                    ? RecordWriter.longPrefix + unit : unit
            }
            let short = RecordWriter.fields(of: round.short[name] ?? [:], at: pair.short) {
                RecordWriter.shortPrefix + $0
            }
            let printed = FunctionKind.printed(name).oneWord + suffix
            return ([printed, "\(iterations)"] + long + short).joined(separator: "\t")
        }
    }

    /// The units in the order in which Go prints them, and then by name, with what Go derives from the totals.
    private static func fields(
        of kept: [String: Double], at iterations: Int, _ name: (String) -> String
    ) -> [String] {
        let result = BenchmarkResult(
            name: "", iterations: kept[ProbeUnit.iterations.rawValue].flatMap { Int(exactly: $0) } ?? iterations,
            values: kept)
        var values = kept
        for metric in [Metric.allocations, .bytes] where values[metric.unit] == nil {
            values[metric.unit] = result.truncated(metric)
        }
        let usual = [Metric.time, .bytes, .allocations].map(\.unit).filter { values[$0] != nil }
        return (usual + values.keys.filter { !usual.contains($0) }.sorted()).map { unit in
            "\((values[unit] ?? 0).plain) \(name(unit).oneWord)"
        }
    }
}

extension Double {
    /// The shortest number that reads as the same value.
    fileprivate var plain: String {
        let text = "\(self)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}

extension String {
    /// The text without blanks, which Go allows in neither names nor units.
    fileprivate var oneWord: String {
        guard unicodeScalars.contains(where: \.properties.isWhitespace) else { return self }
        return String(String.UnicodeScalarView(unicodeScalars.map { $0.properties.isWhitespace ? "_" : $0 }))
    }
}
