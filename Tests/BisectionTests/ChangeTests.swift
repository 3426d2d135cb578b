import TestSupport
import Testing

@testable import Bisection

@Suite("Searches that know how much each commit changed")
struct ChangeTests {
    @Test(arguments: 0..<30) func amountsChangeNoAnswer(block: Int) throws {
        for seed in (block * 20)..<(block * 20 + 20) {
            var generator = SeededGenerator(seed: 31_000 + seed)
            let history = History.random(count: Int.random(in: 1...30, using: &generator), using: &generator)
            let bad = history.randomStep(sources: 1, using: &generator)
            let canDiffer = generator.once(in: 2) ? nil : (0..<history.count).map { _ in generator.once(in: 2) }
            let changes = History.randomChanges(history.count, using: &generator)
            let leads = generator.once(in: 2) ? [Int.random(in: 0..<history.count, using: &generator): 0.7] : [:]
            var simulation = Simulation(history, canDiffer: canDiffer, changes: changes, leads: leads) {
                bad.contains($0) ? .bad : .good
            }
            let result = try simulation.run(
                limit: Int.random(in: 1...4, using: &generator),
                slowdown: Double.random(in: 0...1.2, using: &generator), using: &generator)
            #expect(result == .found(culprit: history.culprits(bad).first!), "seed \(seed)")
        }
    }

    @Test(arguments: 0..<30) func skipsLeaveTheSameSuspects(block: Int) throws {
        for seed in (block * 10)..<(block * 10 + 10) {
            var generator = SeededGenerator(seed: 32_000 + seed)
            let history = History.random(count: Int.random(in: 2...10, using: &generator), using: &generator)
            let bad = history.randomStep(sources: 1, using: &generator)
            let skipped = Set((0..<(history.count - 1)).filter { _ in generator.once(in: 3) })
            let changes = History.randomChanges(history.count, using: &generator)
            var simulation = Simulation(history, changes: changes) {
                skipped.contains($0) ? .skip : bad.contains($0) ? .bad : .good
            }
            let result = try simulation.run(limit: 2, using: &generator)
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

    @Test func whatChangedMoreIsLookedAtEarlier() throws {
        // One of 200 commits has the files of a hundred.
        for culprit in [3, 77, 150] {
            var changes = [Int](repeating: 1, count: 200)
            changes[culprit] = 1 << 40
            var plain = Simulation(.linear(200)) { $0 >= culprit ? .bad : .good }
            var informed = Simulation(.linear(200), changes: changes) { $0 >= culprit ? .bad : .good }
            #expect(try plain.run() == .found(culprit: culprit))
            #expect(try informed.run() == .found(culprit: culprit))
            #expect(informed.questions.count < plain.questions.count - 1)
        }
    }

    @Test(arguments: 0..<10) func noCommitTakesManyQuestions(seed: Int) throws {
        var generator = SeededGenerator(seed: 33_000 + seed)
        let changes = History.randomChanges(128, using: &generator)
        for culprit in 0..<128 {
            var simulation = Simulation(.linear(128), changes: changes) { $0 >= culprit ? .bad : .good }
            #expect(try simulation.run() == .found(culprit: culprit))
            #expect(simulation.questions.count <= 7 + 2, "culprit \(culprit)")
        }
    }

    @Test func ofEqualsTheOneThatConfirmsIsMeasured() {
        // Of 3, 4 and 5 each tells the same of 6, which is likely the culprit; that 5 is good is needed in any case.
        var bisector = Bisector(graph: History.linear(8).graph, canDiffer: (0..<8).map { [0, 3, 6].contains($0) })
        bisector.mark(1007, .bad)
        bisector.follow([1006: 0.7])
        #expect(bisector.nextStep() == .measure([1005]))
        bisector.follow([1003: 0.7])
        bisector.mark(1002, .good)
        #expect(bisector.nextStep() == .measure([1003]))
    }

    @Test func whatAllChangedAlikeDecidesNothing() {
        let graph = History.linear(100).graph
        let canDiffer = (0..<100).map { $0 % 3 == 0 }
        var plain = Bisector(graph: graph, canDiffer: canDiffer)
        var informed = Bisector(graph: graph, canDiffer: canDiffer, changes: canDiffer.map { $0 ? 9 : 0 })
        #expect(plain.prior == informed.prior)
        plain.mark(1099, .bad)
        informed.mark(1099, .bad)
        #expect(plain.nextStep() == informed.nextStep())
    }

    @Test(arguments: 0..<20) func aFifthIsSpreadEvenly(seed: Int) {
        var generator = SeededGenerator(seed: 34_000 + seed)
        let changes = History.randomChanges(50, using: &generator)
        let canDiffer = (0..<50).map { _ in !generator.once(in: 3) }
        let leads = generator.once(in: 2) ? [7: 0.5, 9: 0.9] : [:]
        let prior = CulpritPrior(canDiffer: canDiffer, changes: changes, leads: leads)
        let probabilities = prior.probabilities(of: Array(0..<50))
        let possible = canDiffer.count { $0 }
        #expect(abs(probabilities.reduce(0, +) - 1) < 1e-12)
        for (probability, canDiffer) in zip(probabilities, canDiffer) {
            #expect(canDiffer ? probability >= 0.2 / Double(possible) - 1e-12 : probability == 0)
        }
        // The same in whole numbers, as well as they can.
        let weights = prior.weights(of: Array(0..<50), count: 50)
        let total = Double(weights.reduce(0, +))
        for (weight, probability) in zip(weights, probabilities) {
            #expect(abs(Double(weight) / total - probability) < 0.015)
        }
    }
}

extension History {
    /// Mostly small amounts, and some that are very large; 0 counts as the smallest one.
    fileprivate static func randomChanges(_ count: Int, using generator: inout SeededGenerator) -> [Int] {
        (0..<count).map { _ in
            let most = [1, 3, 20, 1000, Int.max - 1].randomElement(using: &generator)!
            return Int.random(in: 0...most, using: &generator)
        }
    }
}
