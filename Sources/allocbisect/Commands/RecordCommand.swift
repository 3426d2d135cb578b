import AllocBisectCore
import ArgumentParser
import Foundation
import Measuring
import Reports

/// Measures one commit into the results cache.
struct RecordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record",
        abstract: "Measure one commit into the results cache, as the git hooks do, and print its numbers.")

    @Argument(help: .init("The commit.", valueName: "rev"), completion: RevisionCompletion.kind)
    var revision = "HEAD"

    @OptionGroup var measuring: MeasuringArguments

    @Option(
        help: .init(
            "Measure one of so many parts of the packages, as other machines measure the others.", valueName: "k/n"),
        transform: Shard.init(argument:))
    var shard: Shard?

    @Option(help: .init("How to print the result: text or json.", valueName: "format"))
    var format = OutputFormat.text

    func validate() throws { try measuring.limits.refuseExecutor("A single commit is recorded") }

    func run() async throws {
        let console = measuring.console()
        defer { console.clear() }
        var request = RecordRequest(revision: revision)
        (request.selection, request.measuring) = (try measuring.selection(), try measuring.measuring())
        request.shard = shard
        let recording = try await measuring.engine(console.show).record(request)
        console.clear()
        switch format {
        case .json: try Console.print(try RecordReport.json(of: recording))
        case .text: try Console.print(RecordReport.text(of: recording))
        }
        // A shard may have no package at all.
        if recording.rows.isEmpty, shard == nil || !recording.failures.isEmpty { throw ExitStatus.inconclusive }
    }
}
