import Benchmarks
import MeasurementCache
import Testing

@Suite("Measurements that are kept")
struct MeasurementCacheTests {
    private let scratch: Scratch
    private let cache: MeasurementCache
    private let recipe: MeasurementCache.RecipeID

    init() throws {
        scratch = try Scratch()
        cache = try MeasurementCache(path: scratch.cache)
        recipe = try cache.id(of: Samples.recipe)
    }

    private func entry(
        _ commit: Int, _ target: Measurement.Target = Samples.target
    ) throws -> MeasurementCache.Entry? {
        try cache.entry(at: Samples.commit(commit), of: target, recipe: recipe)
    }

    private func store(_ measurement: Measurement, at commit: Int, state: MeasurementCache.InputState? = nil) throws {
        try cache.store(measurement, at: Samples.commit(commit), recipe: recipe, state: state)
    }

    @Test func roundsComeBackAsTheyWere() throws {
        let first = Round(
            short: ["BenchmarkMux": ["probe-mallocs": 3.5, "probe-iterations": 9], "BenchmarkMux/gone": ["ns/op": 1]],
            long: [
                "BenchmarkMux/größe=\"1\"": [
                    "probe-mallocs": 2766, "B/op": 1e300, "probe-goroutines": -5, "größe/op": .leastNonzeroMagnitude,
                ],
                "BenchmarkMux": ["ns/op": 0.1],
            ])
        let second = Round(long: ["BenchmarkMux": ["ns/op": 0.2]])
        let empty = Round()
        let measurement = Measurement(
            target: Samples.target, pair: IterationPair(short: 7, long: 70), rounds: [first, second, empty],
            failure: Failure(.timeout, "two\nlines", limit: 0.25))
        try store(measurement, at: 1, state: Samples.state("d"))
        let entry = try #require(try entry(1))
        #expect(entry.measurement == measurement)
        #expect(entry.state == Samples.state("d"))
        // Also for a program that comes later.
        let later = try MeasurementCache(path: scratch.cache)
        #expect(try later.id(of: Samples.recipe) == recipe)
        #expect(try later.entry(at: Samples.commit(1), of: Samples.target, recipe: recipe)?.measurement == measurement)
    }

    @Test(arguments: Failure.Reason.allCases) func failuresComeBackUnlessTheyPass(reason: Failure.Reason) throws {
        let failure = Samples.failure(reason, limit: 600)
        try store(failure, at: 1)
        #expect(try entry(1)?.measurement == (failure.failure?.isTransient == true ? nil : failure))
        #expect(try entry(1)?.state == nil)
    }

    @Test func aZeroByteDoesNotCutTheMessage() throws {
        try store(Measurement(target: Samples.target, failure: Failure(.panicked, "a\0b")), at: 1)
        #expect(try entry(1)?.measurement.failure?.message == "a␀b")
    }

    @Test func otherRecipesCommitsAndTargetsKnowNothing() throws {
        try store(Samples.measurement(1), at: 1)
        #expect(try entry(2) == nil)
        #expect(try entry(1, Samples.otherTarget) == nil)
        var other = Samples.recipe
        other.tags = "x"
        #expect(try cache.entry(at: Samples.commit(1), of: Samples.target, recipe: try cache.id(of: other)) == nil)
    }

    @Test func theLastOfATargetStands() throws {
        let two = Measurement(
            target: Samples.target, pair: .standard,
            rounds: Samples.measurement(1).rounds + Samples.measurement(2).rounds)
        try store(two, at: 1, state: Samples.state("old"))
        try store(Samples.measurement(3), at: 1, state: Samples.state("new"))
        #expect(try entry(1)?.measurement == Samples.measurement(3))
        #expect(try entry(1)?.state == Samples.state("new"))
        #expect(try cache.counts() == (1, 0))
    }

    @Test func aPackagesFailureAnswersForEveryTarget() throws {
        try store(Samples.failure(.build), at: 1, state: Samples.state("d"))
        #expect(try entry(1, Samples.otherTarget)?.measurement == Samples.failure(.build, of: Samples.otherTarget))
        #expect(try entry(1, Samples.otherTarget)?.state == Samples.state("d"))
        #expect(try entry(1, Measurement.Target(package: "other", pattern: Samples.target.pattern)) == nil)
    }

    @Test func aLaterMeasurementShowsThatThePackageCanBeBuilt() throws {
        try store(Samples.failure(.build), at: 1)
        try store(Samples.failure(.build), at: 2)
        try store(Samples.measurement(5), at: 1)
        try store(Samples.failure(.panicked), at: 2)
        #expect(try entry(1)?.measurement == Samples.measurement(5))
        #expect(try entry(1, Samples.otherTarget) == nil)
        #expect(try entry(2)?.measurement.failure?.reason == .panicked)
        #expect(try entry(2, Samples.otherTarget) == nil)
    }

    @Test func aLaterPackageFailureLeavesNumbersTrue() throws {
        try store(Samples.measurement(5), at: 1, state: nil)
        try store(Samples.failure(.build, of: Samples.otherTarget), at: 1, state: Samples.state("d"))
        #expect(try entry(1)?.measurement == Samples.measurement(5))
        // The state belongs to the failure, not to the numbers.
        #expect(try entry(1)?.state == nil)
        #expect(try entry(1, Samples.otherTarget)?.measurement.failure?.reason == .build)
        try store(Samples.failure(.missingModule, of: Samples.otherTarget), at: 1)
        #expect(try entry(1, Samples.otherTarget)?.measurement.failure?.reason == .missingModule)
        #expect(try cache.counts() == (2, 1))
    }

    @Test func statesNameEachCommitOnceOldestFirst() throws {
        try store(Samples.measurement(1), at: 9, state: Samples.state("nine"))
        try store(Samples.failure(.build), at: 3, state: Samples.state("three"))
        try store(Samples.measurement(1), at: 5, state: nil)
        try store(Samples.measurement(1, of: Samples.otherTarget), at: 6, state: Samples.state("other"))
        try store(Samples.measurement(1), at: 1, state: Samples.state("one"))
        try store(Samples.failure(.build), at: 9, state: Samples.state("failed"))
        let states = try cache.states(of: Samples.target, recipe: recipe)
        #expect(states.map(\.commit) == [9, 3, 1].map(Samples.commit))
        #expect(states.map(\.state) == ["nine", "three", "one"].map(Samples.state))
        try store(Samples.measurement(2), at: 9, state: Samples.state("again"))
        #expect(try cache.states(of: Samples.target, recipe: recipe).map(\.commit) == [3, 1, 9].map(Samples.commit))
    }

    @Test func valuesThatAreNotFiniteAreLeftOut() throws {
        let round = Round(
            short: ["BenchmarkMux": ["ns/op": -.infinity]],
            long: ["BenchmarkMux": ["ns/op": .nan, "B/op": .infinity, "probe-mallocs": 1]])
        try store(Measurement(target: Samples.target, pair: .standard, rounds: [round]), at: 1)
        let kept = Round(long: ["BenchmarkMux": ["probe-mallocs": 1]])
        #expect(try entry(1)?.measurement.rounds == [kept])
    }

    @Test func answersAreKeptByQuestion() throws {
        func answer(_ question: String) throws -> String? {
            try cache.answer(to: question, at: Samples.commit(1), recipe: recipe)
        }
        #expect(try answer("packages") == nil)
        try cache.store(answer: "a\nb", to: "packages", at: Samples.commit(1), recipe: recipe)
        try cache.store(answer: "", to: "none", at: Samples.commit(1), recipe: recipe)
        #expect(try answer("packages") == "a\nb" && answer("none") == "")
        try cache.store(answer: "c", to: "packages", at: Samples.commit(1), recipe: recipe)
        #expect(try answer("packages") == "c")
    }

    @Test func withoutAFileItIsKeptInMemory() throws {
        let cache = try MeasurementCache(path: nil)
        let recipe = try cache.id(of: Samples.recipe)
        try cache.store(Samples.measurement(1), at: Samples.commit(1), recipe: recipe, state: nil)
        #expect(
            try cache.entry(at: Samples.commit(1), of: Samples.target, recipe: recipe)?.measurement
                == Samples.measurement(1))
        #expect(try MeasurementCache(path: nil).counts() == (0, 0))
    }
}
