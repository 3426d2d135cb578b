import Benchmarks
import GRDB

/// A measurement on its way out of the tables, which is given its values one by one.
struct StoredMeasurement {
    private(set) var measurement: Measurement
    private let long: Int?

    /// The columns that a row begins with; they are read by position, since looking for names takes longer.
    static let columns = #"measurement.id, short, long, rounds, reason, message, "limit""#
    /// How many these are.
    static let columnCount = 7

    /// What a row of the table of measurements says.
    init(_ row: Row, target: Measurement.Target) {
        let long: Int? = row[2]
        let reason = (row[4] as String?).map { Failure.Reason(rawValue: $0) ?? .failed }
        measurement = Measurement(
            target: target, pair: long.map { IterationPair(short: row[1], long: $0) },
            rounds: Array(repeating: Round(), count: row[3]),
            failure: reason.map { Failure($0, row[5], limit: row[6]) })
        self.long = long
    }

    /// Adds a value: its row has the round, the iterations and the number in front.
    mutating func add(_ value: Row, benchmark: String, unit: String) {
        // By position: a measurement of many benchmarks has thousands of values.
        let round: Int = value[0]
        guard measurement.rounds.indices.contains(round) else { return }
        if value[1] as Int == long {
            measurement.rounds[round].long[benchmark, default: [:]][unit] = value[2]
        } else {
            measurement.rounds[round].short[benchmark, default: [:]][unit] = value[2]
        }
    }
}
