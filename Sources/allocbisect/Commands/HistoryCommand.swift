import AllocBisectCore
import ArgumentParser
import Foundation
import Git
import Measuring
import Reports

/// Shows the values of every series, commit by commit.
struct HistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Show a table of commits with the values of every series, and measure what is missing.",
        discussion: """
            Without a range, the last \(HistoryRequest.usualCount) commits of the current branch are shown. Steps are marked where a value differs from the one before it by the threshold, upwards or downwards. \
            Commits that cannot differ from measured ones cost nothing. An interrupted run keeps what it has measured.
            """)

    @OptionGroup var commits: RevisionArguments

    @OptionGroup var shown: HistoryArguments

    @Option(help: .init("How to print: text, json, markdown, csv, benchmark, html or prometheus.", valueName: "format"))
    var format = HistoryFormat.text

    @Flag(help: "Say what would be measured, and by which machines, without measuring.")
    var dryRun = false

    func validate() throws {
        if dryRun {
            guard shown.rows.shard == nil, !shown.rows.cached, format == .text else {
                throw ValidationError(
                    "--dry-run cannot be combined with --shard, --cached or --format.")
            }
        }
    }

    func run() async throws {
        let console = shown.measuring.console()
        defer { console.clear() }
        let engine = shown.measuring.engine(console.show)
        if dryRun {
            let plan = try await engine.plan(request())
            console.clear()
            return try Console.print(HistoryPlanText.text(of: plan))
        }
        let history = try await engine.history(request())
        console.clear()
        try format.write(history, style: shown.measuring.style)
        if history.series.isEmpty { throw ExitStatus.inconclusive }
    }

    /// The arguments as a request to the engine.
    func request() throws -> HistoryRequest { try shown.request(commits.range()) }
}

/// The ways to print a history.
enum HistoryFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json, markdown, csv, benchmark, html, prometheus

    /// Prints a history; what is not a table for people, piece by piece.
    func write(_ history: History, style: TextStyle) throws {
        switch self {
        case .text: try Console.print(HistoryText.text(of: history, width: Console.outputWidth, style: style))
        case .json: try HistoryJSON.write(history, to: Console.print)
        case .markdown: try Console.print(HistoryMarkdown.text(of: history))
        case .csv: try HistoryCSV.write(history, to: Console.print)
        case .benchmark: try HistoryBenchmarks.write(history, to: Console.print)
        case .html: try Console.print(HistoryHTML.text(of: history))
        case .prometheus: try Console.print(HistoryPrometheus.text(of: history))
        }
        if [.csv, .benchmark, .prometheus].contains(self) { Console.printNotes(history.warnings) }
    }
}
