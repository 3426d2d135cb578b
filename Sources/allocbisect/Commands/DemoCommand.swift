import AllocBisectCore
import ArgumentParser
import Demo
import Foundation
import Git
import Measuring

/// Makes a small Go repository with three seeded faults, and runs a search on it.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Make a small Go repository in which three commits made something worse, and find them.",
        discussion: """
            The repository stays where it was made, so that you can go on experimenting with it. Nothing is fetched from the \
            network. The exit status is 0 if exactly the seeded commits were found.
            """)

    @Option(help: .init("Where to make it: a new or an empty folder. (default: a temporary one)", valueName: "dir"))
    var directory: String?

    @Option(help: .init("The go command to use. (default: go on PATH)", valueName: "path"))
    var go: String?

    @Option(
        name: [.customShort("j"), .customLong("jobs")], help: .init("Commits measured at once.", valueName: "n"),
        transform: Int.init(countArgument:))
    var jobs: Int?

    func run() async throws {
        let demo = try DemoRepository(at: directory ?? DemoCommand.temporaryDirectory)
        let text = DemoText(demo, options: options)
        try Console.print(text.introduction)
        let search = try SearchArguments.parse([demo.range, "-C", demo.path] + options)
        let verdict: Verdict
        do {
            verdict = try await search.find(ExplainingArguments.parse([]), format: .text, continuing: text.search)
        } catch is CancellationError {
            throw CoreError(.interrupted, "Interrupted before anything was measured. To search, run: \(text.search)")
        }
        let isSolved = verdict.solves(demo)
        try Console.print(text.conclusion(isSolved: isSolved))
        if !isSolved { throw ExitStatus.inconclusive }
    }

    /// What the search is given besides the range, as the user would write it.
    private var options: [String] {
        let go = go.map { $0.contains("/") ? URL(filePath: $0).standardizedFileURL.path : $0 }
        return (go.map { ["--go", $0] } ?? []) + (jobs.map { ["-j", "\($0)"] } ?? [])
    }

    private static var temporaryDirectory: String {
        let name = "allocbisect-demo-" + UUID().uuidString.prefix(8).lowercased()
        return FileManager.default.temporaryDirectory.appending(path: name).path
    }
}

extension Verdict {
    /// Whether it named every seeded fault, confirmed, and no other commit.
    fileprivate func solves(_ demo: DemoRepository) -> Bool {
        let culprits = series.flatMap(\.culprits)
        let isSettled = series.allSatisfy { $0.outcome == .found || $0.outcome == .notCrossed }
        return isSettled && culprits.allSatisfy(\.confirmed)
            && demo.isSolved(
                by: series.flatMap { series in
                    series.culprits.map { culprit in
                        .init(culprit.commit.id, series.metric, package: series.package, benchmark: series.benchmark)
                    }
                })
    }
}
