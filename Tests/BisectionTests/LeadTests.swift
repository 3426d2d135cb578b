import Bisection
import TestSupport
import Testing

struct LeadTests {
    @Test(arguments: 0..<30) func leadsChangeNoAnswer(block: Int) throws {
        for seed in (block * 20)..<(block * 20 + 20) {
            var generator = SeededGenerator(seed: 13_000 + seed)
            let history = History.random(count: Int.random(in: 1...30, using: &generator), using: &generator)
            let bad = history.randomStep(sources: 1, using: &generator)
            let leads = (0..<Int.random(in: 0...4, using: &generator)).map { _ in
                Int.random(in: 0..<history.count, using: &generator)
            }
            var simulation = Simulation(history, leads: leads) { bad.contains($0) ? .bad : .good }
            let result = try simulation.run(limit: Int.random(in: 1...4, using: &generator), using: &generator)
            #expect(result == .found(culprit: history.culprits(bad).first!), "seed \(seed)")
        }
    }

    @Test(arguments: 0..<30) func skipsLeaveTheSameSuspects(block: Int) throws {
        for seed in (block * 10)..<(block * 10 + 10) {
            var generator = SeededGenerator(seed: 15_000 + seed)
            let history = History.random(count: Int.random(in: 2...10, using: &generator), using: &generator)
            let bad = history.randomStep(sources: 1, using: &generator)
            let skipped = Set((0..<(history.count - 1)).filter { _ in generator.once(in: 3) })
            let leads = (0..<3).map { _ in Int.random(in: 0..<history.count, using: &generator) }
            var simulation = Simulation(history, leads: leads) {
                skipped.contains($0) ? .skip : bad.contains($0) ? .bad : .good
            }
            let result = try simulation.run(limit: 3, using: &generator)
            let evaluations = simulation.evaluations
            let first = evaluations.filter { $0.value == .bad }.keys.min()!
            let expected = BruteForce.culprits(of: history, evaluations, bad: first)
            switch result {
            case .found(let culprit): #expect(expected == [culprit], "seed \(seed)")
            case .oneOf(let suspects): #expect(suspects == expected.sorted(), "seed \(seed)")
            case .notCrossed: Issue.record("seed \(seed)")
            }
        }
    }

    @Test func aTrueLeadTakesTwoQuestions() throws {
        let history = History.linear(200)
        for culprit in 0..<200 {
            var generator = SeededGenerator(seed: culprit)
            var simulation = Simulation(history, leads: [culprit]) { $0 >= culprit ? .bad : .good }
            #expect(try simulation.run(limit: 2, using: &generator) == .found(culprit: culprit))
            #expect(Set(simulation.questions) == Set([culprit - 1, culprit]).intersection(0..<199))
        }
    }

    @Test func leadsAreFollowedInTheirOrder() throws {
        var generator = SeededGenerator(seed: 1)
        var simulation = Simulation(.linear(200), leads: [50, 150]) { $0 >= 150 ? .bad : .good }
        #expect(try simulation.run(limit: 2, using: &generator) == .found(culprit: 150))
        // Commit 49 need not be known once 50 is good.
        #expect(Set(simulation.questions).subtracting([49]) == [50, 149, 150])
        #expect(simulation.bisector.lead.isEmpty)
    }

    @Test(arguments: [7, 8, 100]) func oneSlotFollowsNoLead(count: Int) throws {
        var generator = SeededGenerator(seed: 2)
        for culprit in 0..<count {
            var simulation = Simulation(.linear(count), leads: [0, count / 3]) { $0 >= culprit ? .bad : .good }
            var plain = Simulation(.linear(count)) { $0 >= culprit ? .bad : .good }
            #expect(
                try simulation.run(limit: 1, using: &generator) == plain.run(limit: 1, using: &generator))
            #expect(simulation.questions == plain.questions)
        }
    }

    @Test func aSkippedLeadIsPassedOver() {
        var bisector = Bisector(graph: History.linear(60).graph)
        bisector.mark(1059, .bad)
        bisector.follow([1020, 1040])
        bisector.mark(1020, .skip)
        #expect(nextMeasurements(of: [bisector], limit: 2).sorted() == [1039, 1040])
    }
}
