import Benchmarks
import TestSupport
import Testing

@Suite("A value is what one more operation costs") struct SampleTests {
    private func value(
        _ metric: Metric, _ short: Double, _ long: Double, _ pair: IterationPair = .standard
    ) -> Double? {
        Totals.sample(metric, [(short, long)], pair)?.value
    }

    @Test func setUpCancels() {
        // 120 allocations of setting up: 0.12 and 6.12 as totals divided by N.
        #expect(value(.allocations, 120, 120) == 0)
        #expect(value(.allocations, 720, 6120) == 6)
        #expect(value(.allocations, 249, 2049) == 2)
        #expect(value(.bytes, 120_000, 120_000 + 900 * 48) == 48)
    }

    @Test func whatIsLeftOfTheRuntimesOwnIsNoFraction() {
        #expect(value(.allocations, 516, 5021) == 5)
        #expect(value(.allocations, 618, 6028) == 6)
        #expect(value(.allocations, 800, 7999) == 8)
        #expect(value(.retainedObjects, 3, 910) == 1)
        #expect(value(.retainedObjects, 9, 1) == 0)
        #expect(value(.goroutines, 101, 1001) == 1)
        #expect(value(.bytes, 28_806, 288_500) == 288)
        // The mean of 79.98 bytes an operation, and of 79.7: Go prints 79 for both, of which the first is noise.
        #expect(value(.bytes, 8000, 79_982) == 80)
        #expect(value(.bytes, 7970, 79_700) == 79)
    }

    @Test func trueFractionsStay() {
        #expect(value(.allocations, 297, 2970) == 2.97)
        #expect(value(.allocations, 299, 2990) == 2.99)
        #expect(value(.allocations, 276, 2766).map { ($0 * 1000).rounded() } == 2767)
        #expect(value(.goroutines, 50, 500) == 0.5)
        #expect(value(.retainedObjects, 25, 250) == 0.25)
    }

    @Test func nothingCostsLessThanNothing() {
        for metric in [Metric.allocations, .bytes, .goroutines, .retainedObjects, .retainedBytes] {
            #expect(value(metric, 500, 100) == 0 && value(metric, 500, 100)?.sign == .plus)
        }
    }

    @Test func whatGrowsWithTheIterationsIsTheirMean() {
        let growing = Totals.sample(.allocations, [(5_000, 500_000)])
        #expect(growing?.value == 500 && growing?.isGrowing == true)
        for (short, long) in [(1000.0, 10_000.0), (1500, 10_500), (84, 984), (122, 1058)] {
            #expect(Totals.sample(.allocations, [(short, long)])?.isGrowing == false)
        }
    }

    @Test func timesOfTheProcessAreSlopesAndNeverRounded() {
        let (short, long) = (["probe-cpu-ns": 2_000_000.0], ["probe-cpu-ns": 20_000_000.0])
        var measurement = Measurement(
            target: Totals.target, pair: .standard,
            rounds: [Round(short: ["BenchmarkA": short], long: ["BenchmarkA": long])])
        #expect(measurement.value("BenchmarkA", .cpuTime) == 20_000)
        // What is in the error of the count, or of a long set-up, is not an operation's time.
        #expect(Totals.sample(.cpuTime, [(2_000_000, 2_900_000)]) == nil)
        #expect(Totals.sample(.cpuTime, [(900_000_000, 910_000_000)]) == nil)
        #expect(Totals.sample(.cpuTime, [(500, 100)]) == nil)
        let counted = (["probe-instructions": 1100.0], ["probe-instructions": 2045.0])
        let round = Round(short: ["BenchmarkA": counted.0], long: ["BenchmarkA": counted.1])
        #expect(
            Measurement(target: Totals.target, pair: .standard, rounds: [round]).value("BenchmarkA", .instructions)
                == 1.05)
        // Without the shorter run, setting up would count.
        measurement.rounds = [Round(long: ["BenchmarkA": long])]
        #expect(measurement.value("BenchmarkA", .cpuTime) == nil)
        measurement.pair = IterationPair(short: 1000, long: 1000)
        #expect(measurement.value("BenchmarkA", .cpuTime) == 20_000)
    }

    @Test func aPeakIsThatOfTheLongerRun() {
        let rounds = [7000.0, 5000, 6000].map { peak in
            Round(
                short: ["BenchmarkA": ["probe-peak-bytes": 1]],
                long: ["BenchmarkA": ["probe-peak-bytes": peak, "probe-peak-heap-bytes": 2 * peak]])
        }
        let measurement = Measurement(target: Totals.target, pair: .standard, rounds: rounds)
        #expect(measurement.value("BenchmarkA", .peakMemory) == 6000)
        #expect(measurement.values("BenchmarkA", .peakHeap) == [14_000, 10_000, 12_000])
        #expect(measurement.metrics(of: "BenchmarkA") == [.peakMemory, .peakHeap])
    }

    @Test func oneRunAloneIsDivided() {
        let pair = IterationPair(short: 50, long: 50)
        let round = Round(long: ["BenchmarkA": ["probe-mallocs": 150, "probe-live-objects": 9]])
        let measurement = Measurement(target: Totals.target, pair: pair, rounds: [round])
        #expect(measurement.value("BenchmarkA", .allocations) == 3)
        // Set-up would look like growth.
        #expect(measurement.value("BenchmarkA", .retainedObjects) == nil)
    }

    @Test func ownUnitsOfABenchmarkStand() {
        let round = Round(
            short: ["BenchmarkA": ["probe-mallocs": 200]],
            long: ["BenchmarkA": ["allocs/op": 7, "probe-mallocs": 2766, "goroutines/op": 0.3, "probe-goroutines": 9]])
        let measurement = Measurement(target: Totals.target, pair: .standard, rounds: [round])
        #expect(measurement.value("BenchmarkA", .allocations) == 7)
        #expect(measurement.value("BenchmarkA", .goroutines) == 0.3)
    }

    /// Strays of one run or of the other, but not of all of one kind.
    @Test func theLeastOfEachRunStands() {
        let sample = Totals.sample(.bytes, [(8000 + 37_800, 80_000), (8000, 80_000 + 37_800), (8000, 80_000)])
        #expect(sample?.value == 80 && sample?.isVarying == false && sample?.values.count == 3)
    }

    @Test func countsThatVaryStandByTheirMedian() {
        let sample = Totals.sample(.allocations, each: [5, 5.3, 5.1])
        #expect(sample?.isVarying == true && sample?.value == 5.1)
        #expect(sample.map { $0.tolerance > 0.29 } == true)
        #expect(Totals.sample(.allocations, each: [5, 5.01, 5.005])?.isVarying == false)
        #expect(Totals.sample(.goroutines, each: [1, 0, 1])?.value == 1)
        #expect(Sample(.time, reported: [3, 1, 2])?.value == 2 && Sample(.time, reported: []) == nil)
    }

    /// In three iterations every value is a whole number, and of very many objects some come and go by chance.
    @Test func veryManyObjectsAreNotCountedToTheLastOne() throws {
        let pair = IterationPair(short: 2, long: 3)
        func sample(_ cost: Double) throws -> Sample {
            let runs = Array(repeating: (2 * cost, 3 * cost), count: 3)
            return try #require(Totals.sample(.allocations, runs, pair))
        }
        #expect(try sample(448_561).tolerance == 8 && sample(49_999).tolerance == 0)
        let criterion = Criterion(
            metric: .allocations, bound: Bound(.atLeast, 448_561), good: try sample(448_559), bad: 448_563, pair: pair)
        #expect(criterion.objection(to: try sample(448_563), after: try sample(448_559)) != nil)
        #expect(criterion.objection(to: try sample(448_570), after: try sample(448_559)) == nil)
    }

    /// Whatever the runtime adds to a run within what was seen of it, a whole number is found again, and no fraction
    /// further from one than that is taken for one.
    @Test(arguments: 0..<200) func wholeNumbersAreFoundAgain(seed: Int) {
        var generator = SeededGenerator(seed: seed)
        for pair in IterationPair.scale.prefix(4) {
            let cost = Double(Int.random(in: 0...400, using: &generator))
            let setUp = Double(Int.random(in: 0...5000, using: &generator))
            let strays = Double(Int.random(in: 0...(2 + pair.long / 100), using: &generator))
            let sample = Totals.sample(
                .allocations,
                [(setUp + cost * Double(pair.short), setUp + cost * Double(pair.long) + strays)], pair)
            #expect(sample?.value == cost && sample?.isGrowing == false, "\(pair), \(setUp), \(strays)")
        }
        let fraction = Double(Int.random(in: 20...970, using: &generator)) / 1000
        let sample = Totals.sample(.allocations, each: [4 + fraction])
        #expect(sample.map { ($0.value - 4 - fraction).magnitude < 1e-9 } == true)
    }
}
