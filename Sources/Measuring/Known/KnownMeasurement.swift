package import Benchmarks
package import MeasurementCache

/// What is known of a target at a commit.
package struct KnownMeasurement: Sendable {
    package var measurement: Measurement
    /// The state of its inputs; nil when no other commit may take the measurement over.
    package var state: MeasurementCache.InputState?
    /// Whether it was measured now, and not recalled.
    package var isNew: Bool

    package init(measurement: Measurement, state: MeasurementCache.InputState?, isNew: Bool) {
        (self.measurement, self.state, self.isNew) = (measurement, state, isNew)
    }

    /// A target that was tried now in vain, at one commit only.
    package init(_ target: Measurement.Target, failure: Failure) {
        self.init(measurement: Measurement(target: target, failure: failure), state: nil, isNew: true)
    }
}
