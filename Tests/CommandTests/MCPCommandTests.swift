import Foundation
import Git
import TestSupport
import Testing

@Suite("allocbisect mcp", .tags(.go), .serialized)
struct MCPCommandTests {
    private static let python = Tool.path(of: "python3") ?? "python3"

    /// Whether the client from PyPI is there, or has to be.
    private static let hasClient: Bool = {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [python, "-c", "import mcp"]
        process.standardError = nil
        try? process.run()
        process.waitUntilExit()
        return process.terminationStatus == 0 || ProcessInfo.processInfo.environment["CI"] != nil
    }()

    /// Connects, and tells on standard output the result of the steps of a test as one JSON document.
    private static func script(_ steps: String, mode: String) -> String {
        """
        import asyncio, json, os, time
        from mcp import Client, StdioServerParameters
        from mcp.client.stdio import stdio_client
        from mcp.shared.exceptions import MCPError

        async def main():
            told = {}
            server = StdioServerParameters(command="allocbisect", args=["mcp"], env=dict(os.environ))
            async with Client(stdio_client(server), mode="\(mode)") as client:
        \(steps.split(separator: "\n").map { "        \($0)" }.joined(separator: "\n"))
            print(json.dumps(told))

        asyncio.run(main())
        """
    }

    /// What a client says of a server that works on a history.
    private func told(
        _ steps: String, mode: String, in history: GoHistory
    ) async throws -> [String: Any] {
        let file = history.folder.appending(path: "client.py")
        try Data(Self.script(steps, mode: mode).utf8).write(to: file)
        let before = RepositoryState(around: history.path)
        let outcome = try await Program.shell("'\(Self.python)' '\(file.path)'", in: history.path)
        #expect(outcome.status == 0, "\(outcome.errors)")
        if let before, let after = RepositoryState(around: history.path) {
            #expect(after.changes(since: before) == [])
        }
        return try outcome.json()
    }

    @Test(
        "does what the commands do, and gives their documents by their schemas to the client from PyPI",
        .enabled(if: hasClient, "the package mcp is not installed"), arguments: ["legacy", "auto"])
    func client(mode: String) async throws {
        let history = try GoHistory()
        try history.commit("0", ["m.go": GoSource.work(allocations: 1), "m_test.go": GoSource.benchmark])
        try history.commit("grow", ["m.go": GoSource.work(allocations: 3)])
        try history.commit("docs", ["README.md": "1"])
        // The client itself holds each document against the tool's schema, and fails when it does not fit.
        let told = try await told(
            """
            told["version"] = client.protocol_version
            told["server"] = client.server_info.name
            tools = (await client.list_tools()).tools
            told["tools"] = [tool.name for tool in tools]
            progress = []
            async def note(number, total, message): progress.append((number, message))
            plan = await client.call_tool("plan", {"range": "main~2..main"})
            found = await client.call_tool("find", {"range": "main~2..main", "metric": ["allocs/op"]}, progress_callback=note)
            told["plan"], told["found"] = plan.structured_content, found.structured_content
            told["text"] = found.content[0].text
            told["progress"] = progress
            explained = await client.call_tool("explain", {"revision": "main~1", "directory": "."})
            told["explained"] = explained.structured_content
            shown = await client.call_tool("history", {"range": "main~2..main", "cached": True, "max-count": 1})
            told["shown"] = shown.structured_content
            compared = await client.call_tool("compare", {"revisions": ["main~2", "main"]})
            told["compared"] = compared.structured_content
            told["resources"] = [str(resource.uri) for resource in (await client.list_resources()).resources]
            told["results"] = (await client.read_resource("allocbisect://results")).contents[0].text
            told["statistics"] = (await client.read_resource("allocbisect://results/statistics")).contents[0].text
            told["errors"] = []
            for name, arguments in [
                ("find", {"range": "main"}), ("find", {"range": "nowhere..main"}), ("find", {}),
                ("plan", {"range": "main~1..main", "sandbox": "off"}), ("explain", {"revision": "--sandbox=off"}),
                ("history", {"directory": "/nonexistent"}), ("history", {"max-count": 0}), ("history", {"cached": 1.5}),
            ]:
                result = await client.call_tool(name, arguments)
                told["errors"].append(result.content[0].text if result.is_error else None)
            """, mode: mode, in: history)
        #expect(told["version"] as? String == (mode == "auto" ? "2026-07-28" : "2025-11-25"))
        #expect(told["server"] as? String == "allocbisect")
        #expect(told["tools"] as? [String] == ["plan", "find", "compare", "explain", "history"])
        #expect((told["plan"] as? [String: Any])?["command"] as? String == "plan")
        let series = try #require(((told["found"] as? [String: Any])?["series"] as? [[String: Any]])?.first)
        let culprit = try #require((series["culprits"] as? [[String: Any]])?.first)
        #expect(culprit["commit"] as? String == (try history.id("grow").description))
        #expect((told["text"] as? String)?.contains("culprit \(try history.id("grow"))") == true)
        let progress = try #require(told["progress"] as? [[Any]])
        #expect(progress.count > 2 && progress.compactMap { $0[0] as? Int } == Array(1...progress.count))
        #expect(progress.contains { ($0[1] as? String)?.hasPrefix("measuring ") == true })
        #expect(((told["explained"] as? [String: Any])?["series"] as? [Any])?.count == 1)
        let compared = try #require(((told["compared"] as? [String: Any])?["series"] as? [[String: Any]])?.first)
        #expect(compared["judgement"] as? String == "worse")
        #expect(((told["shown"] as? [String: Any])?["rows"] as? [Any])?.count == 1)
        #expect(told["resources"] as? [String] == ["allocbisect://results", "allocbisect://results/statistics"])
        #expect((told["results"] as? String)?.contains("BenchmarkWork") == true)
        #expect((told["statistics"] as? String)?.contains("\"measurements\"") == true)
        let errors = try #require(told["errors"] as? [String?])
        let expected = [
            "holds no commit", "nowhere", "GOOD..BAD", "There is no argument “sandbox”", "--sandbox=off",
            "/nonexistent",
            "Write a whole number of at least 1", "takes text",
        ]
        for (error, words) in zip(errors, expected) { #expect(error?.contains(words) == true, "\(error ?? "none")") }
        #expect(errors.count == expected.count)
    }

    @Test(
        "warns of changed Go files that are not measured, and how they would be",
        .enabled(if: hasClient, "the package mcp is not installed"))
    func changes() async throws {
        let history = try GoHistory()
        try history.commit("0", ["m.go": GoSource.work(allocations: 1), "m_test.go": GoSource.benchmark])
        try history.commit("1", ["m.go": GoSource.work(allocations: 3)])
        try history.checkout()
        try GoSource.work(allocations: 5).write(toFile: history.path + "/m.go", atomically: true, encoding: .utf8)
        let told = try await told(
            """
            told["warnings"], told["texts"] = [], []
            for name, arguments in [
                ("find", {"range": "main~1..main", "metric": "allocs/op", "no-explain": True}),
                ("explain", {"revision": "main", "metric": "allocs/op"}),
                ("history", {"range": "main~1..main", "metric": "allocs/op"}), ("compare", {"metric": "allocs/op"}),
            ]:
                result = await client.call_tool(name, arguments)
                told["warnings"].append(" ".join(result.structured_content["warnings"]))
                told["texts"].append(result.content[0].text)
            """, mode: "legacy", in: history)
        let note = "HEAD is measured without the 1 changed Go file of the work tree. To include them: allocbisect "
        for key in ["warnings", "texts"] {
            let texts = try #require(told[key] as? [String])
            #expect(texts.map { $0.contains(note) } == [true, true, true, false], "\(texts)")
            #expect(texts[0].contains("-m allocs/op"))
        }
    }

    @Test(
        "can be asked while it searches, and stops a search that is cancelled, with what it runs",
        .enabled(if: hasClient, "the package mcp is not installed"))
    func cancellation() async throws {
        let history = try GoHistory()
        for number in 0...2 {
            // The bad end would run forever.
            let statement = number == 2 ? "for {\n\t\t}" : "Work()"
            let source = GoSource.work(allocations: 1) + "// \(number)\n"
            try history.commit("\(number)", ["m.go": source, "m_test.go": GoSource.benchmark(calling: statement)])
        }
        let told = try await told(
            """
            def count(): return os.popen("ls -l /proc/[0-9]*/cwd 2>/dev/null").read().count(os.getcwd() + "/.git")
            begun = asyncio.Event()
            async def note(number, total, message):
                if message.startswith("measuring \(try history.id("2").short)"): begun.set()
            search = asyncio.create_task(client.call_tool("find", {"range": "main~2..main"}, progress_callback=note))
            await asyncio.wait_for(begun.wait(), 120)
            start = time.monotonic()
            told["tools"] = len((await client.list_tools()).tools)
            told["isServed"] = not search.done() and time.monotonic() - start < 5
            search.cancel()
            try: await search
            except asyncio.CancelledError: told["isCancelled"] = True
            end = time.monotonic() + 60
            while count() and time.monotonic() < end: await asyncio.sleep(0.1)
            told["running"] = count()
            told["plan"] = (await client.call_tool("plan", {"range": "main~2..main"})).is_error
            """, mode: "legacy", in: history)
        #expect(told["tools"] as? Int == 5 && told["isServed"] as? Bool == true)
        #expect(told["isCancelled"] as? Bool == true && told["plan"] as? Bool == false)
        #expect(told["running"] as? Int == 0)
    }

    @Test("ends with standard input, and on a signal, without a word")
    func end() async throws {
        let history = try GoHistory()
        try history.commit("0", ["m.go": GoSource.work(allocations: 1)])
        let ended = try await Program.shell("allocbisect mcp < /dev/null", in: history.path)
        #expect(ended.status == 0 && ended.output.isEmpty && ended.errors.isEmpty)
        let stopped = try await Program.shell(
            """
            mkfifo pipe; (echo '{"jsonrpc":"2.0","id":1,"method":"ping"}'; sleep 60) > pipe &
            allocbisect mcp < pipe > out & server=$!
            until [ -s out ]; do sleep 0.05; done; kill $server; wait $server
            """, in: history.folder.path)
        #expect(stopped.status == 143 && stopped.output.isEmpty && stopped.errors.isEmpty)
    }
}
