import Bisection
import TestSupport
import Testing

@Suite("Searches on random histories against what trying every world says")
struct BisectorPropertyTests {
    @Test(arguments: 0..<30) func aSingleStepIsFound(block: Int) throws {
        for seed in (block * 20)..<(block * 20 + 20) {
            var generator = SeededGenerator(seed: seed)
            let history = History.random(count: Int.random(in: 1...30, using: &generator), using: &generator)
            let bad = history.randomStep(sources: 1, using: &generator)
            var simulation = Simulation(history) { bad.contains($0) ? .bad : .good }
            let result = try simulation.run()
            #expect(result == .found(culprit: history.culprits(bad).first!), "seed \(seed)")
            #expect(simulation.bisector.contradictions.isEmpty, "seed \(seed)")
        }
    }

    @Test(arguments: 0..<30) func skipsLeaveTheConsistentSuspects(block: Int) throws {
        for seed in (block * 10)..<(block * 10 + 10) {
            var generator = SeededGenerator(seed: 5000 + seed)
            let history = History.random(count: Int.random(in: 2...10, using: &generator), using: &generator)
            let bad = history.randomStep(sources: 1 + seed % 3, using: &generator)
            let rarity = Int.random(in: 1...4, using: &generator)
            let skipped = Set((0..<(history.count - 1)).filter { _ in generator.once(in: rarity) })
            var simulation = Simulation(history) { skipped.contains($0) ? .skip : bad.contains($0) ? .bad : .good }
            let result = try simulation.run()
            let evaluations = simulation.evaluations
            let first = evaluations.filter { $0.value == .bad }.keys.min()!
            let expected = BruteForce.culprits(of: history, evaluations, bad: first)
            switch result {
            case .found(let culprit):
                #expect(expected == [culprit], "seed \(seed)")
            case .oneOf(let suspects):
                #expect(suspects.count > 1 && suspects.last == first, "seed \(seed)")
                #expect(suspects == expected.sorted(), "seed \(seed)")
                #expect(!history.culprits(bad).isDisjoint(with: suspects), "seed \(seed)")
            case .notCrossed:
                Issue.record("seed \(seed)")
            }
        }
    }

    @Test(arguments: 0..<30) func anyHistoryGivesATrueCrossing(block: Int) throws {
        for seed in (block * 20)..<(block * 20 + 20) {
            var generator = SeededGenerator(seed: 9000 + seed)
            let history = History.random(count: Int.random(in: 1...30, using: &generator), using: &generator)
            let bad = Set((0..<history.count).filter { $0 == history.count - 1 || generator.once(in: 3) })
            let canDiffer = generator.once(in: 2) ? nil : (0..<history.count).map { _ in generator.once(in: 2) }
            var simulation = Simulation(history, canDiffer: canDiffer) { bad.contains($0) ? .bad : .good }
            guard case .found(let culprit) = try simulation.run() else {
                Issue.record("seed \(seed)")
                continue
            }
            #expect(history.culprits(bad).contains(culprit), "seed \(seed)")
        }
    }

    @Test(arguments: [1, 2, 3, 7, 8, 9, 40, 100, 129]) func linearHistoriesNeedFewQuestions(count: Int) throws {
        let history = History.linear(count)
        for culprit in 0..<count {
            var simulation = Simulation(history) { $0 >= culprit ? .bad : .good }
            #expect(try simulation.run() == .found(culprit: culprit))
            #expect(simulation.questions.count <= ceilLog2(count))
        }
    }

    @Test(arguments: 0..<20) func trueFlagsSaveQuestions(seed: Int) throws {
        var generator = SeededGenerator(seed: 400 + seed)
        let history = History.linear(120)
        let canDiffer = (0..<120).map { _ in generator.once(in: 9) }
        let flagged = canDiffer.indices.filter { canDiffer[$0] }
        for culprit in flagged {
            var simulation = Simulation(history, canDiffer: canDiffer) { $0 >= culprit ? .bad : .good }
            #expect(try simulation.run() == .found(culprit: culprit))
            #expect(simulation.questions.count <= ceilLog2(flagged.count) + 2)
        }
    }

    @Test(arguments: 0..<20) func wrongFlagsStillLeadToTheCulprit(block: Int) throws {
        for seed in (block * 20)..<(block * 20 + 20) {
            var generator = SeededGenerator(seed: 700 + seed)
            let history = History.random(count: Int.random(in: 1...30, using: &generator), using: &generator)
            let bad = history.randomStep(sources: 1, using: &generator)
            let culprit = history.culprits(bad).first!
            let canDiffer = (0..<history.count).map { $0 != culprit && generator.once(in: 3) }
            var simulation = Simulation(history, canDiffer: canDiffer) { bad.contains($0) ? .bad : .good }
            #expect(try simulation.run() == .found(culprit: culprit), "seed \(seed)")
        }
    }

    private func ceilLog2(_ value: Int) -> Int { (0...).first { 1 << $0 >= value }! }
}
