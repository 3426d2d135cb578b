/// A measurement with everything that must be known of it elsewhere: its commit, its recipe and where it was made.
public struct MeasurementRecord: Sendable, Equatable {
    /// The commit's 40 digits.
    public var commit: String
    /// What decided the numbers besides the commit.
    public var recipe: Recipe
    /// The machine or the file that it comes from.
    public var machine: String
    /// What was measured: the rounds as they were printed, a failure, or both.
    public var measurement: Measurement
    /// The files that it depends on, with the digest of what they held; nil when no other commit may take it over.
    public var inputs: (files: Inputs, digest: String)?

    /// Creates a record; without inputs, it speaks for its own commit alone.
    public init(
        commit: String, recipe: Recipe, machine: String, measurement: Measurement,
        inputs: (files: Inputs, digest: String)? = nil
    ) {
        (self.commit, self.recipe, self.machine) = (commit, recipe, machine)
        (self.measurement, self.inputs) = (measurement, inputs)
    }

    /// The record as it is shared in a note: without the inputs, and with the beginning of the failure's message.
    public var condensed: MeasurementRecord {
        var copy = self
        copy.inputs = nil
        if let failure = measurement.failure {
            copy.measurement.failure = Failure(
                failure.reason, String(failure.message.unicodeScalars.prefix(300)), limit: failure.limit)
        }
        return copy
    }

    /// Whether another record is an earlier state of this one: the same measurement before it got further rounds.
    public func extends(_ other: MeasurementRecord) -> Bool {
        commit == other.commit && recipe == other.recipe && machine == other.machine
            && measurement.target == other.measurement.target && measurement.pair == other.measurement.pair
            && measurement.rounds.count > other.measurement.rounds.count
            && measurement.rounds.starts(with: other.measurement.rounds)
    }

    public static func == (left: MeasurementRecord, right: MeasurementRecord) -> Bool {
        left.commit == right.commit && left.recipe == right.recipe && left.machine == right.machine
            && left.measurement == right.measurement && left.inputs?.files == right.inputs?.files
            && left.inputs?.digest == right.inputs?.digest
    }
}
