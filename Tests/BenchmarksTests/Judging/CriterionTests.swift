import Benchmarks
import TestSupport
import Testing

@Suite("The bound at which a value counts as bad")
struct CriterionTests {
    private func criterion(
        _ metric: Metric, _ side: Bound.Side, _ value: Double, good: Sample? = nil, bad: Double? = nil,
        pair: IterationPair = .standard
    ) -> Criterion {
        Criterion(metric: metric, bound: Bound(side, value), good: good, bad: bad, pair: pair)
    }

    private func judge(_ criterion: Criterion, _ values: [Double]) -> Criterion.Judgement {
        let probed: [Metric] = [.allocations, .bytes, .goroutines, .retainedObjects, .retainedBytes]
        return criterion.judge(
            probed.contains(criterion.metric)
                ? Totals.sample(criterion.metric, each: values, criterion.pair)
                : Sample(criterion.metric, reported: values))
    }

    @Test func noValueNoJudgement() {
        #expect(criterion(.allocations, .atLeast, 5).judge(nil) == .needs(rounds: 1))
        #expect(criterion(.time, .atLeast, 5).judge(nil) == .needs(rounds: 1))
    }

    /// Whole numbers are exact, even at the bound.
    private static let wholeCases: [(Bound.Side, [Double], Criterion.Judgement)] = [
        (.atLeast, [5], .bad), (.atLeast, [4], .good), (.above, [0], .good), (.above, [5], .good), (.above, [6], .bad),
        (.atMost, [5], .bad), (.atMost, [6], .good), (.below, [5], .good), (.atLeast, [5.01], .bad),
        (.atLeast, [4.998], .bad), (.atLeast, [4.9], .needs(rounds: 3)),
    ]

    @Test(arguments: wholeCases)
    func wholeNumbers(side: Bound.Side, values: [Double], judgement: Criterion.Judgement) {
        let good = Totals.sample(.allocations, each: [side == .atMost ? 6 : 4])
        #expect(judge(criterion(.allocations, side, 5, good: good), values) == judgement)
    }

    @Test func zeroIsGoodAndOneIsNot() {
        let criterion = Criterion(
            metric: .allocations, bound: Bound(.above, 0), good: Totals.sample(.allocations, [(120, 128)]), bad: 6,
            isAbsolute: true, pair: .standard)
        #expect(criterion.judge(Totals.sample(.allocations, [(120, 128)])) == .good)
        #expect(criterion.judge(Totals.sample(.allocations, [(720, 6120)])) == .bad)
    }

    /// A step exactly as large as the floor, from and to an average: both levels are distinguished by what they are.
    @Test func stepsAsLargeAsTheFloorAreToldByTheirLevels() throws {
        let good = try #require(Totals.sample(.allocations, each: [1.8904, 1.8904, 1.8904]))
        let bound = try #require(
            try Threshold("+5%").bound(good: good.value, metric: .allocations, pair: .standard))
        for bad in [2.885, 2.8904, 2.897] {
            let criterion = Criterion(
                metric: .allocations, bound: bound, good: good, bad: bad, pair: .standard)
            #expect(judge(criterion, [2.89]) == .needs(rounds: 3))
            for value in [2.884, 2.89, 2.8904, 2.897] {
                #expect(judge(criterion, [value, value, value]) == .bad, "\(value)")
            }
            #expect(judge(criterion, [1.8904]) == .good && judge(criterion, [1.897]) == .good)
        }
    }

    @Test func countsThatVaryAreJudgedByAllOfThem() {
        let good = Totals.sample(.allocations, each: [10])
        let criterion = criterion(.allocations, .atLeast, 11, good: good, bad: 11.5)
        #expect(judge(criterion, [10.2, 10.8]) == .needs(rounds: 3))
        #expect(judge(criterion, [10.2, 10.8, 10.9]) == .needs(rounds: 7))
        #expect(judge(criterion, [10.2, 10.8, 10.9, 10.3, 10.7, 10.4, 10.6]) == .good)
        #expect(judge(criterion, [11.2, 10.8, 10.9, 11.3, 11.7, 10.4, 11.6]) == .noise)
        #expect(judge(criterion, [11.2, 11.8, 11.9, 11.3, 11.7, 11.4, 11.6]) == .bad)
        #expect(judge(criterion, [20.2, 25.8]) == .bad)
    }

    /// A lump of tens of kilobytes in some of the runs, of both kinds, never makes a good commit bad, and hides no
    /// rise.
    @Test(arguments: IterationPair.scale, [1, 2]) func lumpsOfBytes(pair: IterationPair, lumps: Int) throws {
        func totals(_ each: Double) -> [(short: Double, long: Double)] {
            (0..<5).map { round in
                (
                    each * Double(pair.short) + (round >= 5 - lumps ? 37_800 : 0),
                    each * Double(pair.long) + (round < lumps ? 37_800 : 0)
                )
            }
        }
        let good = try #require(Totals.sample(.bytes, totals(100), pair))
        let bound = try #require(try Threshold("+5%").bound(good: good.value, metric: .bytes, pair: pair))
        let criterion = Criterion(metric: .bytes, bound: bound, good: good, bad: 116, pair: pair)
        #expect(criterion.judge(Totals.sample(.bytes, Array(totals(100).prefix(1)), pair)) == .needs(rounds: 5))
        #expect(criterion.judge(good) == .good)
        #expect(criterion.judge(Totals.sample(.bytes, totals(116), pair)) == .bad)
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
        let good = Totals.sample(.goroutines, each: [0])
        #expect(judge(criterion(.goroutines, .above, 0.1, good: good), values) == judgement)
    }

    /// A stray object or two of a run with few iterations does not count as growth, and needs no further measurement.
    @Test(arguments: [IterationPair(short: 2, long: 3), IterationPair(short: 2, long: 10)], [-7.0, -1, 0, 1])
    func straysOfFewIterations(pair: IterationPair, strays: Double) throws {
        let good = try #require(Totals.sample(.retainedObjects, [(1, 0)], pair))
        let threshold = Threshold.standard(for: .retainedObjects)
        let bound = try #require(threshold.bound(good: good.value, metric: .retainedObjects, pair: pair))
        let criterion = Criterion(metric: .retainedObjects, bound: bound, good: good, pair: pair)
        #expect(criterion.judge(good) == .good)
        #expect(criterion.judge(Totals.sample(.retainedObjects, [(0, strays)], pair)) == .good)
        #expect(criterion.judge(Totals.sample(.retainedObjects, each: [20, 20, 20], pair)) == .bad)
    }

    @Test func whatMakesNoStepIsNotNamed() throws {
        let good = try #require(Totals.sample(.allocations, each: [20]))
        let criterion = criterion(.allocations, .atLeast, 22, good: good, bad: 23)
        func objection(_ before: [Double], _ after: [Double]) throws -> String? {
            criterion.objection(
                to: try #require(Totals.sample(.allocations, each: after)),
                after: try #require(Totals.sample(.allocations, each: before)))
        }
        #expect(try objection([20], [22]) == nil && objection([21], [22]) == nil)
        #expect(try objection([21.99], [22])?.hasPrefix("21.99 → 22 allocs/op is within") == true)
        #expect(try objection([21.5], [22])?.contains("less than half of the 2") == true)
        #expect(try objection([21.2, 21.9], [22.2, 22.9]) == nil)
        #expect(try objection([21.2, 21.9], [21.9, 22.4])?.contains("is within") == true)
    }

    @Test func reportedValuesAreRepeated() {
        let falling = criterion(Metric("hits/op"), .atMost, 5)
        #expect(judge(falling, [9]) == .needs(rounds: 3))
        #expect(judge(falling, [9, 9, 9]) == .good)
        #expect(judge(falling, [4, 5, 3]) == .bad)
        #expect(judge(falling, [9, 5, 9]) == .needs(rounds: 7))
        // Where both ends vary, a rank test decides.
        let good = Sample(Metric("hits/op"), reported: (0..<10).map { 9 + Double($0) / 10 })
        let compared = criterion(Metric("hits/op"), .atMost, 8.9, good: good)
        #expect(judge(compared, [5, 5, 5]) == .needs(rounds: 10))
        #expect(judge(compared, Array(repeating: 5, count: 10)) == .bad)
        #expect(judge(compared, (0..<10).map { 8.4 + Double($0) / 10 }) == .needs(rounds: 30))
    }

    @Test func timeMustDifferFromTheReference() {
        let reference = (0..<10).map { 100 + Double($0) }
        let good = Sample(.time, reported: reference)
        let slower = criterion(.time, .atLeast, 105, good: good)
        #expect(judge(slower, [200]) == .needs(rounds: 10))
        #expect(judge(slower, Array(repeating: 120, count: 10)) == .bad)
        #expect(judge(slower, reference) == .needs(rounds: 30))
        #expect(judge(slower, Array(repeating: 100, count: 10)) == .good)
        // All beyond the bound, but so was the reference.
        let overlapping = criterion(.time, .atLeast, 105, good: Sample(.time, reported: reference.map { $0 + 20 }))
        #expect(judge(overlapping, reference.map { $0 + 20 }) == .noise)
        #expect(judge(criterion(.time, .atMost, 95, good: good), Array(repeating: 80, count: 10)) == .bad)
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
                metric, side, 10, good: Sample(metric, reported: reference),
                pair: IterationPair.scale.randomElement(using: &generator)!)
            let values = (0..<40).map { _ in Double.random(in: (10 - width)...(10 + width), using: &generator) }
            let (_, rounds) = settle(criterion, values)
            #expect(rounds <= ([.time, Metric("hits")].contains(metric) ? 30 : 7))
        }
    }

    /// Feeds values as they are asked for.
    private func settle(_ criterion: Criterion, _ values: [Double]) -> (judgement: Criterion.Judgement, rounds: Int) {
        var count = 0
        while true {
            let judgement = count == 0 ? .needs(rounds: 1) : judge(criterion, Array(values[..<count]))
            guard case .needs(let rounds) = judgement, rounds > count, rounds <= values.count else {
                return (judgement, count)
            }
            count = rounds
        }
    }
}
