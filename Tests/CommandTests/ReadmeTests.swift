import Foundation
import TestSupport
import Testing

@Suite("README", .tags(.go), .serialized)
struct ReadmeTests {
    private static let readme = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../README.md").standardized

    /// The commands of the `console` blocks: what follows a `$ ` at the start of a line.
    private func commands() throws -> [String] {
        let text = try String(contentsOf: ReadmeTests.readme, encoding: .utf8)
        var isOpen = false
        return text.split(separator: "\n").compactMap { line in
            if line.hasPrefix("```") { isOpen = line == "```console" }
            return isOpen && line.hasPrefix("$ ") ? String(line.dropFirst(2)) : nil
        }
    }

    @Test("Every command that is shown works on the demo's repository")
    func commandsWork() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "allocbisect-readme-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let demo = try await Program.run(["demo", "--directory", folder.path], in: NSTemporaryDirectory())
        #expect(demo.status == 0, "\(demo.output)\(demo.errors)")
        let commands = try commands()
        #expect(commands.count >= 5)
        for command in commands {
            let outcome = try await Program.shell(command, in: folder.path)
            #expect(
                [0, 3].contains(outcome.status), "\(command): \(outcome.status)\n\(outcome.output)\(outcome.errors)")
        }
    }
}
