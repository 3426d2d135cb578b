import Foundation
import Synchronization

/// A server of the Model Context Protocol, whose messages are lines of JSON-RPC 2.0.
///
/// Requests are answered while others are still being worked on.
///
/// Source: https://modelcontextprotocol.io/specification
public actor Server {
    private let name, version, instructions: String
    private let tools: [Tool]
    private let resources: [Resource]
    private let output: Output
    /// What is being worked on, by the request's id.
    private var running: [JSON: Task<Void, Never>] = [:]

    /// The revisions that are agreed on with `initialize`, the newest one first.
    static let revisions = ["2025-11-25", "2025-06-18"]
    /// The revision that knows no such agreement: each request names it.
    static let statelessRevision = "2026-07-28"

    /// Creates a server, which answers the lines that it is given.
    ///
    /// - Parameters:
    ///   - instructions: What a model should know to use it.
    ///   - write: Sends a line, which comes without its line feed. It is called by one thread at a time.
    public init(
        name: String, version: String, instructions: String, tools: [Tool], resources: [Resource],
        write: @escaping @Sendable (String) -> Void
    ) {
        (self.name, self.version, self.instructions) = (name, version, instructions)
        (self.tools, self.resources, output) = (tools, resources, Output(write: write))
    }

    /// Answers a client's messages, one a line, until there are no more or the task is cancelled. What is still being
    /// worked on then is cancelled and waited for.
    public func serve(_ lines: AsyncStream<String>) async {
        for await line in lines where !line.isEmpty { take(line) }
        let rest = running.values
        for task in rest { task.cancel() }
        for task in rest { await task.value }
    }

    private func take(_ line: String) {
        guard let message = try? JSON(Data(line.utf8)) else {
            return output.send(.failure(.parse, "This is not JSON."), to: .null)
        }
        guard case .object(let members) = message, members["jsonrpc"] == "2.0" else {
            return output.send(.failure(.invalidRequest, "This is not a message of JSON-RPC 2.0."), to: .null)
        }
        // What has no method answers a question, and none is asked.
        guard let method = members["method"]?.text else { return }
        let params = members["params"] ?? [:]
        switch members["id"] {
        case .some(let id): start(method, params, id)
        case nil: if method == "notifications/cancelled", let id = params["requestId"] { running[id]?.cancel() }
        }
    }

    private func start(_ method: String, _ params: JSON, _ id: JSON) {
        running[id] = Task {
            let revision = params["_meta"]?["io.modelcontextprotocol/protocolVersion"]
            let reply =
                if let revision { await reply(to: method, params, in: revision) } else {
                    await reply(to: method, params)
                }
            running[id] = nil
            // Who has cancelled a request expects no answer.
            if !Task.isCancelled { output.send(reply, to: id) }
        }
    }

    /// The reply to a request that names its revision, in which a result says that it is whole, and how long it holds.
    private func reply(to method: String, _ params: JSON, in revision: JSON) async -> Reply {
        let known = Server.revisions + [Server.statelessRevision]
        guard revision == .string(Server.statelessRevision) else {
            return .failure(
                .unsupportedRevision, "This revision is not supported. Available: \(known.joined(separator: ", ")).",
                data: ["supported": .array(known.map { .string($0) }), "requested": revision])
        }
        let reply = await reply(to: method, params)
        guard case .result(.object(let members)) = reply else { return reply }
        let further: [String: JSON] = ["resultType": "complete", "ttlMs": 0, "cacheScope": "private"]
        return .result(.object(members.merging(further) { first, _ in first }))
    }

    private func reply(to method: String, _ params: JSON) async -> Reply {
        switch method {
        case "server/discover": return .result(discovery)
        case "initialize": return .result(introduction(params["protocolVersion"]))
        case "ping": return .result([:])
        case "tools/list": return .result(["tools": .array(tools.map(\.listing))])
        case "tools/call": return await call(params)
        case "resources/list": return .result(["resources": .array(resources.map(\.listing))])
        case "resources/templates/list": return .result(["resourceTemplates": []])
        case "resources/read": return await read(params)
        default: return .failure(.unknownMethod, "There is no method “\(method)”.")
        }
    }

    private static let capabilities: JSON = ["tools": [:], "resources": [:]]

    private var identity: JSON { ["name": .string(name), "version": .string(version)] }

    private func introduction(_ wanted: JSON?) -> JSON {
        let revision = wanted?.text.flatMap { Server.revisions.contains($0) ? $0 : nil } ?? Server.revisions[0]
        return [
            "protocolVersion": .string(revision), "capabilities": Server.capabilities, "serverInfo": identity,
            "instructions": .string(instructions),
        ]
    }

    private var discovery: JSON {
        [
            "supportedVersions": .array((Server.revisions + [Server.statelessRevision]).map { .string($0) }),
            "capabilities": Server.capabilities, "instructions": .string(instructions),
            "_meta": ["io.modelcontextprotocol/serverInfo": identity],
        ]
    }

    /// Has a tool do its work off the actor, so that others are served meanwhile.
    private nonisolated func call(_ params: JSON) async -> Reply {
        guard let tool = tools.first(where: { $0.name == params["name"]?.text }) else {
            let names = tools.map(\.name).joined(separator: ", ")
            return .failure(.invalidParams, "There is no tool “\(params["name"]?.text ?? "")”. Available: \(names).")
        }
        var arguments: [String: JSON] = [:]
        if case .object(let given)? = params["arguments"] { arguments = given }
        let told = Mutex(0)
        let token = params["_meta"]?["progressToken"]
        do {
            let result = try await tool.call(arguments) { [output] words in
                guard let token else { return }
                // Under the lock, so that the numbers grow from each message to the next.
                told.withLock { count in
                    count += 1
                    output.notify(
                        "notifications/progress",
                        ["progressToken": token, "progress": .integer(count), "message": .string(words)])
                }
            }
            return .result([
                "content": [["type": "text", "text": .string(result.text)]], "structuredContent": result.document,
                "isError": false,
            ])
        } catch {
            return .result(["content": [["type": "text", "text": .string("\(error)")]], "isError": true])
        }
    }

    /// Reads a resource, off the actor as well.
    private nonisolated func read(_ params: JSON) async -> Reply {
        guard let resource = resources.first(where: { $0.uri == params["uri"]?.text }) else {
            return .failure(.unknownResource, "There is no resource “\(params["uri"]?.text ?? "")”.")
        }
        do {
            let text = JSON.string(try resource.read())
            let content: JSON = ["uri": .string(resource.uri), "mimeType": .string(resource.mimeType), "text": text]
            return .result(["contents": [content]])
        } catch {
            return .failure(.internalError, "\(error)")
        }
    }
}
