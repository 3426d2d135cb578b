import TestSupport
import Testing

@Suite("What the committed policy lets the recorder tell", .tags(.go), .serialized)
struct HookPolicyTests {
    /// Records `main` as merged on top of a revision.
    private func record(_ repository: HookedRepository, since before: String) async throws {
        let file = "\(try await repository.id("main")).\(try await repository.id(before)).post-merge"
        let line = "mkdir -p .git/allocbisect/queue && touch .git/allocbisect/queue/\(file)"
        #expect(try await repository.shell(line).status == 0)
        #expect(try await repository.hook("run").status == 0)
        #expect(try await repository.result(of: "main") == "recorded")
    }

    /// The lines that were reported.
    private func lines(_ repository: HookedRepository) async throws -> [String] {
        let told = try await repository.shell("cat .git/allocbisect/alerts 2>/dev/null").output
        return told.split(separator: "\n").map(String.init)
    }

    private func grow(_ repository: HookedRepository, _ subject: String, _ allocations: Int) async throws {
        try await repository.commit(subject, ["m.go": GoSource.work(allocations: allocations)])
    }

    /// Commits a policy that accepts a revision's step.
    private func accept(_ repository: HookedRepository, _ revision: String, _ benchmark: String = "Work") async throws {
        let entry = "{commit: \(try await repository.id(revision)), benchmark: \(benchmark), reason: wanted}"
        try await repository.commit("accept", [".allocbisect.yml": "metrics: [allocs/op]\naccept: [\(entry)]"])
    }

    @Test("An accepted step is not told, and a further one is, against the accepted value")
    func acceptance() async throws {
        let repository = try await HookedRepository()
        try await grow(repository, "wanted", 3)
        try await accept(repository, "main")
        try await record(repository, since: "main~2")
        #expect(try await lines(repository).isEmpty)
        try await grow(repository, "unwanted", 5)
        try await record(repository, since: "main~1")
        let told = try await lines(repository)
        #expect(
            told.count == 1 && told[0].contains("(unwanted) took example.com/m BenchmarkWork from 3 to 5 allocs/op"))
    }

    @Test("Tests that the policy names are recorded instead of benchmarks")
    func tests() async throws {
        let repository = try await HookedRepository()
        let test = "package m\n\nimport \"testing\"\n\nfunc TestWork(t *testing.T) { Work() }\n"
        try await repository.commit(
            "test", ["m_test.go": test, ".allocbisect.yml": "functions: [tests]\nmetrics: [allocs/op]\n"])
        try await grow(repository, "unwanted", 300)
        try await record(repository, since: "main~1")
        let told = try await lines(repository)
        #expect(told.count == 1 && told[0].contains("(unwanted) took example.com/m TestWork from"), "\(told)")
    }

    @Test("What came with an accepted step is reported, on either side of it")
    func around() async throws {
        let repository = try await HookedRepository()
        try await grow(repository, "wanted", 3)
        try await grow(repository, "unwanted", 5)
        try await accept(repository, "main~1")
        try await record(repository, since: "main~3")
        let told = try await lines(repository)
        #expect(told.count == 1 && told[0].contains("(unwanted)") && told[0].contains("from 3 to 5"))

        let other = try await HookedRepository()
        try await grow(other, "wanted", 3)
        try await accept(other, "main", "Other")
        try await record(other, since: "main~2")
        #expect(try await lines(other).map { $0.contains("(wanted)") } == [true])
    }

    @Test("A step that was accepted on a branch is not told of the merge that brings it")
    func merged() async throws {
        let repository = try await HookedRepository()
        try await repository.git("checkout -q -b side")
        try await grow(repository, "wanted", 3)
        try await accept(repository, "side")
        try await repository.git("checkout -q main")
        try await repository.commit("note", ["README": "note\n"])
        try await repository.git("checkout -q -b before && git checkout -q main")
        try await repository.git("-c core.hooksPath=/dev/null merge -q -m merged side")
        try await record(repository, since: "before")
        #expect(try await lines(repository).isEmpty)
    }

    @Test("What is only warned of is reported as a warning, and a regression first")
    func severities() async throws {
        let policies = [
            ("metrics: [allocs/op]\nseverity: warn", "allocbisect: warning: ", "allocs/op"),
            (
                "metrics: [allocs/op, B/op]\nthresholds: [{metric: allocs/op, severity: warn}]", "allocbisect: ",
                "B/op, and 1 more"
            ),
            ("metrics: [allocs/op]\nseverity: warn\nthresholds: [{severity: fail}]", "allocbisect: ", "allocs/op"),
        ]
        for (policy, start, series) in policies {
            let repository = try await HookedRepository()
            try await repository.commit("policy", [".allocbisect.yml": policy])
            try await grow(repository, "grow", 3)
            try await record(repository, since: "main~1")
            let (told, commit) = (try await lines(repository), try await repository.id("main"))
            #expect(told.count == 1 && told[0].hasPrefix(start + commit.prefix(10)) && told[0].contains(series))
            let alert = try #require(try await repository.status()["lastAlert"] as? [String: Any])
            #expect(alert["text"] as? String == told.first)
            let severities = (alert["series"] as? [[String: Any]])?.map { $0["severity"] as? String }
            #expect(
                severities
                    == (start.contains("warning") ? ["warn"] : series == "allocs/op" ? ["fail"] : ["fail", "warn"]))
        }
    }

    @Test("Entries that no longer count are noted in the log")
    func noted() async throws {
        let repository = try await HookedRepository()
        let policy = """
            metrics: [allocs/op]
            ignore: [{benchmark: Work, reason: old, until: 1999-12-31}]
            accept: [{commit: 0123456789, benchmark: Work, reason: gone}]
            """
        try await repository.commit("policy", [".allocbisect.yml": policy])
        try await grow(repository, "grow", 3)
        try await record(repository, since: "main~1")
        #expect(try await lines(repository).count == 1)
        let log = try await repository.shell("cat .git/allocbisect/hook.log").output
        #expect(log.contains(":.allocbisect.yml:2: the ignore entry"), "\(log)")
        #expect(log.contains(":.allocbisect.yml:3: the accepted commit"), "\(log)")
    }
}
