/// The steps of a noisy series without gaps: divided by E-divisive in windows, then merged again where the t-test sees
/// no change.
///
/// Source: Fleming et al., "Hunter: using change point detection to hunt for performance regressions" (ICPE 2023): the
/// t-test in place of random permutations gives the same answer every time, windows keep what lies far away out of it,
/// and dividing at weak points first finds changes that hide each other. The correction for serial correlation is added.
struct NoisySteps {
    let values: [Double]
    let finder: StepFinder

    /// The steps, in time proportional to the count of the values and to the window, and to the square of how many
    /// points there are to merge.
    func find() -> [Step] {
        let steps = merged(dividedInWindows())
        // A window's border cuts a level off, so what remains is placed again between its neighbours.
        return merged(placed(steps.map(\.index)))
    }

    /// The least number of values on each side of a step.
    private var minimum: Int { max(2, finder.minimumLength) }
    private var window: Int { max(finder.window, 4 * minimum) }

    /// How many times the p-value at which parts are divided for the time being is greater than that of a step.
    ///
    /// With 10, a rise by 20 % in 3 % noise that lasts for 7 values was found 65 times in 100 by simulation; with 100,
    /// 97 times, for twice the false alarms.
    private var weakness: Double { 100 }

    private func dividedInWindows() -> [Int] {
        var points: Set<Int> = []
        var start = 0
        var end = 0
        while end < values.count {
            end = min(start + window, values.count)
            // A change right before the window's end cannot be placed yet, and would be the next window's bad start.
            let trusted = end == values.count ? end : end - 2 * minimum
            let found = divided(start..<end).filter { $0 <= trusted }
            points.formUnion(found)
            start = max(found.max() ?? 0, start + window / 2)
        }
        return points.sorted()
    }

    /// Divides as long as a part differs at least weakly from the other.
    ///
    /// Serial correlation is left to the merging: a change that is yet to be found looks like it.
    private func divided(_ range: Range<Int>) -> [Int] {
        guard let point = EDivisive.division(of: values, in: range, minimum: minimum) else { return [] }
        let (left, right) = (range.lowerBound..<point, point..<range.upperBound)
        guard StudentT.p(values[left], values[right]) <= weakness * finder.maximumP else { return [] }
        return divided(left) + [point] + divided(right)
    }

    /// Every point where the part between its neighbours is divided best.
    private func placed(_ points: [Int]) -> [Int] {
        var placed = points
        for index in points.indices {
            let range = range(around: index, of: placed)
            placed[index] = EDivisive.division(of: values, in: range, minimum: minimum) ?? placed[index]
        }
        return placed
    }

    /// Takes the weakest point away until all that are left are significant and large enough.
    private func merged(_ points: [Int]) -> [Step] {
        var points = points
        var steps = points.indices.map { step(at: $0, of: points) }
        while let weakest = weakest(of: steps) {
            points.remove(at: weakest)
            steps.remove(at: weakest)
            for index in [weakest - 1, weakest] where points.indices.contains(index) {
                steps[index] = step(at: index, of: points)
            }
        }
        return steps
    }

    /// The least significant step, or the smallest when all are significant; nil when nothing is to be merged.
    private func weakest(of steps: [Step]) -> Int? {
        func p(_ index: Int) -> Double { steps[index].p ?? 1 }
        func size(_ index: Int) -> Double { steps[index].relativeChange.magnitude }
        if let weakest = steps.indices.max(by: { p($0) < p($1) }), p(weakest) > finder.maximumP { return weakest }
        guard let smallest = steps.indices.min(by: { size($0) < size($1) }) else { return nil }
        return size(smallest) < finder.minimumSize ? smallest : nil
    }

    private func step(at index: Int, of points: [Int]) -> Step {
        let range = range(around: index, of: points)
        let point = points[index]
        let (left, right) = (values[range.lowerBound..<point], values[point..<range.upperBound])
        return Step(
            index: point, previousIndex: point - 1, before: left.mean, after: right.mean,
            p: min(left.count, right.count) < minimum
                ? 1 : StudentT.p(left, right, correlation: SerialCorrelation.estimate(left, right)))
    }

    /// The values that decide on a point: those up to its neighbours, no more than a window on each side.
    private func range(around index: Int, of points: [Int]) -> Range<Int> {
        let previous = index > 0 ? points[index - 1] : 0
        let next = index + 1 < points.count ? points[index + 1] : values.count
        return max(previous, points[index] - window)..<min(next, points[index] + window)
    }
}

/// How far values that follow each other deviate in the same direction, as a machine that is busy for a while makes them.
enum SerialCorrelation {
    /// The correlation at lag 1 around each level's own mean, from 0 up to 0.95.
    ///
    /// A negative one counts as 0: it would only make a test bolder. A mean taken from the values themselves draws the
    /// estimate down by (1+4r)/n, once for each level, which is added again.
    ///
    /// Source: Marriott and Pope, "Bias in the estimation of autocorrelations" (Biometrika 1954).
    static func estimate(_ before: some Collection<Double>, _ after: some Collection<Double>) -> Double {
        let squares = before.squaredDeviations + after.squaredDeviations
        guard squares > 0 else { return 0 }
        let r = (before.serialProducts + after.serialProducts) / squares
        let unbiased = r + 2 * (1 + 4 * r) / Double(before.count + after.count)
        return min(0.95, max(0, unbiased))
    }
}

extension Collection<Double> {
    /// The mean; not a number for none.
    ///
    /// Taken from the first value on, so that equal values have exactly their own mean.
    var mean: Double {
        guard let first else { return .nan }
        return first + reduce(0) { $0 + ($1 - first) } / Double(count)
    }

    /// The sum of the squared deviations from the mean.
    var squaredDeviations: Double {
        let mean = mean
        return reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }

    /// How values that follow each other are correlated around their mean, as the sum of the products of deviations.
    var serialProducts: Double {
        let mean = mean
        return zip(self, dropFirst()).reduce(0) { $0 + ($1.0 - mean) * ($1.1 - mean) }
    }
}
