import ArgumentParser
import Foundation
import MCP

/// Serves programs that speak the Model Context Protocol.
struct MCPCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mcp",
        abstract: "Speak the Model Context Protocol on standard input and output, for agents and editors.",
        discussion: """
            The tools plan, find, compare, explain and history do what the commands of these names do, and return the \
            same JSON documents. The resources are what the results cache has. The server ends with standard input.
            """)

    @Option(name: [.customShort("C")], help: .init("Work as if started in this folder.", valueName: "dir"))
    var directory = "."

    func run() async throws {
        let directory = URL(filePath: directory).standardizedFileURL.path
        let server = Server(
            name: AllocBisect.configuration.commandName ?? "", version: AllocBisect.number,
            instructions: AllocBisect.configuration.abstract + " " + AllocBisect.configuration.discussion,
            tools: try Tool.all(in: directory), resources: Resource.results(in: directory)
        ) { line in
            // A client that has gone closes standard input as well, which ends everything.
            try? Console.print(line + "\n")
        }
        await server.serve(StandardInput.lines)
    }
}
