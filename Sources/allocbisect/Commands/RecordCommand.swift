import AllocBisectCore
import ArgumentParser
import Foundation
import Measuring
import Reports

/// Measures one commit into the results cache.
struct RecordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record",
        abstract: "Measure one commit, as the git hooks do, store the results in the cache and print them.")

    @Argument(help: .init("The commit.", valueName: "rev"), completion: RevisionCompletion.kind)
    var revision = "HEAD"

    @OptionGroup var measuring: MeasuringArguments

    @Option(
        help: .init("Measure part K of N of the packages; other machines measure the rest.", valueName: "k/n"),
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
        let measurements = try await measuring.engine(console.show).record(request)
        console.clear()
        switch format {
        case .json: try Console.print(try RecordJSON.text(of: measurements))
        case .text: try Console.print(RecordText.text(of: measurements))
        }
        // A shard may have no package at all.
        if measurements.rows.isEmpty, shard == nil || !measurements.failures.isEmpty { throw ExitStatus.inconclusive }
    }
}
