/// The two fixed iteration counts, N1 and N2, at which a benchmark is run.
///
/// Two counts let growth be a slope, in which set-up cancels; fixed counts make allocations repeatable, since Go's
/// own choice of N depends on the machine's speed. A pair never changes inside a series.
///
/// Go runs a benchmark once with N = 1 before any larger N, but only that once where N is 1, and never twice where it uses
/// `b.Loop`. So with N1 = 1 nothing would tell by how many iterations both runs differ.
public struct IterationPair: Hashable, Sendable {
    /// N1, the smaller count.
    public let short: Int
    /// N2, the larger count.
    public let long: Int

    /// A pair with `1 <= short <= long`.
    public init(short: Int, long: Int) {
        self.short = max(1, short)
        self.long = max(self.short, long)
    }

    /// The pair for a given N2: N1 is a tenth of it, but at least 2 unless N2 is 1.
    public init(long: Int) { self.init(short: max(long / 10, min(long, 2)), long: long) }

    /// The pair of a benchmark that is not slow.
    public static let standard = IterationPair(short: 100, long: 1000)

    /// The pairs from the largest to the smallest, the standard one first.
    public static let scale = [
        standard, IterationPair(short: 30, long: 300), IterationPair(short: 10, long: 100),
        IterationPair(short: 3, long: 30), IterationPair(short: 2, long: 10), IterationPair(short: 2, long: 3),
    ]

    /// The pair of a test, which was not written to be run often.
    package static let ofTests = IterationPair(short: 2, long: 10)

    /// The pair of a test whose run takes this many seconds: a smaller one where it would take half a minute otherwise.
    static func forTests(taking seconds: Double) -> IterationPair {
        seconds * Double(ofTests.long) <= 30 ? ofTests : IterationPair(short: 2, long: 3)
    }

    /// The largest pair of the scale at which a run takes about a second.
    ///
    /// - Parameter seconds: What one more iteration of all benchmarks of the run takes by the wall clock.
    public static func fitting(_ seconds: Double) -> IterationPair {
        scale.first { seconds * Double($0.long) <= mostSeconds } ?? scale[scale.count - 1]
    }

    /// The smallest pair, not below the standard one, at which a benchmark lasts `seconds`, or the largest at which a
    /// run takes about a second.
    ///
    /// - Parameters:
    ///   - each: What one more iteration takes by the benchmark's own clock.
    ///   - wall: What one more iteration of all benchmarks of the run takes by the wall clock.
    static func lasting(_ seconds: Double, each: Double, wall: Double) -> IterationPair {
        var pair = standard
        var long = pair.long
        while each * Double(pair.long) < seconds, long < 1_000_000_000 {
            // 1000, 3000, 10 000, …
            long = "\(long)".first == "1" ? long * 3 : long / 3 * 10
            if wall * Double(long) > mostSeconds { break }
            pair = IterationPair(long: long)
        }
        return pair
    }

    private static let mostSeconds = 1.5

    /// The iterations over which growth is a slope; 0 when both counts are the same.
    public var span: Int { long - short }
}
