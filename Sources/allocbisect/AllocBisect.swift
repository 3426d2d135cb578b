import ArgumentParser
import Exchange
import GoToolchain

/// The program: picks a command, runs it, and maps what came of it to an exit status.
@main
struct AllocBisect: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "allocbisect",
        abstract: "Names the commit where a Go benchmark's allocations, goroutines or retained heap first grew.",
        discussion: """
            Run 'allocbisect good..bad' in a Go repository. Every benchmark of every package is measured at both ends; \
            whatever got worse is searched over the commits between them, and each culprit is confirmed by a second \
            measurement. Your branches, index and files stay as they are.
            """,
        version: "\(number) (results cache \(ResultsCache.version), probe \(Probe.currentVersion))",
        subcommands: [
            FindCommand.self, PlanCommand.self, CompareCommand.self, CheckCommand.self, ExplainCommand.self,
            HistoryCommand.self, ReportCommand.self, RecordCommand.self, HookCommand.self, CacheCommand.self,
            ShareCommand.self, InitCommand.self, DemoCommand.self, DoctorCommand.self, SchemaCommand.self,
            MCPCommand.self,
        ],
        defaultSubcommand: FindCommand.self)

    /// The program's version.
    static let number = "0.1.0"

    static func main() async {
        Landlock.enterIfAsked(CommandLine.arguments)
        ProcessEnvironment.hideOwn()
        let signals = SignalWatch()
        let work = Task { await runCommand() }
        signals.start { work.cancel() }
        let status = await work.value
        exit(withStatus: signals.status ?? status)
    }

    private static func runCommand() async -> Int32 {
        do {
            var command = try parseAsRoot(CommandLineWords(Array(CommandLine.arguments.dropFirst())).words)
            (command as? any RepositoryCommand)?.tell()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
            return 0
        } catch {
            return ExitStatus.report(error)
        }
    }
}
