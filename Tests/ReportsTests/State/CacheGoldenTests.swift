import Git
import Testing

@testable import Exchange
@testable import Reports

@Suite("What is reported of the cache is what its golden files say")
struct CacheGoldenTests {
    private static let path = "/repo/.git/allocbisect/cache.sqlite"
    private static let remote = "https://ada:secret@example.com/demo.git"
    private typealias Counts = ResultsCache.Statistics

    private static let counts: [GoldenValue<Counts>] = [
        .init("usual") {
            count([("go: 1.26\ncpu: 4\n", nil, 12), ("go: 1.25\ncpu: 1\n", "linux/amd64 build-1", 3)])
        },
        .init("empty") {
            Counts(
                measurements: 0, failures: 0, imported: 0, values: 0, commits: 0, oldest: nil, newest: nil, recipes: [])
        },
        .init("hostile") {
            count([(Given.hostile("recipe"), Given.hostile("machine"), 1)], time: Given.hostile("time"))
        },
    ]
    private static let forms: [GoldenForm<Counts>] = [
        .init("txt") { CacheText.text(of: $0, path: Given.hostile(path), size: 3 << 20) },
        .init("json") { try CacheJSON.text(path: Given.hostile(path), size: 3 << 20, statistics: $0) },
    ]

    private static func count(
        _ recipes: [(text: String, machine: String?, measurements: Int)], time: String = "2026-01-31T12:00:00Z"
    ) -> Counts {
        Counts(
            measurements: 15, failures: 2, imported: 3, values: 420, commits: 9, oldest: time, newest: time,
            recipes: recipes)
    }

    @Test("with its numbers in every form", arguments: counts, forms)
    private func statistics(value: GoldenValue<Counts>, form: GoldenForm<Counts>) throws {
        try form.expect(value, of: "cache-stats")
    }

    @Test("with what is wrong with it", arguments: [0, 1, 2])
    func problems(count: Int) throws {
        let problems = Array(["row 3 names no commit", Given.hostile("row")].prefix(count))
        let name = "cache-problems-\(count)"
        try expectGolden(CacheText.text(ofProblems: problems, path: Self.path), "\(name).txt")
        try expectGolden(CacheJSON.text(path: Self.path, size: 900, problems: problems), "\(name).json")
    }

    @Test("with what is removed from it", arguments: [0, 1, 2])
    func pruning(count: Int) throws {
        let commits = [Given.id(3).description, Given.hostile("commit")]
        let pruning = ResultsCache.Pruning(
            gone: commits.prefix(count).map { ($0, count) }, old: count == 0 ? nil : count, senseless: count,
            removed: 3 * count, left: count, bytes: 5000 * count)
        try expectGolden(
            [false, true].map { CacheText.text(of: pruning, isRehearsal: $0) }.joined(), "cache-prune-\(count).txt")
        try expectGolden(CacheJSON.text(of: pruning), "cache-prune-\(count).json")
    }

    @Test("with what is forgotten")
    func forgotten() throws {
        try expectGolden((0...2).map { CacheText.text(ofForgotten: $0) }.joined(), "cache-forget.txt")
        try expectGolden(CacheJSON.text(ofForgotten: 2), "cache-forget.json")
    }

    @Test("with what is imported")
    func imported() throws {
        try expectGolden(Self.imports.map(CacheText.text).joined(), "cache-import.txt")
        try expectGolden(Self.imports.map(CacheJSON.text).joined(), "cache-import.json")
    }

    @Test("with its path alone")
    func path() throws {
        try expectGolden(CacheJSON.text(path: Given.hostile(Self.path), size: nil), "cache-path.json")
    }

    @Test("with what is shared, and no password")
    func sharing() throws {
        let pushes = [(0, false), (7, false), (7, true)].map {
            Sharing.Pushed(measurements: $0, attempts: 1, isNew: $1)
        }
        let pulls =
            Self.imports.map { Sharing.Pulled(notes: 4, elsewhere: $0.known, imported: $0) }
            + [Sharing.Pulled(isEmpty: true)]
        let statuses = [(0, 0), (2, 0), (0, 3), (2, 3)].map {
            Sharing.Status(remote: Given.hostile(Self.remote), notes: 4, remoteNotes: 5, toPush: $0, toPull: $1)
        }
        let remotes = ["origin", Given.hostile(Self.remote)]
        let texts = remotes.flatMap { remote in
            pushes.map { ShareText.text(of: $0, remote: remote) }
                + pulls.map { ShareText.text(of: $0, remote: remote) }
                + statuses.map { ShareText.text(of: $0, remote: remote) }
        }
        let documents = try pushes.map(ShareJSON.text) + pulls.map(ShareJSON.text) + statuses.map(ShareJSON.text)
        #expect(!(texts + documents).joined().contains("secret"))
        try expectGolden(texts.joined(), "share.txt")
        try expectGolden(documents.joined(), "share.json")
    }

    /// Imports of nothing, of something, and of what is hostile.
    private static var imports: [ResultsCache.Imported] {
        var (usual, hostile) = (ResultsCache.Imported(), ResultsCache.Imported())
        (usual.added, usual.machines) = (1, ["linux/amd64 build-2", "linux/amd64 build-1"])
        (hostile.added, hostile.known, hostile.passing) = (2, 3, 4)
        hostile.machines = [Given.hostile("machine")]
        hostile.problems = [Given.hostile("problem")]
        return [ResultsCache.Imported(), usual, hostile]
    }
}
