import AllocBisectCore
import ArgumentParser
import Benchmarks
import Foundation
import Git
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

    @OptionGroup var metric: MetricArguments
    @OptionGroup var explaining: ExplainingArguments

    @Option(help: .init("How to print the result: text, json or markdown.", valueName: "format"))
    var format = DocumentFormat.text

    func run() async throws {
        let console = Console()
        defer { console.clear() }
        let comparison = try await measuring.engine(console.show).explain(request())
        console.clear()
        switch format {
        case .json: try Console.print(try ExplainReport.json(of: comparison))
        case .text: try Console.print(ExplainReport.text(of: comparison, style: Console.style))
        case .markdown: try Console.print(ExplainReport.markdown(of: comparison))
        }
        if comparison.series.isEmpty {
            throw comparison.compared == 0 ? ExitStatus.inconclusive : ExitStatus.notCrossed
        }
    }

    /// The commit, or both of them in one word.
    var compared: String { [first, second].compactMap { $0 }.joined(separator: "..") }

    /// The arguments as a request to the engine.
    func request() throws -> ComparisonRequest {
        if second != nil, [first, second].contains(where: { $0.map(RevisionRange.isRange) ?? false }) {
            throw ValidationError("Name one commit, or two as in A..B; packages come after -p, or after -- at the end.")
        }
        var request = ComparisonRequest(revision: compared)
        request.selection = try measuring.selection()
        request.metrics = metric.followed
        request.measuring = try measuring.measuring()
        request.wantsProof = explaining.prove
        request.wantsCPUProfile = explaining.profile == .cpu
        return request
    }
}
