import AllocBisectCore
import ArgumentParser
import Foundation
import Reports

/// Writes the files that have every change checked.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Write a policy, and the CI jobs that check every change against it on GitHub or GitLab.",
        discussion: """
            The remote origin tells which of the two it is, unless --forge does; elsewhere only the policy is written. \
            Existing files stay as they are.
            """)

    @Option(name: [.customShort("C")], help: .init("Work as if started in this folder.", valueName: "dir"))
    var directory = "."

    @Option(help: .init("What runs the checks: github or gitlab. (default: as the remote origin says)"))
    var forge: CheckingForge?

    func run() throws {
        let directory = URL(filePath: directory).standardizedFileURL.path
        let runner = forge?.runner ?? Forge(around: directory)?.runner
        let engine = Engine(directory: directory, environment: [:]) { _ in }
        let files = try engine.writeCheckFiles(for: runner, version: AllocBisect.number)
        try Console.print(InitText.text(of: files, for: runner))
    }
}

/// The forges that run checks.
enum CheckingForge: String, ExpressibleByArgument, CaseIterable {
    case github, gitlab

    /// What is written for it.
    var runner: CheckFile.Runner {
        switch self {
        case .github: .gitHub
        case .gitlab: .gitLab
        }
    }
}
