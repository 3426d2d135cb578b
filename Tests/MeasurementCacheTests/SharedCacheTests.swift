import Benchmarks
import MeasurementCache
import Testing

@Suite("One cache for several programs")
struct SharedCacheTests {
    @Test func everybodyGetsTheSamePair() async throws {
        let scratch = try Scratch()
        let caches = try (0..<2).map { _ in try MeasurementCache(path: scratch.cache) }
        let chosen = try await withThrowingTaskGroup { group in
            for number in 1...40 {
                group.addTask {
                    let cache = caches[number % 2]
                    let recipe = try cache.id(of: Samples.recipe)
                    return try cache.choose(
                        IterationPair(short: number, long: 1000), for: Samples.target, recipe: recipe)
                }
            }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(chosen.count == 1)
        let recipe = try caches[0].id(of: Samples.recipe)
        #expect(try caches[0].pair(of: Samples.target, recipe: recipe) == chosen.first)
        #expect(try caches[0].pair(of: Samples.otherTarget, recipe: recipe) == nil)
    }

    /// Whoever makes a new file may be at any of its tables when the next one comes.
    @Test func everybodyMayMakeTheFile() async throws {
        for _ in 0..<40 {
            let scratch = try Scratch()
            try await withThrowingTaskGroup { group in
                for _ in 0..<8 {
                    group.addTask { _ = try MeasurementCache(path: scratch.cache).id(of: Samples.recipe) }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test func writersAtOnceLoseNothing() async throws {
        let scratch = try Scratch()
        // Opening races as well: the file is not there yet.
        try await withThrowingTaskGroup { group in
            for writer in 0..<6 {
                group.addTask {
                    let cache = try MeasurementCache(path: scratch.cache)
                    let recipe = try cache.id(of: Samples.recipe)
                    for number in 0..<20 {
                        let commit = Samples.commit(writer * 100 + number)
                        try cache.store(
                            Samples.measurement(Double(number)), at: commit, recipe: recipe, state: Samples.state("d"))
                        _ = try cache.states(of: Samples.target, recipe: recipe)
                    }
                }
            }
            try await group.waitForAll()
        }
        let cache = try MeasurementCache(path: scratch.cache)
        let recipe = try cache.id(of: Samples.recipe)
        for writer in 0..<6 {
            for number in 0..<20 {
                let entry = try cache.entry(
                    at: Samples.commit(writer * 100 + number), of: Samples.target, recipe: recipe)
                #expect(entry?.measurement == Samples.measurement(Double(number)))
            }
        }
        #expect(try cache.counts() == (120, 0))
    }
}
