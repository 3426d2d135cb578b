import Benchmarks
import TestSupport
import Testing

@Suite("How many iterations a run has") struct CalibrationTests {
    /// A benchmark: what setting up, an iteration, and an untimed part of an iteration take, in seconds.
    private struct Example {
        var setUp = 0.0
        var each = 0.0
        var untimed = 0.0
        /// What the first iteration takes beyond the others.
        var first = 0.0
    }

    /// The pair that is chosen, and what it took to choose it.
    private func calibrate(
        _ example: Example, for purpose: Calibration.Purpose = .counts
    ) -> (pair: IterationPair, runs: [Int], seconds: Double) {
        var calibration = Calibration(for: purpose)
        var runs: [Int] = []
        var total = 0.0
        while let iterations = calibration.next {
            let timed = example.each * Double(iterations) + (iterations == 1 ? example.first : 0)
            let seconds = example.setUp + timed + example.untimed * Double(iterations)
            calibration.add(iterations: iterations, seconds: seconds, timed: timed)
            runs.append(iterations)
            total += seconds
        }
        return (calibration.pair, runs, total)
    }

    private static let examples: [(Example, Int, [Int])] = [
        (Example(each: 1e-6), 1000, [1]), (Example(each: 1e-6, first: 0.01), 1000, [1, 10]),
        (Example(each: 0.004), 300, [1, 10]), (Example(each: 0.12), 10, [1, 10]), (Example(each: 0.4), 3, [1]),
        (Example(each: 60), 3, [1]),
        // A part that is not timed, or a benchmark that says it took no time.
        (Example(each: 1e-6, untimed: 0.12), 10, [1, 10]), (Example(untimed: 0.4), 3, [1, 2]),
        (Example(untimed: 0.004), 300, [1, 10, 100]),
        // Setting up takes long, iterations don't.
        (Example(setUp: 0.1, each: 1e-6), 1000, [1, 10]), (Example(setUp: 5, each: 1e-6), 1000, [1, 2]),
        (Example(setUp: 5, each: 0.002), 300, [1, 2, 100]),
    ]

    @Test(arguments: examples.indices) func knownBenchmarks(number: Int) {
        let (example, long, runs) = CalibrationTests.examples[number]
        let found = calibrate(example)
        #expect(found.pair.long == long && found.runs == runs, "\(example): \(found)")
    }

    /// A run takes no longer than two seconds besides setting up, unless three iterations do.
    @Test func noRunTakesLong() {
        for exponent in stride(from: -7.0, through: 1, by: 0.1) {
            for (setUp, share) in [(0.0, 0.0), (0, 1), (0, 0.5), (0.3, 0), (3, 1)] {
                let each = exponentiated(exponent)
                let example = Example(setUp: setUp, each: each * (1 - share), untimed: each * share)
                let (pair, runs, seconds) = calibrate(example)
                #expect(each * Double(pair.long) <= 2 || pair.long == 3, "\(example)")
                #expect(seconds <= Double(runs.count) * setUp + max(5, 4 * each), "\(example)")
            }
        }
    }

    /// Where a clock decides, a run lasts a tenth of a second, unless what is not timed makes that too long.
    @Test func timedRunsLastLongEnough() {
        for exponent in stride(from: -9.0, through: 1, by: 0.1) {
            for setUp in [0, 0.02, 0.3] {
                let each = exponentiated(exponent)
                let (pair, runs, seconds) = calibrate(Example(setUp: setUp, each: each, first: 1e-4), for: .times)
                #expect(each * Double(pair.long) >= 0.1)
                #expect(each * Double(pair.long) <= 2 || pair.long == 3)
                #expect(seconds <= Double(runs.count) * setUp + max(5, 4 * each))
            }
        }
        let untimed = calibrate(Example(each: 1e-8, untimed: 1e-4), for: .times).pair
        #expect(untimed.long == 10_000)
    }

    /// Where instructions are counted, an iteration takes thirty times as long: a run has many of them, and is short.
    @Test func countedRunsAreShortButNotEmpty() {
        for exponent in stride(from: -9.0, through: 1, by: 0.1) {
            let each = exponentiated(exponent)
            let (pair, _, _) = calibrate(Example(each: each), for: .instructions)
            #expect(each * Double(pair.long) >= 0.005)
            #expect(30 * each * Double(pair.long) <= 2 || pair.long == 3)
        }
    }

    /// On a busy machine each run takes up to a fifth of a second longer by the wall clock, which makes no pair
    /// smaller, or where few iterations tell as much the next one at most.
    @Test func busyMachinesMakeNoSmallerPairs() {
        for (each, seed) in [1e-7, 1e-6, 1e-5, 2e-5].flatMap({ each in (0..<50).map { (each, $0) } }) {
            var random = SeededGenerator(seed: seed)
            for purpose in [Calibration.Purpose.counts, .times, .instructions] {
                var calibration = Calibration(for: purpose)
                while let iterations = calibration.next {
                    let timed = each * Double(iterations)
                    let seconds = 0.02 + timed + Double.random(in: 0...0.2, using: &random)
                    calibration.add(iterations: iterations, seconds: seconds, timed: timed)
                }
                #expect(
                    calibration.pair.long >= (purpose == .counts ? 300 : 1000),
                    "\(purpose), \(each) s: \(calibration.pair)")
            }
        }
    }

    private func exponentiated(_ exponent: Double) -> Double {
        // Ten to the exponent, without a mathematics library.
        let whole = exponent.rounded(.down)
        let scale = (0..<Int(whole.magnitude)).reduce(1.0) { scale, _ in scale * 10 }
        return (whole < 0 ? 1 / scale : scale) * (1 + 9 * (exponent - whole))
    }

    @Test func pairs() {
        #expect(IterationPair.scale.allSatisfy { $0.short > 1 && $0.span > 0 })
        #expect(IterationPair(long: 1) == IterationPair(short: 1, long: 1))
        #expect(IterationPair(long: 2) == IterationPair(short: 2, long: 2))
        #expect(IterationPair(long: 19) == IterationPair(short: 2, long: 19))
        #expect(IterationPair(long: 200) == IterationPair(short: 20, long: 200))
    }

    @Test("A test runs few times, and fewer where it is slow")
    func tests() {
        for (seconds, pair) in [
            (0.001, IterationPair(short: 2, long: 10)), (2.9, IterationPair(short: 2, long: 10)),
            (3.1, IterationPair(short: 2, long: 3)),
        ] {
            var calibration = Calibration(of: .test)
            #expect(calibration.next == 2)
            calibration.add(iterations: 2, seconds: 2 * seconds, timed: 2 * seconds)
            #expect(calibration.next == nil)
            #expect(calibration.pair == pair)
        }
    }
}
