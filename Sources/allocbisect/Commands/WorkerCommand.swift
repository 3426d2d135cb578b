import ArgumentParser
import Fleet
import Foundation

/// Measures for another machine.
struct WorkerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker",
        abstract: "Measure jobs of another machine, as --executor has them.",
        discussion: """
            With a job's file, its records are put beside it; without one, jobs are read from standard input and answered on \
            standard output, as over ssh. What is measured is kept in a mirror of the repository, and recalled.
            """)

    @Argument(
        help: .init("A job's file, which ends in .json.", valueName: "file"), completion: .file(extensions: ["json"]))
    var file: String?

    @Option(
        help: .init(
            "Where mirrors of repositories are kept. (default: allocbisect/mirrors in the folder for caches)",
            valueName: "dir"), completion: .directory)
    var mirrors: String?

    @Option(help: .init("The go command. (default: that of the job where it is here, or go)", valueName: "path"))
    var go: String?

    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        let worker = Worker(
            folder: mirrors.map { URL(filePath: $0).standardizedFileURL.path } ?? Worker.usualFolder(environment),
            environment: environment,
            launcher: try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"), go: go)
        if let file { return try await worker.run(URL(filePath: file).standardizedFileURL.path) }
        // Nobody listens any more where it cannot be printed.
        try await worker.serve(StandardInput.lines) { line in (try? Console.print(line + "\n")) != nil }
    }
}
