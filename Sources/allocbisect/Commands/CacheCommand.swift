import ArgumentParser
import Exchange
import Foundation
import Reports

/// Looks after the results cache.
struct CacheCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cache",
        abstract: "Inspect, verify, prune, import and export the results cache.",
        subcommands: [
            CachePathCommand.self, CacheStatisticsCommand.self, CacheVerifyCommand.self, CachePruneCommand.self,
            CacheForgetCommand.self, CacheImportCommand.self, CacheExportCommand.self,
        ])
}

/// The arguments of everything that concerns the cache and measures nothing.
struct CacheArguments: ParsableArguments {
    @Option(name: [.customShort("C")], help: .init("Work as if started in this folder.", valueName: "dir"))
    var directory = "."

    @Option(help: .init("The results cache. (default: in the git directory)", valueName: "file"))
    var cache: String?

    @Option(help: .init("How to print the result: text or json.", valueName: "format"))
    var format = OutputFormat.text

    /// The folder to work in, absolute.
    var absoluteDirectory: String { URL(filePath: directory).standardizedFileURL.path }

    /// The cache, which may not exist yet.
    func results() throws -> ResultsCache { try ResultsCache(in: absoluteDirectory, file: cache) }
}

/// Says where the cache lies.
struct CachePathCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "path", abstract: "Print the path of the results cache, whether it exists or not.")

    @OptionGroup var arguments: CacheArguments

    func run() async throws {
        let results = try arguments.results()
        switch arguments.format {
        case .json: try Console.print(try CacheJSON.text(path: results.path, size: results.size))
        case .text: try Console.print(results.path + "\n")
        }
    }
}

/// Says what is in the cache.
struct CacheStatisticsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats", abstract: "Show how much the results cache holds, by recipe and by origin.")

    @OptionGroup var arguments: CacheArguments

    func run() async throws {
        let results = try arguments.results()
        let statistics = try results.statistics()
        let (path, size) = (results.path, results.size ?? 0)
        switch arguments.format {
        case .json: try Console.print(try CacheJSON.text(path: path, size: size, statistics: statistics))
        case .text: try Console.print(CacheText.text(of: statistics, path: path, size: size))
        }
    }
}

/// `cache verify`: tells whether the file is damaged, and which rows make no sense.
struct CacheVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check the results cache: the file itself, and whether its rows make sense.")

    @OptionGroup var arguments: CacheArguments

    func run() async throws {
        let results = try arguments.results()
        let problems = try results.problems()
        switch arguments.format {
        case .json: try Console.print(try CacheJSON.text(path: results.path, size: results.size, problems: problems))
        case .text: try Console.print(CacheText.text(ofProblems: problems, path: results.path))
        }
        if !problems.isEmpty { throw ExitStatus.couldNot }
    }
}

/// Removes what is of no use any more.
struct CachePruneCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune",
        abstract: "Remove what is known of commits that the repository no longer has, and of old measurements.")

    @OptionGroup var arguments: CacheArguments

    @Option(help: .init("Also remove measurements that are older than this many days.", valueName: "days"))
    var olderThan: Int?

    @Flag(name: [.customShort("n"), .customLong("dry-run")], help: "Only say what would be removed.")
    var dryRun = false

    func validate() throws {
        if let olderThan, !(0...100_000).contains(olderThan) {
            throw ValidationError("--older-than expects a number of days such as 90, not \(olderThan).")
        }
    }

    func run() async throws {
        let pruning = try arguments.results().prune(olderThanDays: olderThan, isRehearsal: dryRun)
        switch arguments.format {
        case .json: try Console.print(try CacheJSON.text(of: pruning))
        case .text: try Console.print(CacheText.text(of: pruning, isRehearsal: dryRun))
        }
    }
}
