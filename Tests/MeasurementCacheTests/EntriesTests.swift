import Benchmarks
import MeasurementCache
import Testing

@Suite("Many measurements read at once")
struct EntriesTests {
    private let cache: MeasurementCache
    private let recipe: MeasurementCache.RecipeID
    private let elsewhere = Measurement.Target(package: "other", pattern: "^BenchmarkMux$")

    init() throws {
        cache = try MeasurementCache(path: nil)
        recipe = try cache.id(of: Samples.recipe)
    }

    private func store(_ measurement: Measurement, at commit: Int, state: MeasurementCache.InputState? = nil) throws {
        try cache.store(measurement, at: Samples.commit(commit), recipe: recipe, state: state)
    }

    @Test func manyAreReadAsOneIs() throws {
        let rounds = [1.0, 2.0, 3.0].flatMap { Samples.measurement($0).rounds }
        try store(
            Measurement(target: Samples.target, pair: .standard, rounds: rounds), at: 1, state: Samples.state("a"))
        try store(Samples.measurement(5, of: Samples.otherTarget), at: 1)
        try store(Samples.failure(.build), at: 2, state: Samples.state("b"))
        try store(Samples.measurement(7), at: 3)
        try store(Samples.failure(.build, of: Samples.otherTarget), at: 3)
        try store(Samples.failure(.timeout, limit: 60), at: 4)
        try store(Samples.measurement(9, of: elsewhere), at: 4)
        let targets = [Samples.target, Samples.otherTarget, elsewhere]
        let commits = (1...6).map(Samples.commit)
        let entries = try Array(cache.entries(at: commits, of: targets, recipe: recipe).joined())
        var compared = 0
        for commit in commits {
            for target in targets {
                let one = try cache.entry(at: commit, of: target, recipe: recipe)
                let found = entries.filter { commits[$0.commit] == commit && targets[$0.target] == target }
                #expect(found.allSatisfy { $0.entry.measurement.target == target })
                #expect(found.count == (one == nil ? 0 : 1))
                #expect(found.first?.entry.measurement == one?.measurement)
                #expect(found.first?.entry.state == one?.state)
                compared += found.count
            }
        }
        #expect(compared == 8 && entries.count == 8)
    }

    @Test func valuesOfOtherMetricsAreLeftOut() throws {
        let values = ["probe-mallocs": 3000.0, "probe-bytes": 48_000, "ns/op": 70, "hits": 2, "probe-iterations": 9]
        let round = Round(short: ["BenchmarkMux": values], long: ["BenchmarkMux": values])
        try store(Measurement(target: Samples.target, pair: .standard, rounds: [round, round]), at: 1)
        let some = try #require(
            try cache.entries(
                at: [Samples.commit(1)], of: [Samples.target], metrics: [.allocations, Metric("unheard-of")],
                recipe: recipe
            ).joined().first { _ in true }?.entry.measurement)
        let kept = values.filter { !["probe-bytes", "hits"].contains($0.key) }
        let expected = Round(short: ["BenchmarkMux": kept], long: ["BenchmarkMux": kept])
        #expect(some.rounds == [expected, expected])
    }

    @Test func manyCommitsAreReadInTheirOrder() throws {
        let commits = (1...1200).map(Samples.commit)
        for number in [1, 499, 500, 501, 1000, 1200] { try store(Samples.measurement(Double(number)), at: number) }
        let parts = try cache.entries(at: commits, of: [Samples.otherTarget, Samples.target], recipe: recipe)
        #expect(parts.count > 1)
        let entries = Array(parts.joined())
        #expect(entries.map(\.commit) == [0, 498, 499, 500, 999, 1199])
        for entry in entries {
            #expect(entry.target == 1)
            #expect(entry.entry.measurement == Samples.measurement(Double(entry.commit + 1)))
        }
    }

    @Test func onlyWhatIsAskedForIsRead() throws {
        try store(Samples.measurement(1), at: 1)
        try store(Samples.measurement(2), at: 2)
        let other = try cache.id(of: Recipe(goVersion: "go1.19.8", platform: "linux/amd64/v1", probe: 1))
        #expect(try cache.entries(at: [Samples.commit(2)], of: [Samples.target], recipe: recipe).joined().count == 1)
        #expect(try cache.entries(at: [Samples.commit(2)], of: [Samples.otherTarget], recipe: recipe).joined().isEmpty)
        #expect(try cache.entries(at: [Samples.commit(2)], of: [Samples.target], recipe: other).joined().isEmpty)
        #expect(try cache.entries(at: [], of: [Samples.target], recipe: recipe).joined().isEmpty)
    }
}
