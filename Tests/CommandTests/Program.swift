import Foundation
import TestSupport

/// The built program, run as a user runs it.
struct Program {
    /// What came of a run.
    struct Outcome {
        let status: Int32
        let output: String
        let errors: String

        /// The output as a JSON object.
        func json() throws -> [String: Any] {
            try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any] ?? [:]
        }
    }

    /// The folder that holds the program, beside the tests' own.
    static let folder: URL = {
        let tests = Bundle.main.executableURL ?? URL(filePath: CommandLine.arguments[0])
        return tests.resolvingSymlinksInPath().deletingLastPathComponent()
    }()

    static var path: String { folder.appending(path: "allocbisect").path }

    /// The environment of every run: the program and the first Go on PATH.
    static var environment: [String: String] {
        var variables = ProcessInfo.processInfo.environment
        let go = GoCommands.all.first.map { URL(filePath: $0).deletingLastPathComponent().path }
        variables["PATH"] = [folder.path, go, variables["PATH"]].compactMap { $0 }.joined(separator: ":")
        variables["GIT_CONFIG_GLOBAL"] = "/dev/null"
        return variables
    }

    /// Runs the program to its end.
    static func run(
        _ arguments: [String], in directory: String, environment: [String: String] = Program.environment
    ) throws -> Outcome {
        try shell(path, arguments, in: directory, environment: environment)
    }

    /// Runs any command to its end.
    static func shell(
        _ command: String, _ arguments: [String], in directory: String,
        environment: [String: String] = Program.environment
    ) throws -> Outcome {
        let running = try Running(command: command, arguments, in: directory, environment: environment)
        return try running.finish()
    }
}

/// A process that was started and can be signalled.
final class Running {
    private let process = Process()
    private let folder: URL

    init(
        command: String = Program.path, _ arguments: [String], in directory: String,
        environment: [String: String] = Program.environment
    ) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "allocbisect-run-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for name in ["out", "err"] { try Data().write(to: folder.appending(path: name)) }
        process.executableURL = URL(filePath: command)
        process.arguments = arguments
        process.currentDirectoryURL = URL(filePath: directory)
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: folder.appending(path: "out"))
        process.standardError = try FileHandle(forWritingTo: folder.appending(path: "err"))
        try process.run()
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    var isRunning: Bool { process.isRunning }

    /// Waits for the end. A signal's number counts above 128, as in a shell.
    func finish() throws -> Program.Outcome {
        process.waitUntilExit()
        let isSignal = process.terminationReason == .uncaughtSignal
        return Program.Outcome(
            status: process.terminationStatus + (isSignal ? 128 : 0),
            output: String(decoding: try Data(contentsOf: folder.appending(path: "out")), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: folder.appending(path: "err")), as: UTF8.self))
    }
}
