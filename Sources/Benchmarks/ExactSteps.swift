/// The steps of a series whose values vary by no more than a known jitter.
///
/// A level reaches as far as all its values lie so close together that none is a rise or fall from another. A slow drift
/// is therefore a step where its sum becomes one, and a value that comes back at once is two steps.
struct ExactSteps {
    let finder: StepFinder
    let metric: Metric
    /// N2 of the series, which decides the jitter.
    let iterations: Int
    /// From when on a change counts, upwards or downwards; nil for the finder's minimum size.
    let threshold: Threshold?

    /// The steps of values without gaps, in time proportional to their count.
    func find(in values: [Double]) -> [Step] {
        var levels: [Range<Int>] = []
        var start = 0
        var (low, high) = (values.first ?? 0, values.first ?? 0)
        for index in values.indices {
            let value = values[index]
            if isStep(from: low, to: value) || isStep(from: high, to: value) {
                levels.append(start..<index)
                (start, low, high) = (index, value, value)
            }
            (low, high) = (min(low, value), max(high, value))
        }
        levels.append(start..<values.count)
        return zip(levels, levels.dropFirst()).compactMap { before, after in
            guard let old = metric.summary(of: Array(values[before])),
                let new = metric.summary(of: Array(values[after]))
            else { return nil }
            return Step(index: after.lowerBound, previousIndex: before.upperBound - 1, before: old, after: new)
        }
    }

    /// Whether a change is one by the threshold, in either direction, and is more than jitter.
    private func isStep(from level: Double, to value: Double) -> Bool {
        guard (value - level).magnitude > metric.jitter(iterations: iterations) else { return false }
        if let threshold { return isCrossed(threshold, level, value) || isCrossed(threshold, value, level) }
        let fraction = finder.minimumSize
        let threshold = Threshold(value > level ? .riseBy(fraction: fraction) : .fallBy(fraction: fraction))
        return threshold.bound(good: level, metric: metric, iterations: iterations)?.isCrossed(by: value) ?? false
    }

    private func isCrossed(_ threshold: Threshold, _ good: Double, _ bad: Double) -> Bool {
        guard let bound = threshold.bound(good: good, metric: metric, iterations: iterations) else { return false }
        // An absolute bound may lie beyond both.
        return bound.isCrossed(by: bad) && !bound.isCrossed(by: good)
    }
}
