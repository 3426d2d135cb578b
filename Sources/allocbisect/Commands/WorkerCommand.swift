import ArgumentParser
import Fleet
import Foundation

/// Measures for another machine.
struct WorkerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker",
        abstract: "Run measurement jobs for another machine's --executor.",
        discussion: """
            With a job file, the records are written beside it; without one, jobs are read from standard input and \
            answered on standard output, as over ssh. Results are kept in a mirror of the repository and reused.
            """)

    @Argument(
        help: .init("A job file, which ends in .json.", valueName: "file"), completion: .file(extensions: ["json"]))
    var file: String?

    @Option(
        help: .init(
            "Where mirrors of repositories are kept. (default: allocbisect/mirrors in the folder for caches)",
            valueName: "dir"), completion: .directory)
    var mirrors: String?

    @Option(help: .init("The go command. (default: the job's, if it exists here, or go)", valueName: "path"))
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
