import ArgumentParser
import Foundation
import Hooks

/// The commands about the git hooks.
struct HookCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hook",
        abstract: "Measure the result of every merge, pull and rebase in the background, and report regressions.",
        subcommands: [
            HookInstallCommand.self, HookUninstallCommand.self, HookStatusCommand.self, HookScriptCommand.self,
            HookRunCommand.self,
        ])
}

/// The arguments of all commands about the hooks.
struct HookArguments: ParsableArguments {
    @Option(name: [.customShort("C")], help: .init("Work as if started in this folder.", valueName: "dir"))
    var directory = "."

    @Option(help: .init("How to print the result: text or json.", valueName: "format"))
    var format = OutputFormat.text

    /// The hooks of the repository there.
    func installation() throws -> HookInstallation { try HookInstallation(directory: absoluteDirectory) }

    /// The folder to work in, absolute.
    var absoluteDirectory: String { URL(filePath: directory).standardizedFileURL.path }
}
