import Foundation
import TestSupport
import Testing

@testable import Bisection

@Suite("Searches of noisy series, run by run")
struct NoisyBisectorTests {
    private func search(_ history: History, canDiffer: [Bool]? = nil) -> NoisyBisector<Int> {
        NoisyBisector(graph: history.graph, good: 1, bad: history.tip, prior: CulpritPrior(canDiffer: canDiffer))
    }

    @Test func theEndsAreRunInTurnUntilTheyDiffer() {
        var bisector = search(.linear(8))
        for run in 0..<20 {
            #expect(!bisector.isEstablished)
            #expect(bisector.next() == (run.isMultiple(of: 2) ? 1 : 1007))
            // The same noise on both sides: nothing to see.
            bisector.record(100 + Double(run / 2 % 3), at: bisector.next()!)
        }
        #expect(bisector.result == nil)
        #expect(bisector.estimate.map { abs($0.change) < $0.smallestVisibleChange } == true)
    }

    @Test func fourRunsOfEachEndAreTheLeast() {
        var bisector = search(.linear(8))
        for run in 0..<8 {
            #expect(!bisector.isEstablished)
            bisector.record(run.isMultiple(of: 2) ? 100 : 110 + Double(run) / 100, at: bisector.next()!)
        }
        #expect(bisector.isEstablished)
        #expect(bisector.next() == 1003)
        #expect(bisector.estimate.map { abs($0.change - log(1.1)) < 0.01 } == true)
    }

    @Test func halvesWhatIsExact() {
        for culprit in [0, 17, 63] {
            var simulation = NoisySimulation(.linear(64), culprit: culprit, seed: culprit)
            simulation.gap = 1000
            #expect(simulation.run(budget: 100) == .found(culprit: culprit))
            #expect(simulation.questions.count <= 8 + 16)
        }
    }

    @Test func valuesWithoutALogarithmAreRejected() {
        var bisector = search(.linear(3))
        for value in [0, -1, Double.nan, .infinity, -.infinity] {
            let isTaken = bisector.record(value, at: 1001)
            #expect(!isTaken)
        }
        #expect(bisector.count == 0 && bisector.next() == 1)
        for value in [Double.leastNonzeroMagnitude, .greatestFiniteMagnitude, 1] {
            let isTaken = bisector.record(value, at: 1001)
            #expect(isTaken)
            #expect(bisector.probability(of: 1001).isFinite && bisector.noStepProbability.isFinite)
        }
    }

    @Test func equalValuesAreNoStep() {
        var bisector = search(.linear(3))
        for _ in 0..<20 { bisector.record(5, at: bisector.next()!) }
        #expect(!bisector.isEstablished)
        #expect(bisector.noStepProbability > 0.05)
    }

    @Test func theOnlyCandidateIsNamed() {
        var simulation = NoisySimulation(.linear(1), culprit: 0, seed: 1)
        #expect(simulation.run(budget: 100) == .found(culprit: 0))
        #expect(simulation.bisector.suspects.map(\.commit) == [1000])
    }

    @Test func aStepThatGoesAwayIsNotNamed() {
        var bisector = search(.linear(4))
        for run in 0..<8 { bisector.record(run.isMultiple(of: 2) ? 100 : 103 + Double(run % 3), at: bisector.next()!) }
        #expect(bisector.isEstablished)
        var generator = SeededGenerator(seed: 1)
        while bisector.count < 500, let next = bisector.next() { bisector.record(100 + generator.normal(), at: next) }
        #expect(bisector.result == nil && bisector.suspects.count == 4)
        #expect(bisector.noStepProbability > 0.2 && bisector.estimate?.isSignificant == false)
    }

    @Test func skippedCommitsAreSuspectsTogether() {
        for seed in 0..<5 {
            var simulation = NoisySimulation(.linear(12), culprit: 5, seed: seed)
            simulation.skipped = [4, 5]
            #expect(simulation.run(budget: 300) == .oneOf(suspects: [4, 5, 6]))
            let suspects = simulation.bisector.suspects
            #expect(suspects.map(\.commit) == [1004, 1005, 1006])
            #expect(suspects.allSatisfy { abs($0.probability - 1.0 / 3) < 0.01 })
        }
    }

    @Test func everythingSkippedLeavesEverything() {
        var simulation = NoisySimulation(.linear(5), culprit: 2, seed: 3)
        simulation.skipped = [0, 1, 2, 3]
        #expect(simulation.run(budget: 300) == .oneOf(suspects: [0, 1, 2, 3, 4]))
    }

    @Test func leavesAPocketOfSkipsInFewQuestions() {
        var bisector = search(.linear(400))
        for run in 0..<8 { bisector.record(run.isMultiple(of: 2) ? 100 : 150 + Double(run), at: bisector.next()!) }
        var skips = 0
        while let next = bisector.next(), (1150..<1250).contains(next) {
            bisector.skip(next)
            skips += 1
        }
        #expect(skips > 0 && skips <= 4)
    }

    @Test func commitsThatCannotDifferAreNotSuspected() {
        let canDiffer = (0..<40).map { $0 % 10 == 9 }
        let history = History.linear(40)
        var simulation = NoisySimulation(history, culprit: 19, canDiffer: canDiffer, seed: 4)
        #expect(simulation.run(budget: 300) == .found(culprit: 19))
        // Of commits with the same inputs one stands for all.
        #expect(Set(simulation.questions.compactMap(\.self)).isSubset(of: [9, 19, 29, 39]))
        let none = search(history, canDiffer: canDiffer.map { _ in false })
        #expect(none.suspects.isEmpty && none.noStepProbability == 1)
    }

    @Test func costsDecideBetweenCommits() {
        var bisector = search(.linear(64))
        for run in 0..<8 { bisector.record(run.isMultiple(of: 2) ? 100 : 150 + Double(run), at: bisector.next()!) }
        #expect(bisector.next() == 1031)
        #expect(bisector.next { $0 == 1040 ? 1 : 2 } == 1040)
        #expect(bisector.next { $0 == 1062 ? 1 : 2 } == 1031)
    }

    @Test func runsThatDriftArePaired() {
        var simulation = NoisySimulation(.linear(64), culprit: 30, seed: 5)
        (simulation.drift, simulation.gap) = (.up, 2)
        #expect(simulation.run(budget: 400) == .found(culprit: 30))
        #expect(simulation.bisector.estimate.map { $0.driftProbability > 0.9 } == true)
        let search = simulation.questions.suffix(20)
        #expect(zip(search, search.dropFirst()).allSatisfy { ($0 == nil) != ($1 == nil) })
    }

    @Test func fewerIsFoundAsWell() {
        var simulation = NoisySimulation(.linear(30), culprit: 11, seed: 6)
        simulation.gap = -3
        #expect(simulation.run(budget: 200) == .found(culprit: 11))
        #expect(simulation.bisector.estimate.map { abs($0.change + 0.06) < 0.02 } == true)
    }

    @Test func onlyAncestorsOfTheBadEndAreSuspects() {
        // 0 - 1 - 3 and 0 - 2: 2 is not an ancestor of 3.
        let graph = History([[-1], [0], [0], [1]]).graph
        let bisector = NoisyBisector(graph: graph, good: 1, bad: 1003)
        #expect(bisector.suspects.map(\.commit) == [1000, 1001, 1003])
        #expect(bisector.probability(of: 1002) == 0 && bisector.probability(of: 7) == 0)
    }

    @Test func leadsWeigh() {
        let prior = CulpritPrior(leads: [2: 0.75, 3: 0.25])
        let bisector = NoisyBisector(graph: History.linear(4).graph, good: 1, bad: 1003, prior: prior)
        #expect(bisector.suspects.map(\.commit) == [1002, 1003, 1000, 1001])
        #expect(abs(bisector.probability(of: 1002) - 0.95 * (0.05 + 0.6)) < 1e-12)
        #expect(abs(bisector.probability(of: 1000) - 0.95 * 0.05) < 1e-12)
    }
}
