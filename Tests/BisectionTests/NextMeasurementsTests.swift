import Bisection
import TestSupport
import Testing

@Suite("The commits to measure next, several at once")
struct NextMeasurementsTests {
    private func open(_ history: History) -> Bisector<Int> {
        var bisector = Bisector(graph: history.graph)
        bisector.mark(history.tip, .bad)
        return bisector
    }

    @Test(arguments: 0..<30) func oneSlotEqualsNextStep(seed: Int) {
        var generator = SeededGenerator(seed: 200 + seed)
        let history = History.random(count: 40, using: &generator)
        let canDiffer = (0..<40).map { _ in generator.once(in: 2) }
        var bisector = Bisector(graph: history.graph, canDiffer: canDiffer)
        bisector.mark(history.tip, .bad)
        for _ in 0..<12 {
            let next = nextMeasurements(of: [bisector], limit: 1)
            switch bisector.nextStep() {
            case .finished: #expect(next.isEmpty)
            case .measure(let commits): #expect(next == [commits[0]])
            }
            let index = Int.random(in: 0..<39, using: &generator)
            bisector.mark(1000 + index, [.good, .bad, .skip, .good].randomElement(using: &generator)!)
        }
    }

    @Test func slotsCutEvenly() {
        let bisector = open(.linear(120))
        #expect(nextMeasurements(of: [bisector], limit: 2).sorted() == [1039, 1079])
        #expect(nextMeasurements(of: [bisector], limit: 3).sorted() == [1029, 1059, 1089])
        #expect(nextMeasurements(of: [bisector], limit: 5).sorted() == [1019, 1039, 1059, 1079, 1099])
    }

    @Test func commitsInFlightCut() {
        let bisector = open(.linear(120))
        #expect(nextMeasurements(of: [bisector], limit: 2, inFlight: [1059]).sorted() == [1029, 1089])
        #expect(nextMeasurements(of: [bisector], limit: 1, inFlight: [1079]).sorted() == [1039])
    }

    @Test func asManyAreBegunAsPay() {
        let bisector = open(.linear(120))
        func count(_ slowdown: Double, limit: Int) -> Int {
            nextMeasurements(of: [bisector], limit: limit, pace: Pace(slowdown: slowdown)).count
        }
        // Two tell log2(3) bits, which is worth up to 1.58 times the time of one.
        #expect(count(0.57, limit: 2) == 2 && count(0.6, limit: 2) == 1)
        #expect(count(0.57, limit: 4) == 2 && count(0, limit: 4) == 4 && count(0.3, limit: 4) == 3)
        #expect(nextMeasurements(of: [bisector], limit: 2, pace: Pace(slowdown: 0.6)) == [1059])
        // Series that have nothing in common tell a bit each.
        var (early, late) = (bisector, bisector)
        early.mark(1059, .bad)
        late.mark(1059, .good)
        let both = nextMeasurements(of: [early, late], limit: 2, pace: Pace(slowdown: 0.9))
        #expect(both.sorted() == [1029, 1089])
    }

    @Test func whatEndsSoonIsWaitedFor() {
        let bisector = open(.linear(120))
        func next(_ rest: Double, inFlight: Int) -> [Int] {
            let pace = Pace(slowdown: 0.2, rest: rest)
            return nextMeasurements(of: [bisector], limit: 1, inFlight: [inFlight], pace: pace)
        }
        #expect(next(0.1, inFlight: 1059).isEmpty)
        #expect(next(5, inFlight: 1059) == [1029])
        // What tells nothing any more is not waited for.
        #expect(next(0.1, inFlight: 1119) == [1059])
    }

    @Test func whatIsLikelySkippedIsNotWaitedFor() {
        var bisector = open(.linear(120))
        bisector.mark(1039, .good)
        bisector.mark(1080, .bad)
        for position in Array(stride(from: 1040, to: 1080, by: 2)) + [1079] { bisector.mark(position, .skip) }
        func next(_ slowdown: Double, _ rest: Double, limit: Int, inFlight: Set<Int>) -> Int {
            let pace = Pace(slowdown: slowdown, rest: rest)
            return nextMeasurements(of: [bisector], limit: limit, inFlight: inFlight, pace: pace).count
        }
        #expect(next(0.2, 0.05, limit: 1, inFlight: [1059]) == 1)
        // One that is skipped takes nothing from what the other one may tell.
        #expect(next(0.75, 1, limit: 2, inFlight: []) == 2)
    }

    @Test(arguments: [0, 0.3, 0.6, 0.9]) func skipsKeepAllSlotsBusy(slowdown: Double) throws {
        var (single, several) = (0.0, 0.0)
        for first in stride(from: 3, to: 60, by: 4) {
            let truth = { (position: Int) -> Evaluation in
                position < first ? .good : position < first + 30 ? .skip : .bad
            }
            var simulation = Simulation(.linear(100), truth: truth)
            single += try simulation.time(limit: 1, slowdown: slowdown, varying: 0.3)
            simulation = Simulation(.linear(100), truth: truth)
            several += try simulation.time(limit: 2, slowdown: slowdown, varying: 0.3)
        }
        #expect(several < single * ((1 + slowdown) / 2 + 0.03))
    }

    @Test(arguments: [0, 0.2, 0.5, 0.7, 1, 1.5]) func severalSlotsAreNeverSlower(slowdown: Double) throws {
        let count = 100
        var (single, several) = (0.0, 0.0)
        for culprit in 0..<count {
            var simulation = Simulation(.linear(count)) { $0 >= culprit ? .bad : .good }
            single += try simulation.time(limit: 1, slowdown: slowdown)
            simulation = Simulation(.linear(count)) { $0 >= culprit ? .bad : .good }
            several += try simulation.time(limit: 4, slowdown: slowdown)
        }
        #expect(several <= single * 1.02)
        if slowdown < 0.3 { #expect(several < single * 0.9) }
    }

    @Test func nothingUselessIsAskedFor() {
        var bisector = open(.linear(120))
        bisector.mark(1117, .good)
        #expect(nextMeasurements(of: [bisector], limit: 4) == [1118])
        #expect(nextMeasurements(of: [bisector], limit: 4, inFlight: [1118]).isEmpty)
        bisector.mark(1118, .good)
        #expect(nextMeasurements(of: [bisector], limit: 4).isEmpty)
        #expect(nextMeasurements(of: [open(.linear(9))], limit: 0).isEmpty)
        #expect(nextMeasurements(of: [Bisector<Int>](), limit: 3).isEmpty)
    }

    @Test func neededParentsAreIncluded() {
        let history = History([[-1], [-1], [0], [1], [2, 3], [2, 3]])
        var bisector = Bisector(graph: history.graph)
        bisector.mark(1004, .bad)
        bisector.mark(1005, .good)
        #expect(nextMeasurements(of: [bisector], limit: 3) == [1002, 1003])
        #expect(nextMeasurements(of: [bisector], limit: 3, inFlight: [1002]) == [1003])
        #expect(nextMeasurements(of: [bisector], limit: 1) == [1002])
    }

    @Test func mostSeriesWin() {
        let history = History.linear(64)
        var early = open(history)
        early.mark(1031, .bad)
        var late = open(history)
        late.mark(1031, .good)
        #expect(nextMeasurements(of: [late, early, early, early], limit: 1) == [1015])
        // Two questions tell three series 3 · log2(3) bits, more than one bit for each of four.
        #expect(nextMeasurements(of: [late, early, early, early], limit: 2).sorted() == [1009, 1020])
        #expect(nextMeasurements(of: [late, late, early, early, early], limit: 2).sorted() == [1015, 1047])
        #expect(nextMeasurements(of: [late, late, early], limit: 1) == [1047])
        #expect(nextMeasurements(of: [late, early], limit: 2).sorted() == [1015, 1047])
    }

    @Test func oneCommitServesOverlappingSeries() {
        // Ranges 0...62 and 32...127 share 32...62: a commit in there tells both something.
        let history = History.linear(128)
        var low = open(history)
        low.mark(1062, .bad)
        var high = open(history)
        high.mark(1031, .good)
        let choice = nextMeasurements(of: [low, high], limit: 1)
        #expect(choice.count == 1 && (1032...1061).contains(choice[0]))
    }

    @Test(arguments: 0..<40) func parallelSearchFindsTheSameCulprit(block: Int) throws {
        for seed in (block * 5)..<(block * 5 + 5) {
            var generator = SeededGenerator(seed: 300 + seed)
            let history = History.random(count: Int.random(in: 1...30, using: &generator), using: &generator)
            let bad = history.randomStep(sources: 1, using: &generator)
            let canDiffer = generator.once(in: 2) ? nil : (0..<history.count).map { _ in generator.once(in: 2) }
            for limit in 1...4 {
                var simulation = Simulation(history, canDiffer: canDiffer) { bad.contains($0) ? .bad : .good }
                let result = try simulation.run(limit: limit, using: &generator)
                #expect(result == .found(culprit: history.culprits(bad).first!), "seed \(seed)")
            }
        }
    }

    @Test(arguments: 0..<20) func manySeriesShareMeasurements(seed: Int) throws {
        var generator = SeededGenerator(seed: 800 + seed)
        let history = History.linear(200)
        let culprits = (0..<5).map { _ in Int.random(in: 0..<200, using: &generator) }
        var bisectors = (0..<25).map { _ in open(history) }
        var measured: Set<Int> = []
        while case let next = nextMeasurements(of: bisectors, limit: 3), !next.isEmpty {
            for commit in next {
                try #require(measured.insert(commit).inserted)
                for position in bisectors.indices {
                    bisectors[position].mark(commit, commit - 1000 >= culprits[position % 5] ? .bad : .good)
                }
            }
        }
        let found = bisectors.indices.map { BisectionResult.found(culprit: 1000 + culprits[$0 % 5]) }
        #expect(results(of: bisectors) == found)
        // Five searches one by one would need up to 40.
        #expect(measured.count <= 40)
    }
}
