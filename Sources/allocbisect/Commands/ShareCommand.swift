import ArgumentParser
import Exchange
import Reports

/// Shares measurements through git notes.
struct ShareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "share",
        abstract: "Share measurements with other clones, as git notes in refs/notes/allocbisect.",
        discussion: """
            Nothing is overwritten: what others shared is merged with what is here. Look at the notes with \
            'git log --notes=allocbisect'. What came from others counts in a search with --trust.
            """,
        subcommands: [SharePushCommand.self, SharePullCommand.self, ShareStatusCommand.self])
}

/// The arguments of everything that is shared.
struct ShareArguments: ParsableArguments {
    @Argument(help: .init("The remote's name, a path or a URL.", valueName: "remote"))
    var remote = "origin"

    @OptionGroup var cache: CacheArguments

    /// The exchange with the remote.
    func sharing() throws -> Sharing {
        try Sharing(with: remote, in: cache.absoluteDirectory, file: cache.cache)
    }
}

/// `share push`: hands this machine's measurements to a remote as notes.
struct SharePushCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "push", abstract: "Push this machine's measurements to a remote.")

    @OptionGroup var arguments: ShareArguments

    func run() async throws {
        let pushed = try await arguments.sharing().push()
        switch arguments.cache.format {
        case .json: try Console.print(try ShareJSON.text(of: pushed))
        case .text: try Console.print(ShareText.text(of: pushed, remote: arguments.remote))
        }
    }
}

/// `share pull`: takes the measurements that others handed to a remote.
struct SharePullCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pull", abstract: "Pull the measurements that others pushed to a remote.")

    @OptionGroup var arguments: ShareArguments

    func run() async throws {
        let pulled = try arguments.sharing().pull()
        for problem in pulled.imported.problems { Console.printError("allocbisect: \(problem.terminalSafe)") }
        switch arguments.cache.format {
        case .json: try Console.print(try ShareJSON.text(of: pulled))
        case .text: try Console.print(ShareText.text(of: pulled, remote: arguments.remote))
        }
    }
}

/// Compares with a remote.
struct ShareStatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Say what could be pushed and pulled, and change nothing.")

    @OptionGroup var arguments: ShareArguments

    func run() async throws {
        let status = try arguments.sharing().status()
        switch arguments.cache.format {
        case .json: try Console.print(try ShareJSON.text(of: status))
        case .text: try Console.print(ShareText.text(of: status, remote: arguments.remote))
        }
    }
}
