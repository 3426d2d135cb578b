import Benchmarks
import GRDB

/// A measurement on its way out of the tables, which is given its values one by one.
struct StoredMeasurement {
    private(set) var measurement: Measurement

    /// The columns that a row begins with; they are read by position, since looking for names takes longer.
    static let columns = #"measurement.id, short, long, rounds, reason, message, "limit", measured"#
    /// How many these are.
    static let columnCount = 8
    /// The column that says when it was made.
    static let timeColumn = 7

    /// More than anybody measures: a number beyond it is a damaged one, and would take all memory.
    private static let (mostRounds, mostIterations): (Int64, Int64) = (100_000, 1 << 40)

    /// What a row of the table of measurements says.
    ///
    /// - Throws: `SenselessRow`.
    init(_ row: Row, target: Measurement.Target) throws {
        let rounds = try row.integer(3)
        guard (0...StoredMeasurement.mostRounds).contains(rounds) else {
            throw SenselessRow(reason: "it has \(rounds) rounds")
        }
        let pair = try StoredMeasurement.pair(row, short: 1)
        guard pair != nil || rounds == 0 else { throw SenselessRow(reason: "it has rounds, but no iteration counts") }
        let (message, limit) = (try row.text(5), try row.optional(6, row.number))
        let failure = try row.optional(4, row.text).map { text in
            guard let reason = Failure.Reason(rawValue: text) else {
                throw SenselessRow(reason: "its failure “\(text)” is unknown to this version")
            }
            return Failure(reason, message, limit: limit)
        }
        guard failure != nil || rounds > 0 else { throw SenselessRow(reason: "it has neither rounds nor a failure") }
        measurement = Measurement(
            target: target, pair: pair,
            rounds: Array(repeating: Round(), count: Int(rounds)), failure: failure)
    }

    /// The iteration counts of a row, the smaller one in a column and the larger one in the next; nil when both are NULL.
    ///
    /// - Throws: `SenselessRow`.
    static func pair(_ row: Row, short column: Int) throws -> IterationPair? {
        let counts = (try row.optional(column, row.integer), try row.optional(column + 1, row.integer))
        if case (nil, nil) = counts { return nil }
        guard case (let short?, let long?) = counts, short > 0, long >= short, long <= mostIterations else {
            throw SenselessRow(reason: "its iteration counts make no sense")
        }
        return IterationPair(short: Int(short), long: Int(long))
    }

    /// Adds a value: its row has the round, the iterations and the number in front.
    ///
    /// - Throws: `SenselessRow`. The measurement makes none then either, since it is unknown what the value was.
    mutating func add(_ value: Row, benchmark: String, unit: String) throws {
        // By position: a measurement of many benchmarks has thousands of values.
        let (round, iterations, number) = (try value.integer(0), try value.integer(1), try value.number(2))
        guard let pair = measurement.pair, round >= 0, round < measurement.rounds.count,
            iterations == pair.long || iterations == pair.short
        else {
            throw SenselessRow(reason: "it has values of a round or an iteration count that it does not have")
        }
        if iterations == pair.long {
            measurement.rounds[Int(round)].long[benchmark, default: [:]][unit] = number
        } else {
            measurement.rounds[Int(round)].short[benchmark, default: [:]][unit] = number
        }
    }

    /// Whether values are missing: without a failure there are some.
    var lacksValues: Bool {
        measurement.failure == nil && measurement.rounds.allSatisfy { $0.long.isEmpty && $0.short.isEmpty }
    }
}
