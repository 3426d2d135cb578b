import ArgumentParser
import Hooks
import Reports

/// Puts the hooks into the folder where git looks for them.
struct HookInstallCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "install",
        abstract: "Install the hooks where git looks for them.",
        discussion: """
            An existing hook is kept and called first. The hooks add what was merged to a queue and return; nothing \
            else in the repository is written. A folder that git tracks, or that husky, lefthook, pre-commit or \
            overcommit manages, is left as it is, and the line that belongs there is printed.
            """)

    @OptionGroup var hook: HookArguments

    @Flag(help: "Install even in a folder outside the repository, or one that git tracks or another program manages.")
    var force = false

    func run() throws {
        let installation = try hook.installation()
        let changes = try installation.install(isForced: force)
        switch hook.format {
        case .json: try Console.print(try HookJSON.text(of: changes, in: installation, command: "hook install"))
        case .text: try Console.print(HookText.text(of: changes, in: installation))
        }
    }
}
