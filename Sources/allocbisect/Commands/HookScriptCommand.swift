import ArgumentParser
import Hooks

/// Prints the hooks' script, for hooks of somebody else's to call.
struct HookScriptCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "script",
        abstract: "Print the hook, so that your own hooks or another program can call it.",
        discussion: #"In post-merge and in post-rewrite: \#(Hook.line)"#)

    func run() throws { try Console.print(Hook.script) }
}
