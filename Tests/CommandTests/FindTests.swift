import Foundation
import Git
import TestSupport
import Testing

@Suite("allocbisect good..bad", .tags(.go), .serialized)
struct FindTests {
    private func history() throws -> GoHistory {
        let history = try GoHistory()
        try history.commit("0", ["m.go": GoSource.work(allocations: 1), "m_test.go": GoSource.benchmark])
        try history.commit("1", ["README.md": "1"])
        try history.commit("grow \u{1b}[31mred\u{7}", ["m.go": GoSource.work(allocations: 3)])
        try history.commit("3", ["README.md": "3"])
        return history
    }

    @Test("prints one JSON document with everything in it", arguments: GoCommands.all)
    func json(go: String) async throws {
        let history = try history()
        let outcome = try await Program.run(["main~3..main", "--format", "json", "--go", go], in: history.path)
        #expect(outcome.status == 0)
        let document = try outcome.json()
        #expect(document["schemaVersion"] as? Int == 1)
        #expect(document["command"] as? String == "find")
        let range = try #require(document["range"] as? [String: Any])
        #expect(range["good"] as? String == (try history.id("0").description))
        #expect(range["candidates"] as? Int == 3)
        #expect(range["interesting"] as? Int == 1)
        #expect(range["mergeBase"] == nil)
        let all = try #require(document["series"] as? [[String: Any]])
        let metrics = all.compactMap { $0["metric"] as? String }
        #expect(Set(metrics) == ["allocs/op", "goroutines/op", "retained-objects/op"])
        let found = try #require(all.first)
        #expect(found["metric"] as? String == "allocs/op")
        #expect(found["outcome"] as? String == "found")
        #expect(found["package"] as? String == "example.com/m")
        #expect(found["threshold"] as? String == "+5%")
        let culprit = try #require((found["culprits"] as? [[String: Any]])?.first)
        #expect(culprit["commit"] as? String == (try history.id("grow \u{1b}[31mred\u{7}").description))
        #expect(culprit["confirmed"] as? Bool == true)
        #expect(culprit["date"] as? String == "2023-11-14T23:15:20+01:00")
        #expect(culprit["author"] as? String == "A U Thor")
        let commits = try #require(document["commits"] as? [String: Any])
        // Both ends, and the culprit and its parent, each where it is.
        #expect(commits["measured"] as? Int == 4)
        #expect((commits["skipped"] as? [Any])?.isEmpty == true)
    }

    @Test("prints text for people, in which nothing from the repository steers the terminal")
    func text() async throws {
        let history = try history()
        let outcome = try await Program.run(["main~3..main"], in: history.path)
        #expect(outcome.status == 0)
        #expect(!outcome.output.contains("\u{1b}") && !outcome.output.contains("\u{7}"))
        #expect(outcome.output.contains("grow \\u{1b}[31mred\\u{7}"))
        #expect(outcome.output.contains("culprit \(try history.id("grow \u{1b}[31mred\u{7}"))"))
        #expect(outcome.output.contains("→"))
        #expect(outcome.errors.contains("measuring"))
    }

    @Test("says with its status what came out")
    func statuses() async throws {
        let history = try history()
        #expect(try await Program.run(["main~1..main"], in: history.path).status == 3)
        let missing = try await Program.run(["main~1..main", "--only", "BenchmarkNone"], in: history.path)
        #expect(missing.status == 2)
        try history.commit("broken", ["m.go": "package m\n\nfunc broken( {\n"])
        #expect(try await Program.run(["main~1..main"], in: history.path).status == 4)
    }

    @Test("does not call a benchmark new that was there before there was a go.mod")
    func beforeModules() async throws {
        let history = try GoHistory()
        try history.commit(
            "0", ["go.mod": nil, "m.go": GoSource.work(allocations: 1), "m_test.go": GoSource.benchmark])
        try history.commit(
            "1", ["go.mod": "module example.com/m\n\ngo 1.19\n", "m.go": GoSource.work(allocations: 3)])
        let words = ["main~1..main", "-m", "allocs/op", "--format", "json"]
        let unknown = try await Program.run(words, in: history.path)
        #expect(unknown.status == 4)
        #expect(unknown.output.contains("missing-at-good") && unknown.output.contains("go mod init MODULE"))
        let prepared = try await Program.run(
            words + ["--before-build", "[ -f go.mod ] || go mod init example.com/m"], in: history.path)
        #expect(try prepared.culprits(of: "BenchmarkWork") == ["\(try history.id("1"))"])
        try history.commit("2", ["go.mod": nil])
        let lost = try await Program.run(["main~1..main", "-m", "allocs/op"], in: history.path)
        #expect(lost.status == 4)
        #expect(lost.output.contains("no value at the bad end: no go.mod at or above the package; write one with"))
    }

    @Test("says what gets hold of a module that an end needs")
    func missingDependency() async throws {
        let history = try GoHistory()
        let module = "module example.com/m\n\ngo 1.19\n"
        let source = GoSource.work(allocations: 1)
        try history.commit(
            "0",
            [
                "go.mod": module + "\nrequire example.com/none v1.0.0\n", "m_test.go": GoSource.benchmark,
                "m.go": source.replacing("package m\n", with: "package m\n\nimport _ \"example.com/none\"\n"),
            ])
        try history.commit("1", ["go.mod": module, "m.go": source])
        let outcome = try await Program.run(
            ["main~1..main", "-m", "allocs/op"], in: history.path,
            environment: Program.environment.merging(["GOPROXY": "off", "GOFLAGS": "-mod=mod"]) { $1 })
        #expect(outcome.status == 4)
        #expect(
            outcome.output.contains("; get it with 'go mod download' in a checkout of that commit, or use an absolute"))
    }

    @Test("ends quietly when nobody reads its output")
    func closedPipe() async throws {
        let history = try history()
        let line =
            "{ allocbisect main~3..main --format json 2>../err.txt; echo $? >../status.txt; } | true; "
            + "cat ../status.txt; grep -E 'allocbisect:|rror' ../err.txt"
        let outcome = try await Program.shell(line, in: history.path)
        // Its own status, and no word about the pipe.
        #expect(outcome.output == "2\n", "\(outcome.output)")
    }

    @Test("record measures one commit with the recipe of a search")
    func record() async throws {
        let history = try history()
        let text = try await Program.run(["record", "main"], in: history.path)
        #expect(text.status == 0)
        #expect(text.output.contains("BenchmarkWork"))
        #expect(text.output.contains("allocs/op"))
        let json = try await Program.run(["record", "main~3", "--format", "json"], in: history.path).json()
        let result = try #require((json["results"] as? [[String: Any]])?.first)
        let values = try #require(result["values"] as? [String: Double])
        #expect(values["allocs/op"].map { ($0 - 1).magnitude < 0.1 } == true)
        // Both ends, and the culprit and its parent, which are confirmed where they are.
        for end in ["main", "main~1", "main~2", "main~3"] {
            let again = try await Program.run(["record", end, "--count", "3"], in: history.path)
            #expect(again.status == 0)
        }
        let search = try await Program.run(["main~3..main", "--format", "json"], in: history.path).json()
        let commits = try #require(search["commits"] as? [String: Any])
        #expect(commits["measured"] as? Int == 0)
        #expect(commits["reused"] as? Int == 4)
    }

    @Test("doctor finds everything in place")
    func doctor() async throws {
        let history = try history()
        let outcome = try await Program.run(["doctor", "--format", "json"], in: history.path)
        #expect(outcome.status == 0)
        let findings = try #require(try outcome.json()["findings"] as? [[String: String]])
        #expect(
            findings.map { $0["subject"] } == [
                "libgit2", "repository", "sandbox", "Go", "probe", "valgrind", "cache", "leftovers",
            ])
        #expect(findings.allSatisfy { $0["state"] == "well" })
    }
}
