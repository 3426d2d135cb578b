/// The steps of a series whose values are off by no more than is known of each.
///
/// A step is the change from one value to the next, so that every change as large as what is asked for is one, and no
/// other.
struct ExactSteps {
    let metric: Metric
    /// The iterations of the series; nil for values without jitter.
    let pair: IterationPair?
    /// The size at which a change counts, upwards or downwards.
    let threshold: Threshold

    /// The values, without gaps.
    let values: [Double]
    /// How far each may be off.
    let tolerances: [Double]
    /// Whether each has enough repeats that more would tell nothing new.
    let isSettled: [Bool]

    /// The steps, in time proportional to the count of values.
    func find() -> [Step] {
        values.indices.dropFirst().filter(isStep).map {
            Step(index: $0, previousIndex: $0 - 1, before: values[$0 - 1], after: values[$0])
        }
    }

    /// The positions whose repeats would decide on a change.
    func undecided() -> [Int] {
        let found = values.indices.dropFirst().filter { mayBeStep($0) && !isCertain($0) }
            .flatMap { [$0 - 1, $0] }.filter { !isSettled[$0] }
        return Set(found).sorted()
    }

    /// Where repeats tell no more, a change that cannot be distinguished from the one asked for counts.
    private func isStep(_ index: Int) -> Bool {
        isSettled[index - 1] && isSettled[index] ? mayBeStep(index) : isCertain(index)
    }

    /// Whether the change counts however far both values are off.
    private func isCertain(_ index: Int) -> Bool { isCrossed(index, by: -tolerance(index)) }

    /// Whether the change counts for as far as both values may be off.
    private func mayBeStep(_ index: Int) -> Bool {
        let change = (values[index] - values[index - 1]).magnitude
        return isCrossed(index, by: 0) || change > tolerance(index) && isCrossed(index, by: tolerance(index))
    }

    private func tolerance(_ index: Int) -> Double { max(tolerances[index - 1], tolerances[index]) }

    /// Whether a change would count, in either direction, if it were larger by an amount.
    private func isCrossed(_ index: Int, by more: Double) -> Bool {
        let (before, after) = (values[index - 1], values[index])
        guard before != after else { return false }
        let moved = after > before ? max(before, after + more) : min(before, after - more)
        return isCrossed(good: before, bad: moved) || isCrossed(good: moved, bad: before)
    }

    private func isCrossed(good: Double, bad: Double) -> Bool {
        guard let bound = threshold.bound(good: good, metric: metric, pair: pair) else { return false }
        // An absolute bound may be beyond both.
        return bound.isCrossed(by: bad) && !bound.isCrossed(by: good)
    }
}
