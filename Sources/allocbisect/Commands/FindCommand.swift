import AllocBisectCore
import ArgumentParser
import Foundation
import Git
import Measuring
import Reports

/// Finds every crossing in a range and names each culprit.
struct FindCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "find",
        abstract: "Find every crossing in a range and name each culprit. This is what 'allocbisect good..bad' does.")

    @OptionGroup var search: SearchArguments
    @OptionGroup(title: "Explanations") var explaining: ExplainingArguments

    @Flag(help: "Leave out the explanation of each culprit.")
    var noExplain = false

    @Option(help: .init("How to print the result: text, json or markdown.", valueName: "format"))
    var format = DocumentFormat.text

    func run() async throws {
        do {
            let verdict = try await search.find(explaining, isExplained: !noExplain, format: format)
            throw ExitStatus(verdict.outcome)
        } catch let error as GitError where error.code == .unknownRevision {
            try search.commits.refuseMistypedCommand()
            throw error
        }
    }
}

/// The arguments that say how far explanations go.
struct ExplainingArguments: ParsableArguments {
    @Flag(help: "Revert each culprit at the bad end, in a worktree, and see whether the number comes back.")
    var prove = false

    @Option(help: .init("Keep another profile of both commits: cpu.", valueName: "kind"))
    var profile: FurtherProfile?

    /// The profiles that are not taken anyway.
    enum FurtherProfile: String, ExpressibleByArgument, CaseIterable { case cpu }
}

extension SearchArguments {
    /// The arguments as a request to the engine, with how far its explanations go.
    func request(_ explaining: ExplainingArguments, isExplained: Bool) throws -> SearchRequest {
        var request = try request()
        request.wantsExplanations = isExplained
        request.wantsProof = explaining.prove
        request.wantsCPUProfile = explaining.profile == .cpu
        return request
    }

    /// Runs the search and prints the result.
    ///
    /// - Parameter continuing: The command that goes on after an interruption; nil for the user's own.
    func find(
        _ explaining: ExplainingArguments, isExplained: Bool = true, format: DocumentFormat, continuing: String? = nil
    ) async throws -> Verdict {
        let console = measuring.console()
        defer { console.clear() }
        var request = try request(explaining, isExplained: isExplained)
        request.measuring.continuing = continuing
        let verdict = try await measuring.engine(console.show).find(request)
        console.clear()
        switch format {
        case .json: try Console.print(try FindJSON.text(of: verdict))
        case .text: try Console.print(FindText.text(of: verdict, command: command, style: measuring.style))
        case .markdown: try Console.print(FindMarkdown.text(of: verdict, command: command))
        }
        return verdict
    }
}
