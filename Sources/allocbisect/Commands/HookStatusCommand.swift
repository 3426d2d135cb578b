import ArgumentParser
import Hooks
import Reports

/// Shows whether the hooks are installed, what waits, and the latest results.
struct HookStatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show whether the hooks are installed, what is queued, and recent results.")

    @OptionGroup var hook: HookArguments

    func run() throws {
        let status = try HookStatus(directory: hook.absoluteDirectory)
        switch hook.format {
        case .json: try Console.print(try HookJSON.text(of: status))
        case .text: try Console.print(HookText.text(of: status))
        }
    }
}
