import ArgumentParser
import Foundation
import Hooks
import Policy
import Reports

/// Measures what is in the queue, as the hooks start it.
struct HookRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Measure what is in the queue. The hooks start this in the background.")

    @Option(name: [.customShort("C")], help: .init("Work as if started in this folder.", valueName: "dir"))
    var directory = "."

    @Flag(help: "Detach from the terminal first.")
    var background = false

    func run() async throws {
        // In a session of its own, no key and no closing of the terminal reaches it. A leader of a process group has none
        // to leave.
        if background { setsid() }
        let measuring = try MeasuringArguments.parse(["-C", directory, "--jobs", "1"])
        try await HookRecorder(
            directory: measuring.absoluteDirectory, options: measuring.measuring(),
            environment: ProcessInfo.processInfo.environment, today: .today, wording: { HookAlertText.line(of: $0) }
        ).run()
    }
}
