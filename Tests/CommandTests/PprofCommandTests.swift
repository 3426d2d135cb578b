import Foundation
import TestSupport
import Testing

@Suite("allocbisect pprof", .tags(.go))
struct PprofCommandTests {
    /// Three commits: as it was, one that allocates more, and one that moves the lines; in the work tree they are moved again.
    private func history() throws -> GoHistory {
        let history = try GoHistory()
        try history.commit("0", ["m.go": GoSource.work(allocations: 1), "m_test.go": GoSource.benchmark])
        try history.commit("1", ["m.go": GoSource.work(allocations: 3)])
        try history.commit("2", ["m.go": "// Moved.\n\n" + GoSource.work(allocations: 3)])
        try history.checkout()
        try Data("package m\n".utf8).write(to: URL(filePath: history.path + "/m.go"))
        return history
    }

    @Test("Shows the lines of the commits, whatever the slots and the work tree hold", arguments: GoCommands.all)
    func sources(go: String) async throws {
        let history = try history()
        let arguments = ["-m", "allocs/op", "--go", go]
        let found = try await Program.run(["main~2..main", "-j", "1"] + arguments, in: history.path)
        #expect(found.status == 0)
        // Another commit is in the slot now.
        #expect(
            try await Program.run(["record", "main", "--no-cache", "-j", "1", "--go", go], in: history.path).status == 0
        )
        let listed = try await Program.run(
            ["pprof", "main~1", "BenchmarkWork", "-o", "list=Work$", "-q"] + arguments, in: history.path)
        #expect(listed.status == 0, "\(listed.errors)")
        let line = listed.output.split(separator: "\n").first { $0.contains("sink = append(sink, new([64]byte))") }
        #expect(line?.contains(" 9:") == true, "\(listed.output)")
        #expect(listed.output.contains(" in m.go"), "\(listed.output)")
        // As the command that an explanation ends with.
        let open = found.output.split(separator: "\n").first { $0.contains("open: go tool pprof ") }
        let command = try #require(open?.split(separator: "open: go tool pprof ").last)
        let again = try await Program.shell("'\(go)' tool pprof -list 'Work$' \(command)", in: "/")
        #expect(again.output == listed.output)
    }

    @Test("Profiles that are gone are made again")
    func again() async throws {
        let history = try history()
        let arguments = ["pprof", "main~1", "-o", "top", "-m", "allocs/op"]
        let first = try await Program.run(arguments, in: history.path)
        #expect(first.status == 0 && first.output.contains("example.com/m.Work"), "\(first.errors)")
        #expect(try await Program.shell("rm -r .git/allocbisect/profiles", in: history.path).status == 0)
        let second = try await Program.run(arguments, in: history.path)
        #expect(second.status == 0 && second.output.contains("example.com/m.Work"), "\(second.errors)")
        #expect(try await Program.run(["pprof", "main", "-o", "top"], in: history.path).status == 3)
    }

    @Test("Of several benchmarks that differ, one must be named")
    func several() async throws {
        let history = try GoHistory()
        let benchmarks =
            GoSource.benchmark
            + GoSource.benchmark("BenchmarkOther", calling: "Work()").replacing(
                /package m\n\nimport "testing"\n/, with: "")
        try history.commit("0", ["m.go": GoSource.work(allocations: 1), "m_test.go": benchmarks])
        try history.commit("1", ["m.go": GoSource.work(allocations: 3)])
        let all = try await Program.run(["pprof", "-o", "top"], in: history.path)
        #expect(all.status == 64)
        #expect(all.errors.contains("example.com/m BenchmarkOther\n  example.com/m BenchmarkWork"), "\(all.errors)")
        let one = try await Program.run(["pprof", "HEAD", "BenchmarkOther", "-o", "top"], in: history.path)
        #expect(one.status == 0 && one.output.contains("example.com/m.BenchmarkOther"), "\(one.errors)")
    }
}
