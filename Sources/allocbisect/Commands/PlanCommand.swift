import AllocBisectCore
import ArgumentParser
import Foundation
import Reports

/// Shows what a search would do.
struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Show what a search would take, and measure nothing. Works in any git repository.")

    @OptionGroup var search: SearchArguments

    @Option(help: .init("How to print the result: text or json.", valueName: "format"))
    var format = OutputFormat.text

    func run() async throws {
        let plan = try await search.measuring.engine { _ in }.plan(search.request())
        switch format {
        case .json: try Console.print(try PlanJSON.text(of: plan))
        case .text: try Console.print(PlanText.text(of: plan, command: search.command))
        }
    }
}
