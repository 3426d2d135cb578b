import Benchmarks
import TestSupport
import Testing

@Suite("Steps of series without noise")
struct ExactStepsTests {
    private func indices(_ values: [Double?], _ metric: Metric, _ tolerance: Double = 0) -> [Int] {
        StepFinder().find(
            in: values, tolerances: values.map { _ in tolerance }, metric: metric, pair: .standard
        ).map(\.index)
    }

    private static let knownStepsCases: [([Double?], Metric, [Int])] = [
        ([], .allocations, []), ([nil, nil], .allocations, []), ([3], .allocations, []), ([3, 3, 3], .bytes, []),
        ([3, 3, 4, 4], .allocations, [2]), ([4, 4, 3, 3], .allocations, [2]), ([3, 3, 4], .allocations, [2]),
        ([3, 4], .allocations, [1]), ([3, 9, 3, 3], .allocations, [1, 2]), ([0, 0.001, 1], .allocations, []),
        ([0, 0, 1], .allocations, [2]),
        ([5, 5.99, 5], .allocations, []), ([10_000, 10_000, 10_100, 10_600], .allocations, []),
        // Below the floor of a metric, below 5 % of the level.
        ([10_000, 10_000, 10_100], .bytes, []), ([10_000, 10_000, 10_600], .bytes, [2]), ([0, 0, 60], .bytes, [2]),
        ([0, 0.09, 0, 1, 1.04], .goroutines, [3]), ([2, 0, 0], .retainedObjects, [1]),
        // A mark means the change to the value before it: a drift has none.
        ([5, 5.4, 5.8, 6.2, 6.6, 7], .allocations, []), ([7, 6.6, 6.2, 5.8, 5.4, 5], .allocations, []),
        // A gap is not a step, and a step is at its end.
        ([3, nil, nil, 3, nil, 4], .allocations, [5]), ([nil, 3, .nan, 4, .infinity, 4], .allocations, [3]),
    ]

    @Test(arguments: knownStepsCases)
    func knownSteps(values: [Double?], metric: Metric, steps: [Int]) {
        #expect(indices(values, metric) == steps)
    }

    @Test func whatAStepTells() {
        let counted = StepFinder().find(in: [3, nil, 3, nil, 5, 5], metric: .allocations)
        #expect(counted == [Step(index: 4, previousIndex: 2, before: 3, after: 5)])
        #expect(counted[0].relativeChange == 2.0 / 3 && counted[0].p == nil)
        #expect(StepFinder().find(in: [0, 9], metric: .allocations)[0].relativeChange == .infinity)
    }

    @Test func whatMayBeJitterIsNoStep() {
        #expect(indices([3, 3, 5, 5], .allocations, 0.9) == [2])
        #expect(indices([3, 3, 5, 5], .allocations, 1.1) == [])
        #expect(indices([100, 100, 137, 100], .bytes, 73) == [])
        #expect(indices([100, 100, 137, 100], .bytes, 2) == [2, 3])
    }

    /// A step exactly as large as what is asked for, between averages.
    @Test func enoughRepeatsTellStepsFromJitter() {
        let values: [Double?] = [1.8904, nil, 2.89, 2.8904, 1.892]
        func steps(_ repeats: [Int]) -> [Int] {
            StepFinder().find(
                in: values, tolerances: values.map { _ in 0.0133 }, repeats: repeats, metric: .allocations,
                pair: .standard
            ).map(\.index)
        }
        func undecided(_ repeats: [Int], _ metric: Metric = .allocations) -> [Int] {
            StepFinder().undecided(
                in: values, tolerances: values.map { _ in 0.0133 }, repeats: repeats, metric: metric, pair: .standard,
                threshold: nil)
        }
        #expect(steps([1, 0, 1, 1, 1]) == [] && undecided([1, 0, 1, 1, 1]) == [0, 2, 3, 4])
        #expect(steps([3, 0, 3, 1, 1]) == [2] && undecided([3, 0, 3, 1, 1]) == [3, 4])
        #expect(steps([3, 0, 3, 3, 3]) == [2, 4] && undecided([3, 0, 3, 3, 3]) == [])
        // Of a slope the middle one stands, which may have jittered as well; and a clock's values are judged otherwise.
        #expect(undecided([1, 0, 1, 1, 1], .goroutines) == [] && undecided([1, 0, 1, 1, 1], .time) == [])
    }

    /// Stray lumps of bytes in a twentieth of all runs, nearly as large as the jitter: with repeats where they are
    /// asked for, the steps are those that the series was made with, and few positions are repeated.
    @Test(arguments: 0..<100) func repeatsFindTheStepsBelowJitter(seed: Int) throws {
        var generator = SeededGenerator(seed: seed)
        var levels: [Double] = [160]
        while levels.count < 60 {
            let isStep = generator.once(in: 12)
            let change = Double(Int.random(in: 1...3, using: &generator)) * (generator.once(in: 2) ? 16 : -16)
            levels.append(max(96, levels[levels.count - 1] + (isStep ? change : 0)))
        }
        func run(_ position: Int) -> Double { levels[position] + (generator.once(in: 20) ? 270 : 0) }
        var runs = levels.indices.map { [run($0)] }
        let threshold = try Threshold("+16")
        let pair = IterationPair(long: 200)
        func values() -> [Double?] { runs.map { $0.min() } }
        func tolerances() -> [Double] { runs.map { $0.count < 5 ? 300 : 1 } }
        var repeated: Set<Int> = []
        while true {
            let undecided = StepFinder().undecided(
                in: values(), tolerances: tolerances(), repeats: runs.map(\.count), metric: .bytes, pair: pair,
                threshold: threshold)
            guard !undecided.isEmpty else { break }
            #expect(repeated.isDisjoint(with: undecided))
            repeated.formUnion(undecided)
            for position in undecided { while runs[position].count < 5 { runs[position].append(run(position)) } }
        }
        let found = StepFinder().find(
            in: values(), tolerances: tolerances(), repeats: runs.map(\.count), metric: .bytes, pair: pair,
            threshold: threshold)
        let steps = levels.indices.dropFirst().filter { levels[$0] != levels[$0 - 1] }
        #expect(found.map(\.index) == steps)
        let first = runs.indices.count { runs[$0][0] > levels[$0] }
        #expect(repeated.count <= 2 * (2 * first + steps.count))
    }

    /// Levels that differ by what counts, and gaps anywhere.
    @Test(arguments: 0..<300) func agreesWithHowTheSeriesWasMade(seed: Int) throws {
        var generator = SeededGenerator(seed: seed)
        var level = Double(Int.random(in: 0...30, using: &generator))
        var (values, steps): ([Double?], [Step]) = ([], [])
        for _ in 0..<Int.random(in: 1...60, using: &generator) {
            let previous = values.lastIndex { $0 != nil }
            if generator.once(in: 4) {
                let before = level
                while (level - before).magnitude < max(1, before * 0.06) {
                    level = Double(Int.random(in: 0...60, using: &generator))
                }
                // Before the first value no level was seen.
                if let previous {
                    steps.append(Step(index: values.count, previousIndex: previous, before: before, after: level))
                }
            }
            values.append(level)
            for _ in 0..<Int.random(in: 0...6, using: &generator) {
                values.append(generator.once(in: 3) ? nil : level)
            }
        }
        #expect(StepFinder().find(in: values, metric: .allocations) == steps)
    }

    /// By the definition: every change as large as what is asked for is a step, in either direction, and no other is.
    @Test(arguments: 0..<300) func agreesWithTheDefinition(seed: Int) {
        var generator = SeededGenerator(seed: seed)
        let values = (0..<40).map { _ in Double(Int.random(in: 0...12, using: &generator)) * 0.25 }
        // With values below 20 the floor of one allocation decides.
        let expected = values.indices.dropFirst().filter { (values[$0] - values[$0 - 1]).magnitude >= 1 }
        #expect(indices(values, .allocations) == expected)
        #expect(indices(values.map { -$0 }, .allocations) == expected)
        #expect(indices(values.map { $0 + 4 }, .allocations) == expected)
        #expect(indices(values.flatMap { [nil, $0] }, .allocations) == expected.map { 2 * $0 + 1 })
    }
}
