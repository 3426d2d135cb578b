import Foundation
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// The built program, run as a user runs it.
enum Program {
    /// What came of a run.
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

    /// Runs the program to its end, or until it is sent a signal.
    static func run(
        _ arguments: [String], in directory: String, environment: [String: String] = Program.environment,
        signal: (number: Int32, after: Duration)? = nil
    ) async throws -> Outcome {
        let before = changesNothing(arguments) ? RepositoryState(around: directory) : nil
        let outcome = try await command(
            folder.appending(path: "allocbisect").path, arguments, in: directory, environment: environment,
            signal: signal)
        if let before, let after = RepositoryState(around: directory) {
            #expect(after.changes(since: before) == [], "\(arguments) changed the user's repository")
        }
        return outcome
    }

    /// Whether a command leaves the user's repository as it is: all do that are not about hooks or notes, and write no file
    /// of the user's choice.
    private static func changesNothing(_ arguments: [String]) -> Bool {
        !["hook", "share", "demo"].contains(arguments.first) && !arguments.contains { ["-o", "--output"].contains($0) }
    }

    /// Runs a shell's command line to its end.
    static func shell(
        _ line: String, in directory: String, environment: [String: String] = Program.environment
    ) async throws -> Outcome {
        try await command("/bin/sh", ["-c", line], in: directory, environment: environment, signal: nil)
    }

    private static func command(
        _ path: String, _ arguments: [String], in directory: String, environment: [String: String],
        signal: (number: Int32, after: Duration)?
    ) async throws -> Outcome {
        let variables = environment.map { (Environment.Key(stringLiteral: $0.key), $0.value) }
        let result = try await Subprocess.run(
            Configuration(
                executable: .path(FilePath(path)), arguments: Arguments(arguments),
                environment: .custom(Dictionary(uniqueKeysWithValues: variables)),
                workingDirectory: FilePath(directory)),
            input: .none, output: .string(limit: 16 << 20), error: .string(limit: 16 << 20)
        ) { execution in
            guard let signal else { return }
            try await Task.sleep(for: signal.after)
            kill(execution.processIdentifier.value, signal.number)
        }
        let status: Int32 =
            switch result.terminationStatus {
            case .exited(let code): code
            case .signaled(let number): 128 + number
            }
        return Outcome(status: status, output: result.standardOutput, errors: result.standardError)
    }
}
