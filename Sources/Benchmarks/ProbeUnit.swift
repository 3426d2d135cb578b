/// The further units that the measuring probe adds to a result line.
///
/// They carry a prefix of their own, so that a benchmark which reports a unit such as `goroutines` by itself is not
/// mistaken for the probe.
public enum ProbeUnit: String, Sendable, CaseIterable {
    /// Allocations of the whole timed loop.
    case mallocs = "probe-mallocs"
    /// Bytes allocated in the whole timed loop.
    case bytes = "probe-bytes"
    /// Goroutines more than before the benchmark's last run began.
    case goroutines = "probe-goroutines"
    /// Bytes reachable more than before the benchmark's last run began.
    case liveBytes = "probe-live-bytes"
    /// Objects reachable more than before the benchmark's last run began.
    case liveObjects = "probe-live-objects"
    /// Nanoseconds that the process used of its processors in the benchmark's last run, untimed parts and collections
    /// included.
    case cpu = "probe-cpu-ns"
    /// The most bytes that a collection of the benchmark's last run left alive, more than before it began. Go 1.21 and newer.
    case peakHeap = "probe-peak-heap-bytes"
    /// The most bytes of memory that the process had up to the benchmark's end, more than before its first run; of the first
    /// benchmark of a process only.
    case peakMemory = "probe-peak-bytes"
    /// Instructions of the whole process, which a program around it counted.
    case instructions = "probe-instructions"
    /// Printed as 1 when goroutines or objects were still going when the probe stopped waiting for them.
    case unsettled = "probe-unsettled"
    /// Nanoseconds of the benchmark's last run by the wall clock, untimed parts included.
    case wall = "probe-wall-ns"
    /// The number of the profiles that were written at the benchmark's end, from 1 on; printed when they were.
    case snapshot = "probe-snapshot"
    /// Kept, but not printed: how many iterations ran, where a benchmark changed their number by itself.
    case iterations = "probe-iterations"

    /// Whether it says nothing of the commit.
    var isTransient: Bool { self == .wall || self == .snapshot }
}
