import Foundation
import Git
import Measuring
import Reports
import TestSupport
import Testing

@Suite("Interruptions", .tags(.go), .serialized)
struct InterruptionTests {
    private func history() throws -> GoHistory {
        let history = try GoHistory()
        try history.commit("0", ["m.go": GoSource.work(allocations: 1), "m_test.go": GoSource.benchmark])
        for number in 1...12 {
            try history.commit("\(number)", ["m.go": GoSource.work(allocations: number < 8 ? 1 : 3) + "// \(number)\n"])
        }
        return history
    }

    /// A repository of which nothing of ours is left but the cache and idle worktrees.
    private func expectClean(_ history: GoHistory) async throws {
        let refs = try await Program.shell("git for-each-ref", in: history.path).output
        #expect(refs.split(separator: "\n").count == 1)
        let worktrees = try await Program.shell("git worktree list", in: history.path)
        #expect(worktrees.status == 0 && !worktrees.output.contains("prunable"))
        #expect(try await Program.shell("git fsck --no-dangling", in: history.path).status == 0)
        let doctor = try await Program.run(["doctor", "--format", "json"], in: history.path)
        #expect(!doctor.output.contains("\"odd\""))
        let processes = try await Program.shell("ls -l /proc/[0-9]*/cwd 2>/dev/null", in: "/").output
        #expect(!processes.contains(history.path))
    }

    @Test("A signal ends everything, and its status tells which it was", arguments: [SIGINT, SIGTERM])
    func signals(number: Int32) async throws {
        let history = try history()
        // A benchmark that would run forever.
        try history.commit("slow", ["m_test.go": GoSource.benchmark(calling: "for {\n\t\t}")])
        let path = history.path
        let outcome = try await Program.run(
            ["main~1..main", "-j", "2"], in: path,
            interruption: (number, { _ in try await Program.measurements(in: path) == 1 }))
        #expect(outcome.status == 128 + number)
        try await expectClean(history)
    }

    @Test("Interrupted while it explains, it tells what it has found")
    func explaining() async throws {
        let history = try history()
        let lines = history.commits.compactMap { Event.explaining(commit: $1).line }
        let stopped = try await Program.run(
            ["main~12..main", "-m", "allocs/op"], in: history.path,
            interruption: (SIGINT, { errors in lines.contains { errors.contains($0) } }))
        #expect(stopped.status == 130)
        #expect(stopped.output.contains(try history.id("8").short), "\(stopped.output)")
        #expect(stopped.output.contains("interrupted before everything was explained"), "\(stopped.output)")
        try await expectClean(history)
    }

    @Test("Interrupted at the ends, it tells what is known of them")
    func ends() async throws {
        let history = try GoHistory()
        // Of two packages the second one would run forever.
        let endless = GoSource.benchmark("BenchmarkEndless", calling: "for {\n\t\t}")
        let work = GoSource.benchmark(calling: "Work()\n\t\tb.ReportMetric(7, \"hits\")")
        let files = ["a/m_test.go": work, "b/m_test.go": endless, "b/m.go": "package m\n"]
        try history.commit("0", files.merging(["a/m.go": GoSource.work(allocations: 1)]) { $1 })
        try history.commit(
            "1", ["a/m.go": GoSource.work(allocations: 3), "b/m.go": "package m\n\nconst More = true\n"])
        let path = history.path
        let stopped = try await Program.run(
            ["main~1..main", "-m", "allocs/op", "-m", "hits", "-j", "2"], in: path,
            interruption: (SIGINT, { _ in try await Program.measurements(in: path) == 2 }))
        #expect(stopped.status == 130)
        // More repeats have to decide about a unit of its own.
        #expect(!stopped.errors.contains("hits"), "\(stopped.errors)")
        #expect(stopped.errors.contains("1 of 2 benchmark functions were known at both ends"), "\(stopped.errors)")
        let worse = "example.com/m/a BenchmarkWork: 1 → 3 allocs/op\nRun the same command again"
        #expect(stopped.errors.contains(worse), "\(stopped.errors)")
        try await expectClean(history)
    }

    @Test("An interrupted demo names the command that goes on in its repository")
    func demo() async throws {
        let history = try history()
        let path = history.folder.path + "/demo"
        let stopped = try await Program.run(
            ["demo", "--directory", path], in: history.folder.path,
            interruption: (SIGINT, { $0.contains("measuring ") }))
        #expect(stopped.status == 130)
        let command = try #require(stopped.errors.split(separator: "o continue, run: ").last).split(separator: "\n")
        #expect(command.count == 1 && command[0].hasPrefix("cd \(path) && /"), "\(stopped.errors)")
        let asked = String(command[0]).replacing("allocbisect ", with: "allocbisect plan ")
        let plan = try await Program.shell(asked, in: "/")
        #expect(plan.status == 0, "\(plan.errors)")
    }

    @Test("Killed at any moment, the same command continues from what it has")
    func kills() async throws {
        let history = try history()
        let arguments = ["main~12..main", "-m", "allocs/op", "--format", "json"]
        for lines in 1...6 {
            _ = try await Program.run(
                arguments, in: history.path, interruption: (SIGKILL, { $0.count(where: \.isNewline) >= lines }))
        }
        let outcome = try await Program.run(arguments, in: history.path)
        #expect(outcome.status == 0)
        let series = try #require(try outcome.json()["series"] as? [[String: Any]])
        let culprits = series.flatMap { $0["culprits"] as? [[String: Any]] ?? [] }
        #expect(culprits.map { $0["commit"] as? String } == [try history.id("8").description])
        try await expectClean(history)
    }

    @Test("Two programs at once agree, and measure no commit twice")
    func together() async throws {
        let history = try history()
        let arguments = ["main~12..main", "-m", "allocs/op", "--format", "json", "-j", "1"]
        let path = history.path
        async let first = Program.run(arguments, in: path)
        let outcomes = [try await Program.run(arguments, in: path), try await first]
        var measured = 0
        for outcome in outcomes {
            let document = try outcome.json()
            let series = try #require((document["series"] as? [[String: Any]])?.first)
            let culprit = try #require((series["culprits"] as? [[String: Any]])?.first)
            #expect(culprit["commit"] as? String == (try history.id("8").description))
            measured += (document["commits"] as? [String: Any])?["measured"] as? Int ?? 0
        }
        let alone = try await Program.run(arguments + ["--no-cache"], in: path).json()
        let needed = (alone["commits"] as? [String: Any])?["measured"] as? Int ?? 0
        // The second rounds that confirm may fall to either of them.
        #expect(measured <= needed + 2)
    }
}
