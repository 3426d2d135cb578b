import Benchmarks
import GRDB
import MeasurementCache
import Testing

@Suite("Measurements of other machines")
struct ImportTests {
    private let scratch: Scratch
    private let cache: MeasurementCache
    private let recipe: MeasurementCache.RecipeID

    init() throws {
        scratch = try Scratch()
        cache = try MeasurementCache(path: scratch.cache)
        recipe = try cache.id(of: Samples.recipe)
    }

    private func record(_ value: Double, at commit: Int = 1, machine: String = "box") -> MeasurementRecord {
        MeasurementRecord(
            commit: Samples.commit(commit), recipe: Samples.recipe, machine: machine,
            measurement: Samples.measurement(value))
    }

    private func records(of cache: MeasurementCache) throws -> [MeasurementRecord] {
        var records: [MeasurementRecord] = []
        #expect(try cache.forEachRecord(machine: "here") { records.append($0) } == 0)
        return records
    }

    @Test func whatWasImportedAnswersOnlyByItsOwnKey() throws {
        #expect(try cache.add(record(1)) == .added)
        #expect(try cache.add(record(1)) == .alreadyKnown)
        #expect(try cache.add(record(2, machine: "other")) == .added)
        #expect(try cache.entry(at: Samples.commit(1), of: Samples.target, recipe: recipe) == nil)
        let imported = try cache.imported(of: recipe)
        #expect(imported.map(\.machine) == ["box", "other"])
        let entry = try cache.entry(at: Samples.commit(1), of: Samples.target, recipe: imported[1].recipe)
        #expect(entry?.measurement == Samples.measurement(2))
        #expect(try records(of: cache).map(\.machine) == ["box", "other"])
        #expect(try cache.statistics().imported == 2)
    }

    @Test func ourOwnMeasurementIsNotImportedAgain() throws {
        try cache.store(Samples.measurement(1), at: Samples.commit(1), recipe: recipe, state: nil)
        #expect(try cache.add(record(1)) == .alreadyKnown)
        #expect(try cache.add(record(2)) == .added)
        #expect(
            try cache.entry(at: Samples.commit(1), of: Samples.target, recipe: recipe)?.measurement
                == Samples.measurement(1))
    }

    @Test func anExportFillsAnEmptyCacheWithTheSame() throws {
        try cache.store(Samples.measurement(1), at: Samples.commit(1), recipe: recipe, state: Samples.state("d"))
        try cache.store(
            Samples.failure(.build, of: Samples.otherTarget), at: Samples.commit(2), recipe: recipe, state: nil)
        let written = try records(of: cache)
        let other = try MeasurementCache(path: nil)
        for record in RecordReader(RecordWriter.text(of: written)).records { _ = try other.add(record) }
        #expect(written.count == 2)
        #expect(try records(of: other) == written)
    }

    @Test func aSoundCacheHasNoProblemsAndADamagedOneHas() throws {
        try cache.store(Samples.measurement(1), at: Samples.commit(1), recipe: recipe, state: nil)
        _ = try cache.add(record(2))
        #expect(try cache.problems().isEmpty)
        try DatabaseQueue(path: scratch.cache).write { database in
            try database.execute(sql: "UPDATE measurement SET rounds = 0, reason = 'failed' WHERE id = 1")
            try database.execute(sql: "UPDATE measurement SET reason = 'odd' WHERE id = 2")
            try database.execute(sql: "INSERT INTO recipe (text) VALUES ('nonsense')")
        }
        let problems = try cache.problems().joined(separator: "\n")
        #expect(problems.contains("values of a round"))
        #expect(problems.contains("“odd” is unknown"))
        #expect(problems.contains("the recipe nonsense cannot be read"))
    }

    @Test func whatIsRemovedIsGoneAndNothingElse() throws {
        for number in 1...3 {
            try cache.store(Samples.measurement(1), at: Samples.commit(number), recipe: recipe, state: nil)
        }
        try DatabaseQueue(path: scratch.cache).write { database in
            try database.execute(
                sql: #"UPDATE measurement SET measured = '2020-01-01T00:00:00Z' WHERE "commit" = ?"#,
                arguments: [Samples.commit(2)])
        }
        #expect(try cache.count(olderThanDays: 30) == 1)
        try cache.remove(commits: [Samples.commit(1)], olderThanDays: 30)
        #expect(try cache.measuredCommits() == [Samples.commit(3): 1])
        #expect(try cache.statistics().values == 2)
        #expect(try cache.problems().isEmpty)
    }
}
