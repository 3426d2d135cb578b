extension Metric {
    /// The least difference that a fraction or factor can mean.
    func floor(_ pair: IterationPair?) -> Double {
        switch self {
        case .allocations: 1
        case .bytes: 16
        case .retainedBytes: max(16, least(pair))
        case .goroutines, .retainedObjects: max(0.1, least(pair))
        default: 0
        }
    }

    /// The least difference that can be determined at all. Growth is told by a few objects more or less, which are much where
    /// there are few iterations.
    func least(_ pair: IterationPair?) -> Double { behavior == .growth ? jitter(pair) : 0 }
}
