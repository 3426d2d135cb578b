extension Metric {
    /// How many allocations, objects or bytes more or less than its own a run of that many iterations may have.
    ///
    /// Set-up cancels in a slope. What is left is the runtime's own and what a garbage collection takes from a
    /// `sync.Pool`, so that it grows with the run. In 399 runs of 133 benchmarks of public packages whose value is a
    /// whole number, the difference between two runs was off by 0 to 10 allocations at N = 1000, by -1 to 3 at N = 100
    /// and N = 10, and by -1 to 1 at N = 3; of live objects by up to 8, 5, 5 and 7, of 6 KB. A run may have a lump of
    /// up to 64 KB.
    func strays(iterations: Int) -> Double {
        let iterations = Double(iterations)
        return switch self {
        case .allocations: 2 + iterations / 100
        case .retainedObjects: 4 + iterations / 200
        case .goroutines: 0.5
        case .bytes: 65_536
        case .retainedBytes: 20_480
        default: .infinity
        }
    }

    /// How far a value of this metric may be off; 0 without iterations.
    ///
    /// Values closer than this to a bound are measured again.
    public func jitter(_ pair: IterationPair?) -> Double {
        guard let pair else { return 0 }
        return strays(iterations: pair.long) / Double(pair.divisor)
    }

    /// How many objects come and go by chance, in an operation that allocates very many: with the seeds of maps, 448,559
    /// to 448,563 were seen of one commit.
    public func chance(at value: Double) -> Double { self == .allocations ? (value / 50_000).rounded(.down) : 0 }

    /// The value without what strays make of it: the whole number that it is within jitter of, and never below zero.
    ///
    /// In a slope, strays of the longer run add and those of the shorter one take away, which are far fewer: 2.99 is
    /// 2.99, but 3.01 is 3. Bytes are whole, cut down as Go cuts them, but for the little that slopes of a series that
    /// does not change differ by, of which 95 % lay within 135 bytes a run.
    func cleaned(_ value: Double, _ pair: IterationPair) -> Double {
        guard behavior == .counted || behavior == .growth, total != nil else { return value }
        let span = Double(pair.divisor)
        let whole = value.rounded()
        let cleaned =
            switch self {
            case .bytes: (value + min(0.5, 135 / span)).rounded(.down)
            case .retainedBytes: whole
            default: isStray((value - whole) * span, pair) ? whole : value
            }
        return cleaned > 0 ? cleaned : 0
    }

    private func isStray(_ count: Double, _ pair: IterationPair) -> Bool {
        let below = behavior == .growth ? pair.long : pair.short
        // The division by the span left a rounding error.
        let count = (count * 1000).rounded() / 1000
        return count <= strays(iterations: pair.long) && -count <= strays(iterations: below)
    }

    /// The total that the probe counts, of which this metric is the part of an iteration, or a peak that stands for itself;
    /// nil for what a benchmark or Go prints by itself.
    var total: ProbeUnit? {
        switch self {
        case .allocations: .mallocs
        case .bytes: .bytes
        case .goroutines: .goroutines
        case .retainedObjects: .liveObjects
        case .retainedBytes: .liveBytes
        case .cpuTime: .cpu
        case .instructions: .instructions
        case .peakHeap: .peakHeap
        case .peakMemory: .peakMemory
        default: nil
        }
    }

    /// The units that a value is derived from.
    public var sources: [String] { [unit] + (total.map { [$0.rawValue, ProbeUnit.iterations.rawValue] } ?? []) }
}

extension IterationPair {
    /// The iterations that a difference or a total is divided by.
    var divisor: Int { span > 0 ? span : long }
}
