/// The further units that the measuring probe adds to a result line.
///
/// They carry a prefix of their own, so that a benchmark which reports a unit such as `goroutines` by itself is not
/// mistaken for the probe.
public enum ProbeUnit: String, Sendable, CaseIterable {
    /// Allocations of the whole timed loop.
    case mallocs = "probe-mallocs"
    /// Bytes allocated in the whole timed loop.
    case bytes = "probe-bytes"
    /// Goroutines more than before this benchmark.
    case goroutines = "probe-goroutines"
    /// Bytes reachable more than before this benchmark.
    case liveBytes = "probe-live-bytes"
    /// Objects reachable more than before this benchmark.
    case liveObjects = "probe-live-objects"
    /// The number of the profiles that were written at the benchmark's end, from 1 on; printed when they were.
    case snapshot = "probe-snapshot"
}
