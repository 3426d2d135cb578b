import ArgumentParser
import Hooks
import Reports

/// Shows how the hooks are, what waits, and what came of it.
struct HookStatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show whether the hooks are in place, what waits, and what came of it.")

    @OptionGroup var hook: HookArguments

    func run() throws {
        let status = try HookStatus(directory: hook.absoluteDirectory)
        switch hook.format {
        case .json: try Console.print(try HookJSON.text(of: status))
        case .text: try Console.print(HookReport.text(of: status))
        }
    }
}
