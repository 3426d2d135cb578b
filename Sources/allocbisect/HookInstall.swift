import AllocBisectCore
import ArgumentParser
import Reports

/// Puts the hooks into the folder where git looks for them.
struct HookInstall: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "install",
        abstract: "Put the hooks where git looks for them.",
        discussion: """
            A hook that is there already is kept and called first. The hooks put what was merged into a queue and \
            return; nothing else in the repository is written.
            """)

    @OptionGroup var hook: HookArguments

    @Flag(help: "Also in a folder outside of the repository, which core.hooksPath may lead to.")
    var force = false

    func run() throws {
        let installation = try hook.installation()
        let changes = try installation.install(allowsShared: force)
        switch hook.format {
        case .json: try Console.print(try HookJSON.text(of: changes, in: installation, command: "hook install"))
        case .text: try Console.print(HookReport.text(of: changes, in: installation))
        }
    }
}
