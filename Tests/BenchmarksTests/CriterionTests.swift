import Benchmarks
import TestSupport
import Testing

struct CriterionTests {
    private func criterion(
        _ metric: Metric, _ side: Bound.Side, _ value: Double, reference: [Double] = [], iterations: Int = 1000
    ) -> Criterion {
        Criterion(metric: metric, bound: Bound(side, value), reference: reference, iterations: iterations)
    }

    @Test func noValueNoJudgement() {
        #expect(criterion(.allocations, .atLeast, 5).judge([]) == .needs(rounds: 1))
        #expect(criterion(.time, .atLeast, 5).judge([]) == .needs(rounds: 1))
    }

    /// What lies below the bound is below it without pollution as well.
    private static let countedUpwardsCases: [([Double], Criterion.Judgement)] = [
        ([4.999], Criterion.Judgement.good), ([0], .good), ([5.001, 4.999], .good), ([5.01, 5.02, 4.999], .good),
        ([9, 4], .good),
        ([5.06], .bad), ([5.06, 9], .bad), ([5.04], .needs(rounds: 3)), ([5, 5], .needs(rounds: 3)), ([5, 5, 5], .bad),
        ([5.04, 5.001, 5.03], .bad),
    ]

    @Test(arguments: countedUpwardsCases)
    func countedUpwards(values: [Double], judgement: Criterion.Judgement) {
        #expect(criterion(.allocations, .atLeast, 5).judge(values) == judgement)
    }

    private static let countedDownwardsCases: [([Double], Criterion.Judgement)] = [
        ([5.0], Criterion.Judgement.bad), ([1], .bad), ([5.01, 4.999], .bad), ([9, 4], .bad),
        ([5.06], .good), ([5.04], .needs(rounds: 3)), ([5.01, 5.01, 5.01], .good),
    ]

    @Test(arguments: countedDownwardsCases)
    func countedDownwards(values: [Double], judgement: Criterion.Judgement) {
        #expect(criterion(.allocations, .atMost, 5).judge(values) == judgement)
    }

    /// Pollution at the good end would hide a change, so it is repeated though its value is good.
    @Test func theGoodEndIsRepeated() {
        let near = criterion(.bytes, .atLeast, 116)
        #expect(near.judge([100]) == .good)
        #expect(near.judgeGoodEnd([100]) == .needs(rounds: 5))
        #expect(near.judgeGoodEnd([100, 137, 137, 137, 137]) == .good)
        #expect(criterion(.allocations, .atLeast, 105).judgeGoodEnd([100]) == .good)
        #expect(near.judgeGoodEnd([]) == .needs(rounds: 1))
    }

    /// A lump of tens of kilobytes in some of the runs, divided by N, never makes a good commit bad.
    @Test(arguments: [1000, 200, 100, 10, 1], [1, 2, 4]) func lumpsOfBytes(iterations: Int, lumps: Int) throws {
        let good = 100.0
        let bound = try #require(try Threshold("+5%").bound(good: good, metric: .bytes, iterations: iterations))
        let criterion = Criterion(metric: .bytes, bound: bound, reference: [good], iterations: iterations)
        let lump = 37_800 / Double(iterations)
        let values = Array(repeating: good + lump, count: lumps) + [good, good, good, good]
        #expect(settle(criterion, values).judgement == .good)
        // And a true rise is bad with or without them.
        #expect(settle(criterion, [116, 116 + lump, 116, 116, 116]).judgement == .bad)
    }

    private static let growthCases: [([Double], Criterion.Judgement)] = [
        ([0.0], Criterion.Judgement.good), ([1], .bad), ([0.14], .needs(rounds: 3)), ([0.11, 0.12, 0.13], .bad),
        ([0.14, 0.08], .needs(rounds: 3)),
        ([0.14, 0.08, 0.14], .needs(rounds: 7)), ([1, 1, 0, 1, 1, 1, 1], .bad), ([1, 0, 0, 0, 0, 0, 0], .good),
        ([1, 1, 0, 0, 0, 0, 0], .noise),
        ([1, 0], .needs(rounds: 7)),
    ]

    @Test(arguments: growthCases)
    func growth(values: [Double], judgement: Criterion.Judgement) {
        #expect(criterion(.goroutines, .above, 0.1).judge(values) == judgement)
    }

    @Test func reportedValuesAreRepeated() {
        let falling = criterion(Metric("hits/op"), .atMost, 5)
        #expect(falling.judge([9]) == .needs(rounds: 3))
        #expect(falling.judge([9, 9, 9]) == .good)
        #expect(falling.judge([4, 5, 3]) == .bad)
        #expect(falling.judge([9, 5, 9]) == .needs(rounds: 7))
    }

    @Test func timeMustDifferFromTheReference() {
        let reference = (0..<10).map { 100 + Double($0) }
        let slower = criterion(.time, .atLeast, 105, reference: reference)
        #expect(slower.judge([200]) == .needs(rounds: 10))
        #expect(slower.judge(Array(repeating: 120, count: 10)) == .bad)
        #expect(slower.judge(reference) == .needs(rounds: 30))
        #expect(slower.judge(Array(repeating: 100, count: 10)) == .good)
        // All beyond the bound, but so was the reference.
        let overlapping = criterion(.time, .atLeast, 105, reference: reference.map { $0 + 20 })
        #expect(overlapping.judge(reference.map { $0 + 20 }) == .noise)
        #expect(criterion(.time, .atMost, 95, reference: reference).judge(Array(repeating: 80, count: 10)) == .bad)
    }

    /// Whatever is measured, it comes to an end, and more was asked for only when that many were not there yet.
    @Test(arguments: 0..<200) func comesToAnEnd(seed: Int) throws {
        var generator = SeededGenerator(seed: seed)
        let metrics = [
            Metric.allocations, .bytes, .goroutines, .retainedObjects, .retainedBytes, .time, Metric("hits"),
        ]
        for metric in metrics {
            let side = [Bound.Side.above, .atLeast, .below, .atMost].randomElement(using: &generator)!
            let width = [0, 0.01, 1, 100].randomElement(using: &generator)!
            let reference = (0..<10).map { _ in Double.random(in: 9...11, using: &generator) }
            let criterion = criterion(
                metric, side, 10, reference: reference, iterations: [1, 100, 1000].randomElement(using: &generator)!)
            let values = (0..<40).map { _ in Double.random(in: (10 - width)...(10 + width), using: &generator) }
            let (judgement, rounds) = settle(criterion, values)
            #expect(rounds <= (metric == .time ? 30 : 7))
            if metric.behavior == .counted {
                #expect(rounds <= 5)
                #expect(judgement == (criterion.bound.isCrossed(by: values[..<rounds].min()!) ? .bad : .good))
            }
        }
    }

    /// Feeds values as they are asked for.
    private func settle(_ criterion: Criterion, _ values: [Double]) -> (judgement: Criterion.Judgement, rounds: Int) {
        var count = 0
        while true {
            let judgement = criterion.judge(Array(values[..<count]))
            guard case .needs(let rounds) = judgement, rounds > count, rounds <= values.count else {
                return (judgement, count)
            }
            count = rounds
        }
    }
}
