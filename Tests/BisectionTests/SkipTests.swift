import Bisection
import TestSupport
import Testing

@Suite("Searches past commits without a value")
struct SkipTests {
    @Test func onlySkipsLeft() throws {
        var simulation = Simulation(.linear(6)) { [2, 3].contains($0) ? .skip : $0 >= 4 ? .bad : .good }
        #expect(try simulation.run() == .oneOf(suspects: [2, 3, 4]))
    }

    @Test func everythingSkipped() throws {
        var simulation = Simulation(.linear(5)) { _ in .skip }
        #expect(try simulation.run() == .oneOf(suspects: [0, 1, 2, 3, 4]))
        #expect(simulation.questions.count == 4)
    }

    @Test func suspectsLeaveOutTheClearedBranch() throws {
        // 0 - 1 - 3, 0 - 2 - 3: 1 is good, 2 cannot be measured.
        var simulation = Simulation(History([[-1], [0], [0], [1, 2]])) { [.good, .good, .skip, .bad][$0] }
        #expect(try simulation.run() == .oneOf(suspects: [2, 3]))
    }

    @Test func stepsAwayFromASkippedCommit() {
        var bisector = Bisector(graph: History.linear(320).graph)
        bisector.mark(1319, .bad)
        #expect(bisector.nextStep() == .measure([1159]))
        bisector.mark(1159, .skip)
        guard case .measure(let second) = bisector.nextStep(), let commit = second.first else {
            Issue.record("finished")
            return
        }
        #expect(abs(commit - 1159) >= 15 && abs(commit - 1159) <= 30)
    }

    /// Two slots ask at a third and at two thirds, where a pocket costs as few questions as in the middle.
    @Test func pocketsAreAvoidedByTwoSlotsToo() throws {
        let history = History.linear(256)
        for start in stride(from: 20, to: 200, by: 20) {
            let pocket = start..<(start + 40)
            for culprit in stride(from: 1, to: 256, by: 9)
            where !pocket.contains(culprit) && !pocket.contains(culprit - 1) {
                var generator = SeededGenerator(seed: culprit)
                var simulation = Simulation(history) { pocket.contains($0) ? .skip : $0 >= culprit ? .bad : .good }
                let result = try simulation.run(limit: 2, slowdown: 0.3, using: &generator)
                #expect(result == .found(culprit: culprit))
                let skips = simulation.questions.filter(pocket.contains).count
                #expect(skips <= 16, "pocket \(pocket), culprit \(culprit)")
            }
        }
    }

    /// A pocket of broken commits with the culprit outside it: the price is logarithmic, no matter where the pocket is.
    @Test(arguments: [10, 60, 200, 350, 390, 398]) func leavesAPocketInFewQuestions(size: Int) throws {
        let count = 400
        let history = History.linear(count)
        for start in stride(from: 0, through: count - 1 - size, by: max(1, (count - size) / 12)) {
            let pocket = start..<(start + size)
            for culprit in [0, start, start + size + 1, count - 1] where culprit < count {
                // The culprit and its parent must both be measurable for an exact answer.
                if pocket.contains(culprit) || pocket.contains(culprit - 1) { continue }
                var simulation = Simulation(history) { pocket.contains($0) ? .skip : $0 >= culprit ? .bad : .good }
                #expect(try simulation.run() == .found(culprit: culprit))
                #expect(simulation.questions.count <= 9 + 18, "pocket \(pocket), culprit \(culprit)")
            }
        }
    }

    @Test(arguments: 0..<10) func scatteredSkipsCostLittle(seed: Int) throws {
        var generator = SeededGenerator(seed: 60 + seed)
        let count = 500
        let culprit = Int.random(in: 1..<count, using: &generator)
        let skipped = Set((0..<(count - 1)).filter { _ in generator.once(in: 4) }).subtracting([culprit, culprit - 1])
        var simulation = Simulation(.linear(count)) { skipped.contains($0) ? .skip : $0 >= culprit ? .bad : .good }
        #expect(try simulation.run() == .found(culprit: culprit))
        #expect(simulation.questions.count <= 9 + 10)
    }
}
