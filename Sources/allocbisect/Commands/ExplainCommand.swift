import AllocBisectCore
import ArgumentParser
import Benchmarks
import Foundation
import Reports

/// Explains what differs between a commit and its first parent, or between any two commits.
struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explain what a commit changed: by line, by what the compiler says, and by kind of cause.")

    @Argument(
        help: .init("A commit to compare with its first parent; or two, as in A..B.", valueName: "rev"),
        completion: RevisionCompletion.kind)
    var first = "HEAD"

    @Argument(help: .init("The second commit, as in A B.", valueName: "rev"), completion: RevisionCompletion.kind)
    var second: String?

    @OptionGroup var measuring: MeasuringArguments

    @OptionGroup(title: "Metrics") var metric: MetricArguments
    @OptionGroup(title: "Explanations") var explaining: ExplainingArguments

    @Option(help: .init("How to print the result: text, json or markdown.", valueName: "format"))
    var format = DocumentFormat.text

    func validate() throws {
        _ = try compared()
        try measuring.limits.refuseExecutor("A commit is explained")
    }

    func run() async throws {
        let console = measuring.console()
        defer { console.clear() }
        let comparison = try await measuring.engine(console.show).explain(request())
        console.clear()
        switch format {
        case .json: try Console.print(try ExplainJSON.text(of: comparison))
        case .text: try Console.print(ExplainText.text(of: comparison, style: measuring.style))
        case .markdown: try Console.print(ExplainMarkdown.text(of: comparison))
        }
        if comparison.series.isEmpty {
            throw comparison.compared == 0 ? ExitStatus.inconclusive : ExitStatus.notCrossed
        }
    }

    /// The commit, or both of them in one word.
    func compared() throws -> String { try RevisionArguments.joined(first, second) ?? first }

    /// The arguments as a request to the engine.
    func request() throws -> ComparisonRequest {
        var request = ComparisonRequest(revision: try compared())
        request.selection = try measuring.selection()
        request.metrics = metric.followed(measuring.running)
        request.measuring = try measuring.measuring()
        request.wantsProof = explaining.prove
        request.wantsCPUProfile = explaining.profile == .cpu
        return request
    }
}
