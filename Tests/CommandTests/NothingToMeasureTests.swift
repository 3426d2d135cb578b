import TestSupport
import Testing

/// A choice without benchmarks, and what is said of it: the cause, and what to write instead.
@Suite("A choice without benchmarks", .tags(.go))
struct NothingToMeasureTests {
    /// A module that is not at the root, with a benchmark of two parts, which grows.
    private static func history() throws -> GoHistory {
        let feed = """

            func BenchmarkFeed(b *testing.B) {
            \tb.Run("small", BenchmarkWork)
            \tb.Run("large", BenchmarkWork)
            }

            """
        let history = try GoHistory()
        try history.commit(
            "0",
            [
                "go.mod": nil, "mod/go.mod": "module x.com/m\n\ngo 1.19\n", "docs/docs.txt": "none\n",
                "mod/m.go": GoSource.work(allocations: 1), "mod/m_test.go": GoSource.benchmark + feed,
            ])
        try history.commit("1", ["mod/m.go": GoSource.work(allocations: 3)])
        return history
    }

    @Test("A mistyped sub-benchmark is one error that names those that there are, in every command")
    func parts() async throws {
        let history = try Self.history()
        for command in [
            ["main~1..main"], ["check", "main~1..main"], ["compare", "main~1", "main"], ["explain", "main"],
            ["record", "main"], ["history", "main~1..main"],
        ] {
            let refused = try await Program.run(command + ["-b", "Feed/samll"], in: history.path)
            #expect(refused.status == 2, "\(command): \(refused.output)")
            let words = ["No sub-benchmark of BenchmarkFeed matches 'samll'", "Did you mean Feed/small?"]
            #expect(words.allSatisfy(refused.errors.contains), "\(command): \(refused.errors)")
        }
        let exact = try await Program.run(["main~1..main", "--only", "BenchmarkFeed/samll"], in: history.path)
        #expect(exact.status == 2 && exact.errors.contains("Did you mean BenchmarkFeed/small?"), "\(exact.errors)")
        let found = try await Program.run(["main~1..main", "-b", "Feed/small"], in: history.path)
        #expect(found.status == 0, "\(found.errors)")
    }

    @Test("A package of a module below is found by its import path and by its absolute path")
    func modules() async throws {
        let history = try Self.history()
        for package in ["x.com/m", "x.com/...", "\(history.path)/mod", "\(history.path)/..."] {
            let found = try await Program.run(["main~1..main", "-b", "Work", "-p", package], in: history.path)
            #expect(found.status == 0, "\(package): \(found.errors)")
        }
    }

    @Test(
        "Each cause is named with what to write instead",
        arguments: [
            (["-p", "."], 2, ["no go.mod at or above the repository's root; name a module: -p ./mod/..."]),
            (["-p", "./docs"], 2, ["no go.mod at or above docs; name a module: -p ./mod/..."]),
            (["-p", "x.com/none"], 2, ["has the import path 'x.com/none'", "Name a package that has one: -p ./mod."]),
            (["-b", "^Feed$"], 2, ["Did you mean ^BenchmarkFeed$?"]),
            (["-p", ""], 64, ["-p needs a package"]), (["-p", "/elsewhere/x"], 64, ["is outside of the repository"]),
        ] as [([String], Int32, [String])])
    func causes(words: [String], status: Int32, expected: [String]) async throws {
        let history = try Self.history()
        let refused = try await Program.run(["main~1..main"] + words, in: history.path)
        #expect(refused.status == status, "\(refused.output)")
        #expect(expected.allSatisfy(refused.errors.contains), "\(refused.errors)")
    }
}
