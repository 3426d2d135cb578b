import Bisection
import TestSupport
import Testing

@Suite("Searches that follow leads")
struct LeadTests {
    @Test(arguments: 0..<30) func leadsChangeNoAnswer(block: Int) throws {
        for seed in (block * 20)..<(block * 20 + 20) {
            var generator = SeededGenerator(seed: 13_000 + seed)
            let history = History.random(count: Int.random(in: 1...30, using: &generator), using: &generator)
            let bad = history.randomStep(sources: 1, using: &generator)
            let leads = History.randomLeads(history.count, using: &generator)
            var simulation = Simulation(history, leads: leads) { bad.contains($0) ? .bad : .good }
            let result = try simulation.run(
                limit: Int.random(in: 1...4, using: &generator),
                slowdown: Double.random(in: 0...1.2, using: &generator), using: &generator)
            #expect(result == .found(culprit: history.culprits(bad).first!), "seed \(seed)")
        }
    }

    @Test(arguments: 0..<30) func skipsLeaveTheSameSuspects(block: Int) throws {
        for seed in (block * 10)..<(block * 10 + 10) {
            var generator = SeededGenerator(seed: 15_000 + seed)
            let history = History.random(count: Int.random(in: 2...10, using: &generator), using: &generator)
            let bad = history.randomStep(sources: 1, using: &generator)
            let skipped = Set((0..<(history.count - 1)).filter { _ in generator.once(in: 3) })
            let leads = History.randomLeads(history.count, using: &generator)
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

    @Test(arguments: 1...2) func aTrueLeadTakesTwoQuestions(limit: Int) throws {
        let history = History.linear(200)
        for culprit in 0..<200 {
            var generator = SeededGenerator(seed: culprit)
            var simulation = Simulation(history, leads: [culprit: 0.6]) { $0 >= culprit ? .bad : .good }
            // As long as one measurement holds up another at all, no third one is begun beside them.
            let result = try simulation.run(limit: limit, slowdown: 0.6, using: &generator)
            #expect(result == .found(culprit: culprit))
            #expect(Set(simulation.questions) == Set([culprit - 1, culprit]).intersection(0..<199))
        }
    }

    @Test func aLikelyCulpritIsMeasuredBesideItsParent() throws {
        // To wait for the parent first would save a measurement only where the lead is wrong.
        for culprit in 1..<199 {
            var simulation = Simulation(.linear(200), leads: [culprit: 0.6]) { $0 >= culprit ? .bad : .good }
            #expect(try simulation.time(limit: 2, slowdown: 0.3) == 1.3, "culprit \(culprit)")
        }
    }

    @Test(arguments: [0, 0.3, 0.6, 1, 1.5]) func twoSlotsAreNeverSlowerWithLeads(slowdown: Double) throws {
        var times = [0.0, 0.0]
        for (limit, position) in zip(1...2, times.indices) {
            for culprit in 0..<100 {
                // Three leads of five are right.
                let lead = culprit % 5 < 3 ? culprit : (culprit * 37 + 11) % 100
                var simulation = Simulation(.linear(100), leads: [lead: 0.6]) { $0 >= culprit ? .bad : .good }
                times[position] += try simulation.time(limit: limit, slowdown: slowdown)
            }
        }
        #expect(times[1] <= times[0] * 1.02)
        if slowdown < 0.5 { #expect(times[1] < times[0] * 0.9) }
    }

    @Test func aWrongLeadTakesTwoQuestionsMore() throws {
        for culprit in 0..<128 {
            for lead in [0, 40, 127] {
                var simulation = Simulation(.linear(128), leads: [lead: 0.6]) { $0 >= culprit ? .bad : .good }
                #expect(try simulation.run() == .found(culprit: culprit))
                #expect(simulation.questions.count <= 7 + 2, "culprit \(culprit), lead \(lead)")
            }
        }
    }

    @Test func leadsWeighAsMuchAsTheyAreLikely() throws {
        // 60 % to 64 % the last but one, and hardly ever one of those before the first lead.
        var simulation = Simulation(.linear(200), leads: [50: 0.2, 150: 0.6]) { $0 >= 50 ? .bad : .good }
        #expect(try simulation.run() == .found(culprit: 50))
        #expect(simulation.questions.prefix(3) == [149, 50, 49])
    }

    @Test func leadsLeaveAFifthToAllOthers() throws {
        // However sure they were said to be, 20 % are spread evenly: all ten commits count as a quarter of the lead.
        var bisector = Bisector(graph: History.linear(10).graph)
        bisector.mark(1009, .bad)
        bisector.follow([1004: 1e9])
        #expect(bisector.leads == [1004: 0.8])
        #expect(bisector.nextStep() == .measure([1004]))
        #expect(bisector.isLead(1003) && bisector.isLead(1004) && !bisector.isLead(1005))
    }

    @Test func whatCannotDifferIsNoLead() {
        var bisector = Bisector(graph: History.linear(4).graph, canDiffer: [true, false, true, true])
        bisector.follow([1001: 0.5, 1002: 0.3, 7: 0.2])
        #expect(bisector.leads == [1002: 0.3])
    }

    @Test func aSkippedLeadIsGoneAround() throws {
        // 20 cannot be measured: whether it is the culprit shows beside it, and only that is left open.
        for (culprit, expected) in [
            (20, BisectionResult.oneOf(suspects: [20, 21])), (21, .oneOf(suspects: [20, 21])),
            (40, .found(culprit: 40)),
        ] {
            var simulation = Simulation(.linear(60), leads: [20: 0.6]) {
                $0 == 20 ? .skip : $0 >= culprit ? .bad : .good
            }
            #expect(try simulation.run() == expected)
            #expect(simulation.questions.count <= 6 + 6)
        }
    }

    @Test func theFirstLeadThatReachesTheBoundIsMeant() {
        let line = History.linear(10).graph
        // +1 at 3 and +1 at 7: the first crossing of +1 is that of 3, and the one of +2 that of 7.
        #expect(likely([3: 0.5, 7: 0.5], 0.5, in: line) == [3: 0.6, 7: 0.2])
        #expect(likely([3: 0.5, 7: 0.5], 1, in: line) == [3: 0.2, 7: 0.6])
        #expect(likely([3: 1], 0.1, in: line) == [3: 0.8])
        #expect(likely([3: 0.3, 7: 0.2], 0.9, in: line) == [3: 0.24, 7: 0.8 * 0.2])
        #expect(likely([:], 0.5, in: line).isEmpty)
        // 1 and 2 are beside each other, so that only 3, which merges them, has both.
        let fork = History([[-1], [0], [0], [1, 2]]).graph
        #expect(
            likely([1: 0.4, 2: 0.4, 3: 0.1], 0.8, in: fork).max { $0.value < $1.value }?.key == 3)
    }

    @Test func aLeadTheOtherWayIsNotMeant() {
        let line = History.linear(10).graph
        // -3 at 2, +1 at 4 and +4 at 6 make +2: 2 takes away what 6 needs to bring, and 4 reaches nothing.
        let leads = [
            2: LeadShare(size: 0.375, progress: -1.5), 4: LeadShare(size: 0.125, progress: 0.5),
            6: LeadShare(size: 0.5, progress: 2),
        ]
        #expect(line.probabilities(ofLeads: leads, bound: 0.5) == [2: 0.2 * 0.375 / 0.5, 4: 0.05, 6: 0.6])
        // Where 6 is not known of, nothing reaches the bound, and sizes alone count.
        #expect(
            line.probabilities(ofLeads: leads.filter { $0.key < 6 }, bound: 0.5)
                == [2: 0.8 * 0.375, 4: 0.8 * 0.125])
        // What goes back across the bound is not what crosses it.
        let back = [3: LeadShare(size: 0.5, progress: 2), 5: LeadShare(size: 0.25, progress: -1)]
        #expect(line.probabilities(ofLeads: back, bound: 1).max { $0.value < $1.value }?.key == 3)
    }

    /// How likely leads are that all go one way.
    private func likely(_ shares: [Int: Double], _ bound: Double, in graph: CommitGraph<Int>) -> [Int: Double] {
        graph.probabilities(ofLeads: shares.mapValues { LeadShare(size: $0, progress: $0) }, bound: bound)
    }
}

extension History {
    /// Up to four commits, with probabilities that may be too large together.
    fileprivate static func randomLeads(_ count: Int, using generator: inout SeededGenerator) -> [Int: Double] {
        (0..<Int.random(in: 0...4, using: &generator)).reduce(into: [:]) { leads, _ in
            leads[Int.random(in: 0..<count, using: &generator)] = Double.random(in: 0.05...1, using: &generator)
        }
    }
}
