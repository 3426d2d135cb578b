import Foundation
import Subprocess
import Synchronization
import SystemPackage
import TestSupport
import Testing

/// The built program, run as a user runs it.
enum Program {
    /// The result of a run.
    struct Outcome {
        /// The exit status; a signal's number counts above 128, as in a shell.
        let status: Int32
        let output: String
        let errors: String

        /// The output as a JSON object.
        func json() throws -> [String: Any] {
            try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any] ?? [:]
        }

        /// The culprits that a search names as JSON for the first series of a benchmark.
        func culprits(of benchmark: String) throws -> [String] {
            let series = try json()["series"] as? [[String: Any]] ?? []
            let found = series.first { $0["benchmark"] as? String == benchmark }
            return (found?["culprits"] as? [[String: Any]] ?? []).compactMap { $0["commit"] as? String }
        }
    }

    /// The folder that holds the program: that of `ALLOCBISECT_PROGRAM`, which names an optimised build where changes
    /// are checked, or else the tests' own.
    static let folder: URL = {
        let named = ProcessInfo.processInfo.environment["ALLOCBISECT_PROGRAM"].map { URL(filePath: $0) }
        let tests = Bundle.main.executableURL ?? URL(filePath: CommandLine.arguments[0])
        return (named ?? tests).resolvingSymlinksInPath().deletingLastPathComponent()
    }()

    /// The environment of every run: the program and the first Go on PATH.
    static var environment: [String: String] {
        var variables = ProcessInfo.processInfo.environment
        let go = GoCommands.all.first.map { URL(filePath: $0).deletingLastPathComponent().path }
        variables["PATH"] = [folder.path, go, variables["PATH"]].compactMap { $0 }.joined(separator: ":")
        variables["GIT_CONFIG_GLOBAL"] = "/dev/null"
        return variables
    }

    /// A signal, and when to send it: as soon as this says so of what the run has written to standard error by then.
    typealias Interruption = (signal: Int32, isDue: @Sendable (_ errors: String) async throws -> Bool)

    /// Runs the program to its end, or until it is sent a signal.
    static func run(
        _ arguments: [String], in directory: String, environment: [String: String] = Program.environment,
        interruption: Interruption? = nil
    ) async throws -> Outcome {
        let before = changesNothing(arguments) ? RepositoryState(around: directory) : nil
        let outcome = try await command(
            folder.appending(path: "allocbisect").path, arguments, in: directory, environment: environment,
            interruption: interruption)
        if let before, let after = RepositoryState(around: directory) {
            #expect(after.changes(since: before) == [], "\(arguments) changed the user's repository")
        }
        if !outcome.output.isEmpty, arguments.contains("json"), Tool.isAsked(SchemaCheck.program) {
            try await expectSchema(of: outcome)
        }
        return outcome
    }

    /// The schemas by the name of the command, once they were asked for.
    private static let schemas = Mutex<[String: String]>([:])

    /// Checks a document against the schema of the command that it names.
    private static func expectSchema(of outcome: Outcome) async throws {
        guard let command = try outcome.json()["command"] as? String else { return }
        let name = String(command.prefix { $0 != " " })
        var schema = schemas.withLock { $0[name] }
        if schema == nil {
            schema = try await run(["schema", name], in: NSTemporaryDirectory()).output
            schemas.withLock { [schema] in $0[name] = schema }
        }
        #expect(try SchemaCheck.refusals(of: [outcome.output], by: schema ?? "") == [:])
    }

    /// Whether a command leaves the user's repository as it is: all do that are not about hooks or notes, and write no file
    /// of the user's choice.
    private static func changesNothing(_ arguments: [String]) -> Bool {
        !["hook", "share", "demo", "init"].contains(arguments.first)
            && !arguments.contains { ["-o", "--output"].contains($0) }
    }

    /// Runs a shell's command line to its end.
    static func shell(
        _ line: String, in directory: String, environment: [String: String] = Program.environment
    ) async throws -> Outcome {
        try await command("/bin/sh", ["-c", line], in: directory, environment: environment)
    }

    /// How many measurements the results cache of a repository has, which tells how far a run is.
    static func measurements(in directory: String) async throws -> Int {
        let statistics = try await shell("allocbisect cache stats --format json", in: directory)
        return statistics.status == 0 ? try statistics.json()["measurements"] as? Int ?? 0 : 0
    }

    private static func command(
        _ path: String, _ arguments: [String], in directory: String, environment: [String: String],
        interruption: Interruption? = nil
    ) async throws -> Outcome {
        // Files can be read while the program goes on writing, and end with it whoever else holds them open.
        let (output, errors) = (try OutputFile(), try OutputFile())
        defer {
            output.remove()
            errors.remove()
        }
        let variables = environment.map { (Environment.Key(stringLiteral: $0.key), $0.value) }
        let result = try await Subprocess.run(
            Configuration(
                executable: .path(FilePath(path)), arguments: Arguments(arguments),
                environment: .custom(Dictionary(uniqueKeysWithValues: variables)),
                workingDirectory: FilePath(directory)),
            input: .none, output: .fileDescriptor(output.descriptor, closeAfterSpawningProcess: true),
            error: .fileDescriptor(errors.descriptor, closeAfterSpawningProcess: true)
        ) { execution in
            let process = execution.processIdentifier.value
            if let interruption {
                let deadline = ContinuousClock.now + .seconds(180)
                while !hasEnded(process) {
                    let isLate = ContinuousClock.now > deadline
                    if isLate {
                        Issue.record("the moment for signal \(interruption.signal) did not come: \(try errors.text())")
                    }
                    if try await interruption.isDue(errors.text()) || isLate {
                        kill(process, interruption.signal)
                        break
                    }
                    try await Task.sleep(for: .milliseconds(20))
                }
            }
            // One that never ends fails its own test, and keeps none from being run.
            let deadline = ContinuousClock.now + .seconds(900)
            while !hasEnded(process) {
                if ContinuousClock.now > deadline {
                    Issue.record("\(path) \(arguments) did not end: \(try errors.text())")
                    kill(process, SIGKILL)
                    break
                }
                try await Task.sleep(for: .milliseconds(20))
            }
        }
        let status: Int32 =
            switch result.terminationStatus {
            case .exited(let code): code
            case .signaled(let number): 128 + number
            }
        return Outcome(status: status, output: try output.text(), errors: try errors.text())
    }

    /// A new file that a process writes to.
    private struct OutputFile: Sendable {
        private let url = FileManager.default.temporaryDirectory.appending(
            path: "allocbisect-output-\(UUID().uuidString)")
        let descriptor: FileDescriptor

        init() throws {
            descriptor = try .open(
                FilePath(url.path), .writeOnly, options: [.create, .append, .closeOnExec],
                permissions: [.ownerReadWrite])
        }

        func text() throws -> String { String(decoding: try Data(contentsOf: url), as: UTF8.self) }
        func remove() { try? FileManager.default.removeItem(at: url) }
    }

    /// Whether a process that we started has ended, which leaves it to others to wait for it.
    private static func hasEnded(_ process: pid_t) -> Bool {
        var state = siginfo_t()
        return waitid(P_PID, id_t(process), &state, WEXITED | WNOHANG | WNOWAIT) != 0 || state.si_signo != 0
    }
}
