import Foundation
import Synchronization
import Testing

@testable import MCP

@Suite("A server of the Model Context Protocol", .timeLimit(.minutes(1)))
struct ServerTests {
    @Test("agrees on a revision, and says what it has", arguments: ["2025-11-25", "2025-06-18", "1999-01-01"])
    func introduction(revision: String) async throws {
        let answers = try await answers(
            to: [
                request(1, "initialize", ["protocolVersion": .string(revision)]),
                #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#, request("two", "ping"),
                request(3, "tools/list"), request(4, "resources/list"), request(5, "resources/templates/list"),
            ], count: 5)
        let introduction = try #require(answers[1]?["result"])
        #expect(
            introduction["protocolVersion"] == .string(Server.revisions.contains(revision) ? revision : "2025-11-25"))
        #expect(introduction["serverInfo"] == ["name": "tester", "version": "1.2.3"])
        #expect(introduction["capabilities"] == ["tools": [:], "resources": [:]])
        #expect(answers["two"]?["result"] == [:])
        guard case .array(let tools)? = answers[3]?["result"]?["tools"] else { throw Missing() }
        #expect(tools.map { $0["name"] } == ["echo", "fail", "wait"])
        #expect(tools[0]["inputSchema"] == ["type": "object"] && tools[0]["outputSchema"] == ["type": "object"])
        let resource: JSON = [
            "uri": "test://numbers", "name": "numbers", "description": "Numbers.", "mimeType": "text/plain",
        ]
        #expect(answers[4]?["result"] == ["resources": [resource]])
        #expect(answers[5]?["result"] == ["resourceTemplates": []])
    }

    @Test("gives a tool's document and its text, and tells how far it is to who asks for that")
    func call() async throws {
        let sent = Mutex<[JSON]>([])
        let answers = try await answers(
            to: [
                request(
                    1, "tools/call", ["name": "echo", "arguments": ["a": [1, .number(2.5), .null, "x\n\u{2028}"]]]),
                request(2, "tools/call", ["name": "echo", "_meta": ["progressToken": "t"]]),
            ], count: 2, sent: { line in sent.withLock { $0.append(line) } })
        #expect(
            answers[1]?["result"] == [
                "content": [["type": "text", "text": "echoed"]],
                "structuredContent": ["a": [1, .number(2.5), .null, "x\n\u{2028}"]], "isError": false,
            ])
        let told = sent.withLock { $0 }.filter { $0["method"] == "notifications/progress" }
        #expect(
            told.map { $0["params"] } == [
                ["progressToken": "t", "progress": 1, "message": "first"],
                ["progressToken": "t", "progress": 2, "message": "second"],
            ])
    }

    @Test("is asked without an agreement in the revision that has none, and says which ones it speaks")
    func stateless() async throws {
        let revision = { (name: String) -> JSON in
            ["name": "echo", "_meta": ["io.modelcontextprotocol/protocolVersion": .string(name)]]
        }
        let answers = try await answers(
            to: [
                request(1, "server/discover", revision("2026-07-28")), request(2, "tools/call", revision("2026-07-28")),
                request(3, "tools/call", revision("2199-01-01")), request(4, "none", revision("2026-07-28")),
            ], count: 4)
        let discovery = try #require(answers[1]?["result"])
        #expect(discovery["supportedVersions"] == ["2025-11-25", "2025-06-18", "2026-07-28"])
        let identity: JSON = ["name": "tester", "version": "1.2.3"]
        #expect(discovery["_meta"] == ["io.modelcontextprotocol/serverInfo": identity])
        for id: JSON in [1, 2] {
            #expect(answers[id]?["result"]?["resultType"] == "complete" && answers[id]?["result"]?["ttlMs"] == 0)
        }
        #expect(answers[2]?["result"]?["structuredContent"] == [:])
        #expect(answers[3]?["error"]?["code"] == -32022)
        let spoken: JSON = ["2025-11-25", "2025-06-18", "2026-07-28"]
        #expect(answers[3]?["error"]?["data"] == ["supported": spoken, "requested": "2199-01-01"])
        #expect(answers[4]?["error"]?["code"] == -32601)
    }

    @Test("tells what failed as the tool's result, and what makes no sense as an error")
    func failures() async throws {
        let answers = try await answers(
            to: [
                request(1, "tools/call", ["name": "fail"]), request(2, "tools/call", ["name": "none"]),
                request(3, "resources/read", ["uri": "test://numbers"]),
                request(4, "resources/read", ["uri": "test://none"]),
                request(5, "sampling/createMessage"), request(6, "tools/unknown"), request(7, "tools/call"),
            ], count: 7)
        let failure: JSON = ["content": [["type": "text", "text": "It failed."]], "isError": true]
        #expect(answers[1]?["result"] == failure)
        let content: JSON = ["uri": "test://numbers", "mimeType": "text/plain", "text": "1 2 3"]
        #expect(answers[3]?["result"] == ["contents": [content]])
        let codes = [2, 4, 5, 6, 7].map { answers[.integer($0)]?["error"]?["code"] }
        #expect(codes == [-32602, -32002, -32601, -32601, -32602])
        #expect(answers[2]?["error"]?["message"] == "There is no tool “none”. Available: echo, fail, wait.")
    }

    @Test(
        "refuses what is not a message, and goes on",
        arguments: [
            ("{", -32700), ("\u{0}", -32700), ("[]", -32600), ("null", -32600), (#"{"id":1,"method":"ping"}"#, -32600),
        ])
    func nonsense(line: String, code: Int) async throws {
        let answers = try await answers(
            to: [line, "", #"{"jsonrpc":"2.0","id":9,"result":{}}"#, request(1, "ping")], count: 2)
        #expect(answers[.null]?["error"]?["code"] == .integer(code))
        #expect(answers[1]?["result"] == [:] && answers.count == 2)
    }

    @Test("answers others while a tool is at work, and not what was cancelled")
    func cancellation() async throws {
        let state = State()
        let (lines, feed) = AsyncStream.makeStream(of: String.self)
        let (replies, outlet) = AsyncStream.makeStream(of: JSON.self)
        let server = server(state) { outlet.yield($0) }
        let serving = Task { await server.serve(lines) }
        var answers = replies.makeAsyncIterator()
        feed.yield(try request(1, "tools/call", ["name": "wait"]))
        while state.begun.withLock({ $0 }) == 0 { await Task.yield() }
        feed.yield(try request(2, "ping"))
        #expect(await answers.next()?["id"] == 2)
        #expect(state.cancelled.withLock { $0 } == 0)
        feed.yield(#"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":7}}"#)
        feed.yield(#"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}"#)
        while state.cancelled.withLock({ $0 }) == 0 { await Task.yield() }
        feed.yield(try request(3, "ping"))
        #expect(await answers.next()?["id"] == 3)
        // What is under way when the client goes is cancelled as well.
        feed.yield(try request(4, "tools/call", ["name": "wait"]))
        while state.begun.withLock({ $0 }) == 1 { await Task.yield() }
        feed.finish()
        await serving.value
        #expect(state.cancelled.withLock { $0 } == 2)
        outlet.finish()
        #expect(await answers.next() == nil)
    }

    /// What the tool that waits has come to.
    private final class State: Sendable {
        let begun = Mutex(0)
        let cancelled = Mutex(0)
    }

    private struct Missing: Error {}

    private struct Failure: Error, CustomStringConvertible { var description: String { "It failed." } }

    private func server(_ state: State = State(), send: @escaping @Sendable (JSON) -> Void) -> Server {
        func tool(_ name: String, _ call: @escaping Tool.Call) -> Tool {
            Tool(
                name: name, description: "A tool.", inputSchema: ["type": "object"], outputSchema: ["type": "object"],
                call: call)
        }
        let tools = [
            tool("echo") { arguments, tell in
                tell("first")
                tell("second")
                return Tool.Result(document: .object(arguments), text: "echoed")
            },
            tool("fail") { _, _ in throw Failure() },
            tool("wait") { _, _ in
                state.begun.withLock { $0 += 1 }
                do { try await Task.sleep(for: .seconds(600)) } catch {
                    state.cancelled.withLock { $0 += 1 }
                    throw error
                }
                return Tool.Result(document: [:], text: "")
            },
        ]
        let numbers = Resource(
            uri: "test://numbers", name: "numbers", description: "Numbers.", mimeType: "text/plain"
        ) { "1 2 3" }
        return Server(name: "tester", version: "1.2.3", instructions: "", tools: tools, resources: [numbers]) { line in
            #expect(!line.contains("\n"))
            do { send(try JSON(Data(line.utf8))) } catch { Issue.record("\(line) is not JSON") }
        }
    }

    private func request(_ id: JSON, _ method: String, _ params: JSON? = nil) throws -> String {
        var members: [String: JSON] = ["jsonrpc": "2.0", "id": id, "method": .string(method)]
        members["params"] = params
        return try JSON.object(members).line
    }

    /// What a server answers to some lines, by the id, once it has answered this many times.
    private func answers(
        to lines: [String], count: Int, sent: @escaping @Sendable (JSON) -> Void = { _ in }
    ) async -> [JSON: JSON] {
        let (input, feed) = AsyncStream.makeStream(of: String.self)
        let (replies, outlet) = AsyncStream.makeStream(of: JSON.self)
        let server = server { message in
            sent(message)
            if message["id"] != nil { outlet.yield(message) }
        }
        let serving = Task { await server.serve(input) }
        for line in lines { feed.yield(line) }
        var answers: [JSON: JSON] = [:]
        for await reply in replies {
            answers[reply["id"] ?? .null] = reply
            if answers.count == count { break }
        }
        feed.finish()
        await serving.value
        return answers
    }
}
