import Benchmarks
import MeasurementCache

/// What is known of a target at a commit.
struct KnownMeasurement: Sendable {
    var measurement: Measurement
    /// The state of its inputs; nil when no other commit may take the measurement over.
    var state: MeasurementCache.InputState?
    /// Whether it was measured now, and not recalled.
    var isNew: Bool
}
