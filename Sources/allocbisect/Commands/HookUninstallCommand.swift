import ArgumentParser
import Hooks
import Reports

/// Takes the hooks out again.
struct HookUninstallCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "uninstall", abstract: "Remove the hooks, and restore what was there before.")

    @OptionGroup var hook: HookArguments

    func run() throws {
        let installation = try hook.installation()
        let changes = try installation.uninstall()
        switch hook.format {
        case .json: try Console.print(try HookJSON.text(of: changes, in: installation, command: "hook uninstall"))
        case .text: try Console.print(HookText.text(of: changes, in: installation))
        }
    }
}
