import Benchmarks
import TestSupport
import Testing

struct ExactStepsTests {
    private func indices(_ values: [Double?], _ metric: Metric, iterations: Int = 1000) -> [Int] {
        StepFinder().find(in: values, metric: metric, iterations: iterations).map(\.index)
    }

    private static let knownStepsCases: [([Double?], Metric, [Int])] = [
        ([], .allocations, []), ([nil, nil], .allocations, []), ([3], .allocations, []), ([3, 3, 3], .bytes, []),
        ([3, 3, 4, 4], .allocations, [2]), ([4, 4, 3, 3], .allocations, [2]), ([3, 3, 4], .allocations, [2]),
        ([3, 4], .allocations, [1]), ([3, 9, 3, 3], .allocations, [1, 2]), ([0, 0.001, 1], .allocations, [2]),
        // What set-up allocations added to a level hides no allocation, and is none.
        ([5.01, 5.01, 6.001], .allocations, [2]), ([5, 5.74, 5], .allocations, []),
        // Below the floor of a metric, below 5 % of the level.
        ([10_000, 10_000, 10_100], .bytes, []), ([10_000, 10_000, 10_600], .bytes, [2]), ([0, 0, 60], .bytes, []),
        ([0, 0.09, 0, 1, 1.04], .goroutines, [3]), ([2, 0, 0], .retainedObjects, [1]),
        // A drift is a step where its sum becomes one, in both directions.
        ([5, 5.4, 5.8, 6.2, 6.6, 7], .allocations, [3]), ([7, 6.6, 6.2, 5.8, 5.4, 5], .allocations, [3]),
        // A gap is no step, and a step is at its end.
        ([3, nil, nil, 3, nil, 4], .allocations, [5]), ([nil, 3, .nan, 4, .infinity, 4], .allocations, [3]),
    ]

    @Test(arguments: knownStepsCases)
    func knownSteps(values: [Double?], metric: Metric, steps: [Int]) {
        #expect(indices(values, metric) == steps)
    }

    @Test func levelsOnBothSides() {
        let counted = StepFinder().find(in: [3.02, nil, 3, nil, 5.03, 5, 5.01], metric: .allocations, iterations: 1000)
        #expect(counted == [Step(index: 4, previousIndex: 2, before: 3, after: 5)])
        #expect(counted[0].relativeChange == 2.0 / 3)
        let growth = StepFinder().find(in: [0, 0.02, 0.01, 1, 1.02, 1.04], metric: .goroutines, iterations: 1000)
        #expect(growth == [Step(index: 3, previousIndex: 2, before: 0.01, after: 1.02)])
        #expect(growth[0].relativeChange > 0 && growth[0].p == nil)
        #expect(StepFinder().find(in: [0, 9], metric: .allocations)[0].relativeChange == .infinity)
    }

    @Test func fewIterationsJitterMore() {
        #expect(indices([3, 3, 5, 5], .allocations, iterations: 1000) == [2])
        #expect(indices([3, 3, 5, 5], .allocations, iterations: 10) == [])
        #expect(indices([3, 3, 5, 5], .allocations, iterations: .max) == [2])
        #expect(indices([100, 100, 137, 100], .bytes) == [])
        #expect(indices([100, 100, 137, 100], .bytes, iterations: .max) == [2, 3])
    }

    @Test func enoughRepeatsTellStepsFromJitter() {
        let values: [Double?] = [100, 100, nil, 137, 137, 100, 180]
        func steps(_ repeats: [Int]) -> [Int] {
            StepFinder().find(in: values, repeats: repeats, metric: .bytes, iterations: 1000).map(\.index)
        }
        func undecided(_ repeats: [Int], _ metric: Metric = .bytes) -> [Int] {
            StepFinder().undecided(in: values, repeats: repeats, metric: metric, iterations: 1000, threshold: nil)
        }
        #expect(steps([1, 1, 0, 1, 1, 1, 1]) == [6] && undecided([1, 1, 0, 1, 1, 1, 1]) == [0, 1, 3, 4, 5])
        // The level's lowest value, the last one before the change, and the one after it.
        #expect(undecided([5, 5, 0, 5, 1, 1, 1]) == [4, 5])
        #expect(undecided([5, 5, 0, 5, 5, 5, 1]) == [])
        #expect(steps([1, 5, 0, 5, 1, 1, 1]) == [3, 6] && steps([1, 5, 0, 4, 1, 1, 1]) == [6])
        #expect(steps([5, 5, 0, 5, 5, 5, 1]) == [3, 5, 6])
        // Of a slope the middle one stands, which may have jittered as well; and a clock's values are judged otherwise.
        #expect(
            undecided([1, 1, 0, 1, 1, 1, 1], .retainedBytes) == [] && undecided([1, 1, 0, 1, 1, 1, 1], .time) == [])
    }

    /// Stray lumps of bytes in a twentieth of all runs, nearly as large as the jitter: with repeats where they are asked for, the
    /// steps are those that the series was made with, and few positions are repeated.
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
        func values() -> [Double?] { runs.map { $0.min() } }
        var repeated: Set<Int> = []
        while true {
            let undecided = StepFinder().undecided(
                in: values(), repeats: runs.map(\.count), metric: .bytes, iterations: 200, threshold: threshold)
            guard !undecided.isEmpty else { break }
            #expect(repeated.isDisjoint(with: undecided))
            repeated.formUnion(undecided)
            for position in undecided { while runs[position].count < 5 { runs[position].append(run(position)) } }
        }
        let found = StepFinder().find(
            in: values(), repeats: runs.map(\.count), metric: .bytes, iterations: 200, threshold: threshold)
        let steps = levels.indices.dropFirst().filter { levels[$0] != levels[$0 - 1] }
        #expect(found.map(\.index) == steps)
        let first = runs.indices.count { runs[$0][0] > levels[$0] }
        #expect(repeated.count <= 3 * (2 * first + steps.count))
    }

    /// Levels that differ by what counts, each value with a jitter, and gaps anywhere.
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
                values.append(generator.once(in: 3) ? nil : level + Double.random(in: 0...0.01, using: &generator))
            }
        }
        #expect(StepFinder().find(in: values, metric: .allocations, iterations: 1000) == steps)
    }

    /// By the definition: from left to right, a level reaches as far as no two of its values are a step apart.
    @Test(arguments: 0..<300) func agreesWithTheDefinition(seed: Int) {
        var generator = SeededGenerator(seed: seed)
        let values = (0..<40).map { _ in Double(Int.random(in: 0...12, using: &generator)) * 0.25 }
        var (expected, start): ([Int], Int) = ([], 0)
        for index in values.indices where index > start {
            let spread = values[start...index]
            let lowest = spread.min()!
            // With values below 20 the floor of one allocation decides.
            if spread.max()! - lowest >= 1 {
                expected.append(index)
                start = index
            }
        }
        #expect(indices(values, .allocations, iterations: .max) == expected)
        #expect(indices(values.map { -$0 }, .allocations, iterations: .max) == expected)
        #expect(indices(values.map { $0 + 4 }, .allocations, iterations: .max) == expected)
        #expect(indices(values.flatMap { [nil, $0] }, .allocations, iterations: .max) == expected.map { 2 * $0 + 1 })
    }
}
