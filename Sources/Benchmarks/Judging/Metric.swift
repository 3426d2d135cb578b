/// A unit of the Go benchmark format that a series follows, such as `allocs/op`.
///
/// Source of the format: https://go.googlesource.com/proposal/+/master/design/14313-benchmark-format.md
///
/// ```swift
/// Metric("allocs/op") == .allocations     // true
/// Metric("MB/s").isCost                   // false, since less of it is worse
/// Metric.allocations.formatted(252.0078)  // "252.01"
/// ```
public struct Metric: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The unit as it is printed, e.g. `allocs/op`.
    public let unit: String

    /// A metric named by its unit, which may be one that a benchmark reports with `b.ReportMetric`.
    public init(_ unit: String) { self.unit = unit }

    /// Heap allocations of one more iteration.
    public static let allocations = Metric("allocs/op")
    /// Bytes allocated by one more iteration.
    public static let bytes = Metric("B/op")
    /// Nanoseconds per iteration.
    public static let time = Metric("ns/op")
    /// Goroutines that stay behind per iteration.
    public static let goroutines = Metric("goroutines/op")
    /// Heap objects that stay reachable per iteration.
    public static let retainedObjects = Metric("retained-objects/op")
    /// Bytes that stay reachable per iteration.
    public static let retainedBytes = Metric("retained-B/op")

    /// Nanoseconds of all processors per iteration, in the program and in the kernel, collections included.
    public static let cpuTime = Metric("cpu-ns/op")
    /// Instructions of the processor that one more iteration executes, in all of the program: what takes time, without the
    /// noise of a clock.
    public static let instructions = Metric("instructions/op")
    /// The most memory that the process had in a run of N2 iterations, beyond what it had before the benchmark.
    public static let peakMemory = Metric("peak-B")
    /// The most bytes that a collection left alive in a run of N2 iterations, beyond those before it.
    public static let peakHeap = Metric("peak-heap-B")

    /// The different faults that a sanitizer reported in one run.
    public static let reports = Metric("reports")
    /// What a test's calls of `testing.AllocsPerRun` counted for each run, not rounded down; those from the second call on
    /// have its number behind it, as in `allocs/run#2`.
    public static let allocationsPerRun = Metric("allocs/run")

    /// The metrics that are searched when the user names none.
    public static let standard: [Metric] = [.allocations, .goroutines, .retainedObjects]

    /// The metrics that every benchmark has, or that `testing` reports by itself.
    public static let known: [Metric] =
        standard + [.bytes, .time, .retainedBytes, .cpuTime, .instructions, .peakMemory, .peakHeap, Metric("MB/s")]

    /// How the repeated values of a metric behave, which decides how they are summarised.
    public enum Behavior: Sendable {
        /// Strays only add to a run, so the least of each run stands: allocations and bytes.
        case counted
        /// A slope between two iteration counts: the median stands.
        case growth
        /// Whatever a benchmark reports by itself: the median stands.
        case reported
        /// Faults that a run may meet or miss: the most of any run stands.
        case found
        /// A clock's value, or one that varies as a clock's does: the median stands, and a difference must pass a rank
        /// test.
        case timed
    }

    /// How repeated values of this metric behave.
    public var behavior: Behavior {
        switch self {
        case .allocations, .bytes: .counted
        case .goroutines, .retainedObjects, .retainedBytes: .growth
        case .reports: .found
        case .instructions: .timed
        default:
            isPerRun
                ? .counted
                : unit.hasPrefix("ns/") || unit.hasSuffix("-ns/op") || unit.hasSuffix("/s") ? .timed : .reported
        }
    }

    private var isPerRun: Bool {
        self == .allocationsPerRun || unit.hasPrefix(Metric.allocationsPerRun.unit + "#")
    }

    /// Whether it is about what stays reachable.
    public var isRetained: Bool { self == .retainedObjects || self == .retainedBytes }

    /// Whether it is what a whole run takes at once, and no part of an iteration.
    var isPeak: Bool { self == .peakMemory || self == .peakHeap }

    /// Where there are values of it, as a sentence; nil where that is not known.
    var presence: String? {
        switch self {
        case .peakMemory:
            "\(self) is only known for the first benchmark of a process; choose a single sub-benchmark, as in -b '^BenchmarkX$/^large$'"
        case .cpuTime:
            "\(self) needs a run of at least a millisecond, not counting set-up; --benchtime Nx makes runs longer"
        case .peakHeap: "\(self) takes Go 1.21 or newer"
        case .instructions: "instructions are only counted when \(self) is asked for"
        default: nil
        }
    }

    /// Whether it counts the bytes of objects, and not the objects.
    public var isInBytes: Bool { self == .bytes || self == .retainedBytes }

    /// Whether more of it is worse, as of everything but rates such as `MB/s`.
    public var isCost: Bool { !unit.hasSuffix("/s") }

    /// How many repeats decide when their value lies near a bound.
    public var minimumRepeats: Int {
        switch behavior {
        // A run has a stray lump of bytes or has none, so few runs may all have one.
        case .counted: self == .bytes ? 5 : 3
        case .growth, .reported, .found: 3
        case .timed: 10
        }
    }

    /// After how many repeats a value may be judged at the earliest, whatever it is: for an exact metric, one may do.
    public var certainRepeats: Int {
        switch behavior {
        case .counted, .growth: 1
        case .reported, .timed, .found: minimumRepeats
        }
    }

    public var description: String { unit }
    public static func < (left: Metric, right: Metric) -> Bool { left.unit < right.unit }
}

extension Metric {
    /// The least difference that a fraction or factor can mean.
    func floor(_ pair: IterationPair?) -> Double {
        switch self {
        case .allocations: 1
        case .bytes: 16
        case .retainedBytes: max(16, minimum(pair))
        case .goroutines, .retainedObjects: max(0.1, minimum(pair))
        // What the runtime holds ready by itself.
        case .peakMemory: 1_048_576
        case .peakHeap: 16_384
        default: 0
        }
    }

    /// The least difference that can be determined at all. Growth shows in a few objects more or less, which are much
    /// where there are few iterations.
    func minimum(_ pair: IterationPair?) -> Double { behavior == .growth ? jitter(pair) : 0 }
}

extension Metric {
    /// A value as it is shown to people: no more decimals than mean something, none that are zero.
    ///
    /// What is counted is a whole number or an average, and tells no more in its third decimal. What else there is has
    /// four digits, as Go prints it.
    public func formatted(_ value: Double) -> String {
        switch behavior {
        case .counted, .growth, .found: value.formatted(decimals: 2)
        case .reported, .timed:
            switch value.magnitude {
            case ..<9.9995: value.formatted(decimals: 3)
            case ..<99.995: value.formatted(decimals: 2)
            case ..<999.95: value.formatted(decimals: 1)
            default: value.formatted(decimals: 0)
            }
        }
    }

    /// Several values as they are shown to people.
    public func listed(_ values: [Double]) -> String { values.map(formatted).joined(separator: ", ") }

    /// A difference as it is shown to people, with its sign.
    public func signed(_ difference: Double) -> String {
        (difference < 0 ? "-" : "+") + formatted(difference.magnitude)
    }
}

extension Double {
    /// The number with at most this many decimals, rounded, and none that are zero.
    public func formatted(decimals: Int) -> String {
        let scale = (0..<decimals).reduce(1) { scale, _ in scale * 10 }
        let scaled = (magnitude * Double(scale)).rounded()
        guard scaled < 1e15 else { return "\(self)" }
        var text = "\(self < 0 && scaled > 0 ? "-" : "")\(Int(scaled) / scale)"
        let rest = Int(scaled) % scale
        if rest > 0 {
            var digits = String(rest + scale).dropFirst()
            while digits.hasSuffix("0") { digits = digits.dropLast() }
            text += "." + digits
        }
        return text
    }
}
