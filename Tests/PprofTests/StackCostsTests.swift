import Pprof
import Testing

@Suite("What one iteration costs, by stack")
struct StackCostsTests {
    private static let work = Stacks.stack("m.F /r/m.go:7", "m.B /r/m_test.go:3")
    private static let setUp = Stacks.stack("m.init /r/m.go:1")
    private static let late = Stacks.stack("m.Late /r/m.go:9")

    @Test func whatBothRunsHaveCancels() throws {
        let short = Stacks.profile([
            (StackCostsTests.work, 250), (StackCostsTests.setUp, 40), (StackCostsTests.work, 50),
        ])
        let long = Stacks.profile([(StackCostsTests.setUp, 40), (StackCostsTests.work, 1350)])
        let costs = try StackCosts(.allocated, short: short, long: long, span: 100)
        #expect(costs.costs == [StackCostsTests.work: Stacks.cost(10.5)])
        #expect(costs.total == Stacks.cost(10.5))
        let kept = try StackCosts(.inUse, short: short, long: long, span: 100)
        #expect(kept.total == Cost(objects: 5.25, bytes: 42))
    }

    @Test func whatALongerRunHasLessOfIsNegative() throws {
        let short = Stacks.profile([(StackCostsTests.setUp, 8)])
        let long = Stacks.profile([(StackCostsTests.work, 4)])
        let costs = try StackCosts(.inUse, short: short, long: long, span: 2)
        #expect(costs.costs[StackCostsTests.setUp] == Cost(objects: -2, bytes: -16))
        #expect(costs.total == Cost(objects: -1, bytes: -8))
    }

    @Test func bytesOfAnotherRunTakeTheirPlace() {
        let own = StackCosts([StackCostsTests.work: Stacks.cost(20), StackCostsTests.late: Stacks.cost(10)], span: 10)
        let other = StackCosts(
            [
                StackCostsTests.work: Cost(objects: 3, bytes: 40), StackCostsTests.setUp: Cost(objects: 1, bytes: 16),
            ], span: 20)
        #expect(
            own.withBytes(of: other).costs == [
                StackCostsTests.work: Cost(objects: 2, bytes: 2), StackCostsTests.late: Cost(objects: 1, bytes: 0),
                StackCostsTests.setUp: Cost(objects: 0, bytes: 0.8),
            ])
    }

    @Test(arguments: StackCosts.Kind.allCases) func aProfileOfAnotherKindIsRefused(kind: StackCosts.Kind) {
        let types = [Profile.SampleType(type: "goroutine", unit: "count")]
        let profile = Profile(from: "g.pprof", sampleTypes: types, samples: [])
        let heap = Stacks.profile([])
        let runs: [(Profile?, Profile)] = [(nil, profile), (profile, heap)]
        for (short, long) in runs {
            let failure = #expect(throws: ProfileError.self) {
                try StackCosts(kind, short: short, long: long, span: 1)
            }
            #expect(failure?.code == .missingSampleType)
            let expected =
                "g.pprof has no values of the type “\(kind == .inUse ? "inuse" : "alloc")_objects”, but of “goroutine”. "
                + "Name a heap profile, as Go's -test.memprofile writes it."
            #expect(failure?.message == expected)
        }
    }
}
