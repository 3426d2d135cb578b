/// What a series should be at each commit, by the steps that are known of it: its value before the range, changed by each
/// step that the commit comes after.
///
/// On a line that is the value at the last step. Where branches meet, what each of them brought adds up.
///
/// ```swift
/// var levels = StepLevels(base: 12)
/// levels.add(at: 3, value: 346, descendants: graph.descendants(of: 3))
/// levels.level(at: 2)     // 12
/// levels.level(at: 7)     // 346, if 7 comes after 3
/// ```
public struct StepLevels: Sendable {
    private struct Step {
        let index: Int
        let value: Double
        let descendants: CommitSet
        /// What it adds to the level that would be there without it.
        var change = 0.0
    }

    /// The value before the range.
    public let base: Double
    /// What has stepped so far, in topological order.
    private var steps: [Step] = []

    /// Levels without any step.
    public init(base: Double) { self.base = base }

    /// Takes down that the series has another value from a commit on.
    ///
    /// - Parameters:
    ///   - index: The commit that made it, which is not that of an earlier step.
    ///   - value: The series' value there.
    ///   - descendants: That commit and all that come after it.
    public mutating func add(at index: Int, value: Double, descendants: CommitSet) {
        let place = steps.firstIndex { $0.index > index } ?? steps.count
        steps.insert(Step(index: index, value: value, descendants: descendants), at: place)
        for number in steps.indices[place...] {
            let before = level(at: steps[number].index, after: steps[..<number])
            steps[number].change = steps[number].value - before
        }
    }

    /// The level at a commit.
    public func level(at index: Int) -> Double { level(at: index, after: steps[...]) }

    /// For each step in topological order whether a commit comes after it or is it: commits with the same pattern have
    /// the same level.
    public func pattern(of index: Int) -> [Bool] { steps.map { $0.descendants.contains(index) } }

    private func level(at index: Int, after steps: ArraySlice<Step>) -> Double {
        guard let last = steps.last(where: { $0.descendants.contains(index) }) else { return base }
        // What came before the last step is in its value.
        return steps.reduce(last.value) { level, step in
            step.descendants.contains(index) && !step.descendants.contains(last.index) ? level + step.change : level
        }
    }
}
