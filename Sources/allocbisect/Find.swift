import AllocBisectCore
import ArgumentParser
import Foundation
import Reports

/// Finds every crossing in a range and names each culprit.
struct Find: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Find every crossing in a range and name each culprit. This is what 'allocbisect good..bad' does.")

    @OptionGroup var search: SearchArguments

    @Flag(help: "Leave out the explanation of each culprit.")
    var noExplain = false

    func run() async throws {
        let verdict = try await search.find()
        throw ExitStatus(verdict.outcome)
    }
}

extension SearchArguments {
    /// Runs the search and prints what came of it.
    func find() async throws -> Verdict {
        let console = Console(isQuiet: measuring.format == .json)
        var session = try await Session(
            request(), environment: ProcessInfo.processInfo.environment, events: console.show)
        defer { console.clear() }
        let verdict = try await session.run()
        console.clear()
        switch measuring.format {
        case .json: try Console.print(try FindJSON.text(of: verdict))
        case .text: try Console.print(FindText.text(of: verdict, range: range, style: Console.style))
        }
        return verdict
    }
}
