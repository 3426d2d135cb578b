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
        let open = found.output.split(separator: "\n").first { $0.contains("open: allocbisect pprof ") }
        let words = try #require(open?.split(separator: "open: allocbisect ").last).split(separator: " ").map(
            String.init)
        let opened = try await Program.run(words + ["-o", "list=Work$", "-q"], in: history.path)
        #expect(opened.output == listed.output, "\(words): \(opened.errors)")
        // And as the one that its document has, from anywhere.
        let again = try await Program.shell(try await command(history, "main~2..main", go, "-list 'Work$'"), in: "/")
        #expect(again.output == listed.output, "\(again.errors)")
    }

    /// The command that a search's document has for the first culprit, with other words instead of `go tool pprof`.
    private func command(
        _ history: GoHistory, _ range: String, _ go: String, _ options: String, in path: String? = nil
    ) async throws -> String {
        let document = try await Program.run(
            [range, "-j", "1", "-m", "allocs/op", "--go", go, "--format", "json"], in: path ?? history.path
        ).json()
        let series = try #require((document["series"] as? [[String: Any]])?.first)
        let culprit = try #require((series["culprits"] as? [[String: Any]])?.first)
        let profiles = (culprit["explanation"] as? [String: Any])?["profiles"] as? [String: Any]
        let command = try #require(profiles?["command"] as? String)
        return command.replacing("go tool pprof ", with: "'\(go)' tool pprof \(options) ")
    }

    @Test("Finds the lines where a folder's name has a colon, at which pprof would split it")
    func colon() async throws {
        let history = try history()
        let go = try #require(GoCommands.all.last)
        let path = history.folder.path + "/a:b c"
        try FileManager.default.moveItem(atPath: history.path, toPath: path)
        func listing(_ arguments: [String], in folder: String) async throws -> String? {
            let listed = try await Program.run(
                ["pprof", "main~1", "-o", "list=Work$", "-q", "-m", "allocs/op", "--go", go] + arguments, in: folder)
            return listed.output.split(separator: "\n").first { $0.contains("sink = append(sink, new([64]byte))") }
                .map(String.init)
        }
        let inside = try await listing([], in: path)
        #expect(inside?.contains(" 9:") == true)
        #expect(try await listing(["-C", path], in: "/") == inside)
        let command = try await command(history, "main~2..main", go, "-list 'Work$'", in: path)
        let again = try await Program.shell(command, in: "/")
        #expect(again.output.contains("sink = append(sink, new([64]byte))"), "\(command): \(again.errors)")
        // What pprof writes is where the user is, and not where the profiles are.
        let written = try await Program.run(
            ["pprof", "main~1", "-o", "top", "-o", "output=top.txt", "-m", "allocs/op", "--go", go], in: path)
        #expect(written.status == 0 && FileManager.default.fileExists(atPath: path + "/top.txt"))
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
        // As they are printed.
        for series in [
            "BenchmarkOther allocs/op", "example.com/m BenchmarkOther", "example.com/m BenchmarkOther allocs/op",
        ] {
            let named = try await Program.run(["pprof", "HEAD", series, "-o", "top"], in: history.path)
            #expect(named.status == 0 && named.output.contains("example.com/m.BenchmarkOther"), "\(named.errors)")
        }
    }
}
