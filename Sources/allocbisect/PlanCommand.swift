import ArgumentParser

/// Shows what a search would do.
struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Show what a search would take, and measure nothing.")
    func run() async throws {}
}
struct Record: AsyncParsableCommand {
    func run() async throws {}
}
struct Demo: AsyncParsableCommand {
    func run() async throws {}
}
struct Doctor: AsyncParsableCommand {
    func run() async throws {}
}
