import Foundation
import TestSupport
import Testing

@Suite("Help")
struct HelpTests {
    /// The names that a help text lists under its headings of subcommands.
    private func subcommands(in help: String) -> [String] {
        var isListed = false
        return help.split(separator: "\n").compactMap { line in
            if line.hasSuffix(":") { isListed = line.hasSuffix("SUBCOMMANDS:") }
            guard isListed, let match = line.prefixMatch(of: #/  ([a-z]+)(?: |$)/#) else { return nil }
            return String(match.output.1)
        }
    }

    /// The help of a command and of all below it, each after the command line that asks for it.
    private func texts(_ command: [String]) async throws -> String {
        let outcome = try await Program.run(command + ["--help"], in: "/")
        #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(command)")
        var text = "$ \((["allocbisect"] + command + ["--help"]).joined(separator: " "))\n\(outcome.output)\n"
        for name in subcommands(in: outcome.output) { text += try await texts(command + [name]) }
        return text
    }

    @Test("of every command is what its golden file says; RECORD_GOLDEN=1 writes that anew")
    func everyCommand() async throws {
        // How many commits are measured at once depends on the machine.
        let text = try await texts([]).replacing(/(Commits measured at once\. \(default: )\d+/) { $0.output.1 + "…" }
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/help.txt")
        if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] != nil { return try Data(text.utf8).write(to: file) }
        let known = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        for (old, new) in zip(known.split(separator: "\n$ "), text.split(separator: "\n$ ")) { #expect(old == new) }
        #expect(known == text)
    }
}
