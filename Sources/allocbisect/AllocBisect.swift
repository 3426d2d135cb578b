import ArgumentParser
import Exchange
import GoToolchain

/// The program: picks a command, runs it, and maps the result to an exit status.
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
        groupedSubcommands: [
            CommandGroup(
                name: "Search",
                subcommands: [FindCommand.self, PlanCommand.self, ExplainCommand.self, PprofCommand.self]),
            CommandGroup(
                name: "Review",
                subcommands: [CompareCommand.self, CheckCommand.self, InitCommand.self, HookCommand.self]),
            CommandGroup(
                name: "History", subcommands: [HistoryCommand.self, ReportCommand.self, RecordCommand.self]),
            CommandGroup(name: "Cache", subcommands: [CacheCommand.self, ShareCommand.self]),
            CommandGroup(name: "Setup", subcommands: [DemoCommand.self, DoctorCommand.self]),
            CommandGroup(name: "Integration", subcommands: [SchemaCommand.self, MCPCommand.self, WorkerCommand.self]),
        ],
        defaultSubcommand: FindCommand.self)

    /// What `--version` prints, and what a release's tag has after its `v`.
    static let number = "0.1.0"

    static func main() async {
        Landlock.enterIfAsked(ProcessEnvironment.ownArguments)
        ProcessEnvironment.hideOwn()
        let signals = SignalWatch()
        let work = Task { await runCommand() }
        signals.start { work.cancel() }
        let status = await work.value
        exit(withStatus: signals.status ?? status)
    }

    private static func runCommand() async -> Int32 {
        let words = Array(ProcessEnvironment.ownArguments.dropFirst())
        var interruption = "Interrupted before everything was done. Run the same command again."
        do {
            if let script = CompletionScript.text(for: words) {
                try Console.print(script)
                return 0
            }
            var command = try CommandLineWords(words).parsed()
            if let command = command as? any RepositoryCommand {
                interruption = command.interruption
                command.tell()
            }
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
            return 0
        } catch is CancellationError {
            Console.printError("allocbisect: \(interruption)")
            return ExitStatus.couldNot.rawValue
        } catch {
            return ExitStatus.report(error)
        }
    }
}
