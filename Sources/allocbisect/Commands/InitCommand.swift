import AllocBisectCore
import ArgumentParser
import Foundation
import Reports

/// Writes the files that have every change checked.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Write a policy, and the jobs that check every change by it on GitHub or GitLab.",
        discussion: """
            Which of the two it is, the remote origin tells; elsewhere the policy is written alone. Files that are there \
            already stay as they are.
            """)

    @Option(name: [.customShort("C")], help: .init("Work as if started in this folder.", valueName: "dir"))
    var directory = "."

    func run() throws {
        let directory = URL(filePath: directory).standardizedFileURL.path
        let runner = Forge(around: directory)?.runner
        let engine = Engine(directory: directory, environment: [:]) { _ in }
        let files = try engine.writeCheckFiles(for: runner, version: AllocBisect.number)
        try Console.print(InitReport.text(of: files, for: runner))
    }
}
