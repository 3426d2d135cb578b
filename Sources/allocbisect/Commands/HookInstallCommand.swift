import ArgumentParser
import Hooks
import Reports

/// Puts the hooks into the folder where git looks for them.
struct HookInstallCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "install",
        abstract: "Put the hooks where git looks for them.",
        discussion: """
            A hook that is there already is kept and called first. The hooks put what was merged into a queue and \
            return; nothing else in the repository is written. A folder that git tracks, or that husky, lefthook, \
            pre-commit or overcommit looks after, is left as it is, and the line is printed that belongs there.
            """)

    @OptionGroup var hook: HookArguments

    @Flag(help: "Also in a folder outside of the repository, or one that git tracks or another program looks after.")
    var force = false

    func run() throws {
        let installation = try hook.installation()
        let changes = try installation.install(isForced: force)
        switch hook.format {
        case .json: try Console.print(try HookJSON.text(of: changes, in: installation, command: "hook install"))
        case .text: try Console.print(HookReport.text(of: changes, in: installation))
        }
    }
}
