import Benchmarks
import TestSupport
import Testing

@Suite("Steps of series with noise")
struct NoisyStepsTests {
    private func find(_ values: [Double?], _ metric: Metric = .time) -> [Step] {
        StepFinder().find(in: values, metric: metric)
    }

    private func indices(_ values: [Double?]) -> [Int] { find(values).map(\.index) }

    /// Values at levels of five and more, without any noise.
    @Test(arguments: 0..<100) func agreesWithExactStepsWithoutNoise(seed: Int) {
        var generator = SeededGenerator(seed: seed)
        var (values, expected): ([Double], [Int]) = ([], [])
        var level = 100.0
        for _ in 0..<Int.random(in: 1...6, using: &generator) {
            let before = level
            while (level - before).magnitude < 0.06 * before { level = Double.random(in: 50...200, using: &generator) }
            expected.append(values.count)
            values += Array(repeating: level, count: Int.random(in: 8...40, using: &generator))
        }
        let steps = find(values, Metric("hits"))
        #expect(steps.map(\.index) == Array(expected.dropFirst()))
        #expect(steps.allSatisfy { $0.before == values[$0.previousIndex] && $0.after == values[$0.index] && $0.p == 0 })
    }

    @Test func whatIsTooShortOrTheSame() {
        #expect(find([]) == [])
        #expect(find([1, 1, 1, 1, 2, 2, 2, 2, 2]) == [])
        #expect(indices([1, 1, 1, 1, 1, 2, 2, 2, 2, 2]) == [5])
        #expect(find(Array(repeating: 0.1, count: 200)) == [])
        #expect(find(Array(repeating: 0, count: 20)) == [])
        #expect(indices(Array(repeating: 0, count: 20) + Array(repeating: 1, count: 20)) == [20])
        // Four parts in a hundred are too little, six are not.
        #expect(find(Array(repeating: 100, count: 20) + Array(repeating: 104, count: 20)) == [])
        #expect(indices(Array(repeating: 100, count: 20) + Array(repeating: 106, count: 20)) == [20])
    }

    @Test(arguments: [1.5, 3, 10, 1e6], [1, 20, 40, 75, 117]) func oneOutlierIsNoStep(size: Double, position: Int) {
        var values = Array(repeating: 1.0, count: 120)
        values[position] = size
        #expect(find(values) == [])
    }

    /// A series with steps in noise, to be changed in ways that must not matter.
    private func series(_ seed: Int) -> [Double] {
        var generator = SeededGenerator(seed: seed)
        let noise = Noise.normal.series(160, using: &generator)
        return noise.indices.map { noise[$0] * ($0 < 60 ? 1 : $0 < 110 ? 1.3 : 0.9) }
    }

    @Test(arguments: 0..<40) func scaleAndGapsDoNotMatter(seed: Int) {
        let values = series(seed)
        let steps = find(values)
        #expect(!steps.isEmpty)
        for factor in [-1, 0.25, 1024] {
            let scaled = find(values.map { $0 * factor })
            #expect(scaled.map(\.index) == steps.map(\.index))
            #expect(scaled.map(\.p) == steps.map(\.p))
            #expect(scaled.map(\.before) == steps.map { $0.before * factor })
        }
        var (sparse, positions): ([Double?], [Int]) = ([], [])
        var generator = SeededGenerator(seed: seed)
        for value in values {
            for _ in 0..<Int.random(in: 0...2, using: &generator) { sparse.append(generator.once(in: 2) ? nil : .nan) }
            positions.append(sparse.count)
            sparse.append(value)
        }
        let found = find(sparse)
        #expect(found.map(\.index) == steps.map { positions[$0.index] })
        #expect(found.map(\.previousIndex) == steps.map { positions[$0.previousIndex] })
        #expect(found.map(\.p) == steps.map(\.p))
    }

    /// Without a least size, which is relative to the level, the level does not matter either.
    @Test(arguments: 0..<40) func shiftDoesNotMatter(seed: Int) {
        var finder = StepFinder()
        finder.minimumSize = 0
        // Whole numbers keep every sum of distances exact.
        let values = series(seed).map { ($0 * 4096).rounded() }
        let steps = finder.find(in: values, metric: .time).map(\.index)
        #expect(finder.find(in: values.map { $0 + 65_536 }, metric: .time).map(\.index) == steps)
        #expect(finder.find(in: values.map { $0 - 9_999 }, metric: .time).map(\.index) == steps)
    }

    /// Each step holds to what the finder promises of it.
    @Test(arguments: 0..<40) func stepsKeepTheSettings(seed: Int) {
        var generator = SeededGenerator(seed: seed)
        var finder = StepFinder()
        finder.minimumSize = Double.random(in: 0...0.2, using: &generator)
        finder.minimumLength = Int.random(in: 2...12, using: &generator)
        finder.window = Int.random(in: 10...80, using: &generator)
        let values = Noise.stronglyCorrelated.series(300, using: &generator) + series(seed)
        let steps = finder.find(in: values, metric: .time)
        let borders = [0] + steps.map(\.index) + [values.count]
        #expect(zip(borders, borders.dropFirst()).allSatisfy { $1 - $0 >= finder.minimumLength })
        #expect(steps.allSatisfy { $0.p! <= finder.maximumP && $0.relativeChange.magnitude >= finder.minimumSize })
        #expect(steps.allSatisfy { $0.previousIndex == $0.index - 1 })
    }
}
