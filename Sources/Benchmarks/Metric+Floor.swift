extension Metric {
    /// The least difference that a fraction or factor can mean.
    var floor: Double {
        switch self {
        case .allocations: 1
        case .bytes, .retainedBytes: 16
        case .goroutines, .retainedObjects: 0.1
        default: 0
        }
    }

    /// What a dozen set-up allocations of a run make of one iteration.
    func slack(iterations: Int) -> Double {
        switch self {
        case .allocations: 12 / Double(max(1, iterations))
        case .bytes: 12 * 64 / Double(max(1, iterations))
        default: 0
        }
    }
}
