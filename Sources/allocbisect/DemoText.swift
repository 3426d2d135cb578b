import Benchmarks
import Demo
import Foundation
import Git

/// What the demo says before and after the search.
struct DemoText {
    private let demo: DemoRepository
    private let command: String
    private let options: [String]

    /// The text about a repository that is searched with some options.
    init(_ demo: DemoRepository, options: [String]) {
        self.demo = demo
        self.options = options
        // As the reader can repeat it: a program that isn't found on PATH is named by its place.
        let program = CommandLine.arguments.first ?? "allocbisect"
        command = program.contains("/") ? URL(filePath: program).standardizedFileURL.path : program
    }

    /// What was seeded, and what happens next.
    var introduction: String {
        """
        Made a Go repository in \(demo.path).
        It holds an order book, a price feed and a report printer. Of its \(demo.commits.count) commits, three made \
        something worse:

        \(faults { $0.cause })

        The search is given only the range:

            \(search)


        """
    }

    /// The command line that searches the repository.
    var search: String { "cd \(demo.path.shellQuoted) && \(commandLine())" }

    /// Whether the search was right, and what to do with the repository next.
    func conclusion(isSolved: Bool) -> String {
        """

        \(isSolved ? "These are the three seeded commits, and no other." : correction)

        The repository stays where it is, with its measurements. To continue:

            cd \(demo.path.shellQuoted)

            # follow bytes instead of counts
            \(commandLine("-m", "B/op"))

            # name the merge when the culprit is on a side branch
            \(commandLine("--first-parent"))

            # measure every commit that can matter, and name every crossing
            \(commandLine("--all"))

        """
    }

    private var correction: String {
        """
        These are the seeded commits, which were not found exactly:

        \(faults { "\($0.commit.short) \($0.subject)" })
        """
    }

    private func faults(_ column: (DemoRepository.Fault) -> String) -> String {
        let metricWidth = demo.faults.map(\.metric.unit.count).max() ?? 0
        let packageWidth = demo.faults.map(\.package.count).max() ?? 0
        let lines = demo.faults.map { fault in
            let metric = fault.metric.unit.padding(toLength: metricWidth, withPad: " ", startingAt: 0)
            let package = fault.package.padding(toLength: packageWidth, withPad: " ", startingAt: 0)
            return "    \(metric)  \(package)  \(column(fault))"
        }
        return lines.joined(separator: "\n")
    }

    private func commandLine(_ further: String...) -> String {
        ([command, demo.range] + further + options).map(\.shellQuoted).joined(separator: " ")
    }
}
