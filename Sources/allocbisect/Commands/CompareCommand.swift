import AllocBisectCore
import ArgumentParser
import Foundation
import Git
import Reports

/// Compares two commits, or a commit and the work tree as it is.
struct CompareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Compare two commits, or a commit and the work tree as it is, and explain what got worse.",
        discussion: """
            Without commits, HEAD is compared with the work tree: with what is staged, what is not, and untracked files \
            that git does not ignore. With one, that commit is; with two, they are compared, whether or not one descends \
            from the other.
            """)

    @Argument(
        help: .init("The earlier commit. (default: HEAD)", valueName: "rev"), completion: RevisionCompletion.kind)
    var before: String?

    @Argument(
        help: .init("The later commit. (default: the work tree)", valueName: "rev"),
        completion: RevisionCompletion.kind)
    var after: String?

    @OptionGroup var measuring: MeasuringArguments

    @OptionGroup(title: "Metrics and bounds") var series: SeriesArguments

    @Option(
        help: .init(
            "Measure no longer than this, as in 5m; or how many runs a timed series takes at most, as in 200runs.",
            valueName: "budget"))
    var budget: String?

    @Flag(help: "Also show what is the same.")
    var everything = false

    @Flag(help: "Leave out the explanations of what got worse.")
    var noExplain = false

    @Option(help: .init("How to print the result: text, json or markdown.", valueName: "format"))
    var format = DocumentFormat.text

    func validate() throws {
        try measuring.limits.refuseExecutor("Two commits are compared")
        _ = try budget.map { try Budget(argument: $0) }
        if let range = [before, after].compactMap({ $0 }).first(where: RevisionRange.isRange) {
            throw ValidationError("'\(range)' is a range. Name two commits, as in: allocbisect compare main HEAD")
        }
    }

    func run() async throws {
        let console = measuring.console()
        defer { console.clear() }
        let compared = try await measuring.engine(console.show).compare(request())
        console.clear()
        switch format {
        case .json: try Console.print(try CompareJSON.text(of: compared))
        case .text:
            try Console.print(
                CompareText.text(
                    of: compared, everything: everything, width: Console.outputWidth, style: measuring.style))
        case .markdown: try Console.print(CompareMarkdown.text(of: compared, everything: everything))
        }
        throw ExitStatus(compared.verdict.outcome)
    }

    /// The arguments as a request to the engine.
    func request() throws -> CompareRequest {
        var request = CompareRequest(before: before, after: after, thresholds: try series.rules())
        request.selection = try measuring.selection()
        request.metrics = try series.followed(measuring.running)
        request.measuring = try measuring.measuring(following: request.metrics)
        request.usesInputClasses = !series.noInputClasses
        switch try budget.map({ try Budget(argument: $0) }) {
        case .time(let time): request.budget = time
        case .runs(let runs): request.mostRuns = runs
        case nil: break
        }
        request.wantsExplanations = !noExplain
        return request
    }
}
