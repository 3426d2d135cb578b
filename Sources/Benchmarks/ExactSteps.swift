/// The steps of a series whose values vary by no more than a known jitter, or by none after enough repeats.
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

    /// The values, without gaps.
    let values: [Double]
    /// Whether each stands for so many repeats that it has no jitter.
    let isSettled: [Bool]

    /// The steps, in time proportional to the count of values.
    func find() -> [Step] {
        let levels = levels()
        return zip(levels, levels.dropFirst()).compactMap { before, after in
            guard let old = metric.summary(of: Array(values[before])),
                let new = metric.summary(of: Array(values[after]))
            else { return nil }
            return Step(index: after.lowerBound, previousIndex: before.upperBound - 1, before: old, after: new)
        }
    }

    /// The positions that are not settled, and would be steps or the last values before them if they had not jittered.
    func undecided() -> [Int] {
        var found: Set<Int> = []
        _ = levels { found.formUnion($0.filter { !isSettled[$0] }) }
        return found.sorted()
    }

    /// The positions of a level's lowest and highest value: of all its values, and of those that are settled.
    private struct Extremes {
        var all, settled: (low: Int, high: Int)?
    }

    /// Divides the values into levels.
    ///
    /// - Parameter onDoubt: Called with the positions that would decide on a change that may be jitter, which then counts
    ///   as a step; nil when it does not.
    private func levels(onDoubt: (([Int]) -> Void)? = nil) -> [Range<Int>] {
        var levels: [Range<Int>] = []
        var start = 0
        var extremes = Extremes()
        for index in values.indices {
            var ends = isStep(from: extremes, to: index)
            if !ends, let onDoubt, let other = other(in: extremes, for: index) {
                onDoubt([other, index - 1, index])
                ends = true
            }
            if ends {
                levels.append(start..<index)
                (start, extremes) = (index, Extremes())
            }
            extremes.all = widened(extremes.all, by: index)
            if isSettled[index] { extremes.settled = widened(extremes.settled, by: index) }
        }
        levels.append(start..<values.count)
        return levels
    }

    private func widened(_ extremes: (low: Int, high: Int)?, by index: Int) -> (low: Int, high: Int) {
        guard let (low, high) = extremes else { return (index, index) }
        return (values[index] < values[low] ? index : low, values[index] > values[high] ? index : high)
    }

    /// Whether a value is a step from a level for certain.
    private func isStep(from level: Extremes, to index: Int) -> Bool {
        if let (low, high) = level.all,
            [low, high].contains(where: { isMoreThanJitter($0, index) && isStep($0, index) })
        {
            return true
        }
        guard isSettled[index], let (low, high) = level.settled else { return false }
        return isStep(low, index) || isStep(high, index)
    }

    /// The value of a level from which another one would be a step if neither had jittered.
    private func other(in level: Extremes, for index: Int) -> Int? {
        level.all.flatMap { [$0.low, $0.high].first { isStep($0, index) } }
    }

    private func isMoreThanJitter(_ one: Int, _ other: Int) -> Bool {
        (values[one] - values[other]).magnitude > metric.jitter(iterations: iterations)
    }

    /// Whether a change is one by the threshold, in either direction.
    private func isStep(_ one: Int, _ other: Int) -> Bool {
        let (level, value) = (values[one], values[other])
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
