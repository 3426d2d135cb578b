import Foundation
import Git
import TestSupport
import Testing

@Suite("What allocbisect good..bad starts of Go", .tags(.go), .serialized)
struct FindBuildTests {
    @Test("builds no commit twice", arguments: GoCommands.all)
    func oneBuild(go: String) async throws {
        let history = try GoHistory()
        for number in 0...20 {
            let source = GoSource.work(allocations: number < 9 ? 1 : 4) + "// \(number)\n"
            try history.commit("\(number)", ["m.go": source, "m_test.go": GoSource.benchmark])
        }
        let (tool, links) = ("\(history.folder.path)/tool", "\(history.folder.path)/links")
        let text = """
            #!/bin/sh
            case $1$2 in *-V=full) ;; */link*) echo link >> \(links) ;; esac
            exec "$@"
            """
        try Data(text.utf8).write(to: URL(filePath: tool))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: tool)
        // Enough commits for profiles of both ends, and again, since it is chance which of the two slots an end is in.
        var measured = 0
        for _ in 1...4 {
            let outcome = try await Program.run(
                [
                    "main~20..main", "-m", "allocs/op", "-j", "2", "--no-cache", "--sandbox", "off", "--format", "json",
                    "--no-explain", "--go", go,
                ], in: history.path, environment: Program.environment.merging(["GOFLAGS": "-toolexec=\(tool)"]) { $1 })
            #expect(try outcome.culprits(of: "BenchmarkWork") == ["\(history.id("9"))"])
            let commits = try #require(try outcome.json()["commits"] as? [String: Any])
            measured += try #require(commits["measured"] as? Int)
        }
        let lines = try String(contentsOfFile: links, encoding: .utf8).split(separator: "\n")
        #expect(lines.count == measured)
    }

    @Test("asks Go what it reads only where that can be something else", arguments: GoCommands.all)
    func listings(go: String) async throws {
        let history = try GoHistory()
        let (tool, asked) = ("\(history.folder.path)/go", "\(history.folder.path)/asked")
        let text = """
            #!/bin/sh
            case "$*" in 'list -e '*' -deps -test '*) echo list >> \(asked) ;; esac
            [ "$1" = env ] || exec \(go) "$@"
            # Where the two say the same, the one behind the script is run.
            \(go) "$@" | sed 's/\\("GOVERSION": "[^"]*\\)"/\\1 X:counted"/'
            """
        try Data(text.utf8).write(to: URL(filePath: tool))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: tool)
        let wide = GoSource.work(allocations: 1)
            .replacing("package m\n", with: "package m\n\nimport \"example.com/m/inner\"\n")
            .replacing("sink = sink[:0]", with: "sink = sink[:0]\n\tinner.Work()")
        for number in 0...40 {
            let inner = GoSource.work(allocations: number < 33 ? 1 : 4).replacing("package m", with: "package inner")
            let source = number < 20 ? GoSource.work(allocations: 1) : wide
            try history.commit(
                "\(number)",
                [
                    "m.go": source + "// \(number)\n", "m_test.go": GoSource.benchmark, "inner/m.go": inner,
                    "inner/m_test.go": "package inner\n\n// \(number)\n",
                ])
        }
        for (range, name, most) in [("main~20..main", "33", 2), ("main~40..main", "33", 4)] {
            try? FileManager.default.removeItem(atPath: asked)
            let outcome = try await Program.run(
                [
                    range, "-p", ".", "-m", "allocs/op", "-t", "+120%", "--no-cache", "--sandbox", "off", "--format",
                    "json", "--go", tool,
                ],
                in: history.path)
            #expect(try outcome.culprits(of: "BenchmarkWork") == ["\(history.id(name))"])
            let commits = try #require(try outcome.json()["commits"] as? [String: Any])
            #expect(try #require(commits["measured"] as? Int) >= 4)
            let lines = try String(contentsOfFile: asked, encoding: .utf8).split(separator: "\n")
            #expect((1...most).contains(lines.count), "\(lines.count) lists")
        }
    }

    @Test("builds a package at one end only where Go reads the same for it at both", arguments: GoCommands.all)
    func unchangedPackages(go: String) async throws {
        let history = try GoHistory()
        var files: [String: String] = [:]
        for name in ["a", "b", "c", "d"] {
            files["\(name)/m.go"] = GoSource.work(allocations: 1)
            files["\(name)/m_test.go"] = GoSource.benchmark
        }
        // What it reads while it runs differs, so that it is measured at both ends in the end.
        files["d/m_test.go"] = GoSource.benchmark(calling: "Work()\n\t\tos.ReadFile(\"../data/n\")")
            .replacing("import \"testing\"", with: "import (\n\t\"os\"\n\t\"testing\"\n)")
        files["data/n"] = "1"
        try history.commit("0", files)
        try history.commit("1", ["b/m.go": GoSource.work(allocations: 3), "data/n": "2"])
        for jobs in 1...2 {
            let outcome = try await Program.run(
                ["main~1..main", "-m", "allocs/op", "--no-cache", "--format", "json", "-j", "\(jobs)", "--go", go],
                in: history.path)
            let series = try #require(try outcome.json()["series"] as? [[String: Any]])
            let outcomes = Dictionary(grouping: series) { $0["outcome"] as? String ?? "" }.mapValues(\.count)
            #expect(outcomes == ["found": 1, "not-crossed": 3])
            func count(_ words: String) -> Int { outcome.errors.matches(of: try! Regex(words)).count }
            // Of two at once both may have begun with the same one.
            let built = count("to see its functions")
            #expect(jobs == 1 ? built == 5 : built <= 6, "\(outcome.errors)")
            #expect(count("to see what [acd] reads") == 3)
        }
    }
}
