import Bisection
import Testing

@Suite("Searches on small histories")
struct BisectorTests {
    @Test func nothingBadIsNotCrossed() {
        var bisector = Bisector(graph: History.linear(4).graph)
        #expect(bisector.nextStep() == .finished(.notCrossed))
        bisector.mark(1002, .good)
        #expect(bisector.nextStep() == .finished(.notCrossed))
        #expect(bisector.remaining == (0, 0, 0))
    }

    @Test func oneCommitIsTheCulprit() {
        var bisector = Bisector(graph: History.linear(1).graph)
        bisector.mark(1000, .bad)
        #expect(bisector.nextStep() == .finished(.found(culprit: 1000)))
    }

    @Test func halvesALinearHistory() throws {
        var simulation = Simulation(.linear(8)) { $0 >= 5 ? .bad : .good }
        #expect(try simulation.run() == .found(culprit: 5))
        #expect(simulation.questions == [3, 5, 4])
    }

    @Test func asksAtTheForkOfADiamond() throws {
        // 0 - 1 - 2 - 4 - 5, and 1 - 3 - 4
        let history = History([[-1], [0], [1], [1], [2, 3], [4]])
        var simulation = Simulation(history) { $0 >= 3 ? .bad : .good }
        #expect(try simulation.run() == .found(culprit: 3))
        // 1 is known by inference only, until it was measured as well.
        #expect(simulation.questions == [2, 3, 1])
    }

    @Test func mergeWithGoodParentsIsTheCulprit() throws {
        var simulation = Simulation(History([[-1], [-1], [-1], [0, 1, 2], [3]])) { $0 >= 3 ? .bad : .good }
        #expect(try simulation.run() == .found(culprit: 3))
        #expect(Set(simulation.questions) == [0, 1, 2, 3])
    }

    @Test func unmarkedParentsOfTheOnlyCandidateAreAskedTogether() {
        // 4 merges 2 and 3; both have a good descendant, 5, and nobody measured them.
        let history = History([[-1], [-1], [0], [1], [2, 3], [2, 3]])
        var bisector = Bisector(graph: history.graph)
        bisector.mark(1004, .bad)
        bisector.mark(1005, .good)
        #expect(bisector.nextStep() == .measure([1002, 1003]))
        bisector.mark(1002, .good)
        #expect(bisector.nextStep() == .measure([1003]))
        #expect(bisector.result == nil)
        bisector.mark(1003, .skip)
        #expect(bisector.nextStep() == .finished(.found(culprit: 1004)))
    }

    @Test func aBadParentBelowAGoodCommitGoesOn() throws {
        // Bad at 2 and 3, good at 4, bad from 5 on: the first crossing is what counts.
        let history = History.linear(7)
        var bisector = Bisector(graph: history.graph)
        bisector.mark(1006, .bad)
        bisector.mark(1004, .good)
        bisector.mark(1003, .bad)
        #expect(bisector.contradictions == [Contradiction(good: 1004, bad: 1003)])
        #expect(bisector.nextStep() == .measure([1001]))
        bisector.mark(1001, .good)
        #expect(bisector.nextStep() == .measure([1002]))
        bisector.mark(1002, .bad)
        #expect(bisector.nextStep() == .finished(.found(culprit: 1002)))
        #expect(bisector.contradictions == [Contradiction(good: 1004, bad: 1003)])
    }

    @Test func markingAgainReplaces() {
        var bisector = Bisector(graph: History.linear(3).graph)
        bisector.mark(1002, .bad)
        bisector.mark(1000, .bad)
        #expect(bisector.nextStep() == .finished(.found(culprit: 1000)))
        bisector.mark(1000, .good)
        #expect(bisector.evaluation(of: 1000) == .good)
        #expect(bisector.nextStep() == .measure([1001]))
        bisector.mark(1, .bad)
        #expect(bisector.evaluation(of: 1) == nil)
        #expect(bisector.evaluation(of: 1001) == nil)
    }

    @Test func remainingCountsDown() {
        var bisector = Bisector(graph: History.linear(16).graph)
        bisector.mark(1015, .bad)
        #expect(bisector.remaining == (16, 16, 4))
        bisector.mark(1007, .good)
        #expect(bisector.remaining == (8, 8, 3))
        bisector.mark(1014, .good)
        #expect(bisector.remaining == (1, 1, 0))
    }

    @Test func goodsOnSideBranchesCount() {
        // 3 is not an ancestor of 2, but its being good clears 0 and 1.
        let history = History([[-1], [0], [1], [1]])
        var bisector = Bisector(graph: history.graph)
        bisector.mark(1002, .bad)
        bisector.mark(1003, .good)
        #expect(bisector.nextStep() == .measure([1001]))
        bisector.mark(1001, .good)
        #expect(bisector.nextStep() == .finished(.found(culprit: 1002)))
    }
}
