extension Threshold {
    /// The positions where a series of values has a step: where it differs from the value before it by as much as this
    /// threshold asks for, upwards or downwards. For noisy metrics `StepFinder` decides, since two values tell nothing.
    ///
    /// - Parameters:
    ///   - values: The values along one line of commits, oldest first; nil where there is none. A step over such a gap
    ///     is at the first value after it.
    ///   - metric: The metric of the series.
    ///   - iterations: N2 of the series.
    public func steps(in values: [Double?], metric: Metric, iterations: Int) -> [Int] {
        switch metric.behavior {
        case .timed, .reported:
            return StepFinder().find(in: values, metric: metric, iterations: iterations).map(\.index)
        case .counted, .growth: break
        }
        var before: Double?
        return values.indices.filter { position in
            guard let value = values[position] else { return false }
            defer { before = value }
            guard let before else { return false }
            return isCrossed(from: before, to: value, metric, iterations)
                || isCrossed(from: value, to: before, metric, iterations)
        }
    }

    private func isCrossed(from good: Double, to bad: Double, _ metric: Metric, _ iterations: Int) -> Bool {
        guard let bound = bound(good: good, metric: metric, iterations: iterations) else { return false }
        // An absolute bound may lie beyond both.
        return bound.isCrossed(by: bad) && !bound.isCrossed(by: good)
    }
}
