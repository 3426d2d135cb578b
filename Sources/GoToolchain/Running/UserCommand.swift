import Foundation

/// A command that the user has set, run as git runs the commands of its own settings.
public enum UserCommand {
    /// Runs a command line with one more argument, which no shell takes apart, and waits for its end.
    ///
    /// - Parameters:
    ///   - line: A shell's command line; the argument comes after its last word.
    ///   - argument: Any text.
    ///   - time: How long it may take before it is ended.
    /// - Returns: What went wrong, in words that complete "the command …"; nil when it succeeded.
    /// - Throws: When there is no shell, or on cancellation.
    public static func run(
        _ line: String, argument: String, in directory: String, environment: [String: String], time: Duration
    ) async throws -> String? {
        let child = ChildProcess(
            executable: "/bin/sh", arguments: ["-c", line + " \"$@\"", line, argument], directory: directory,
            environment: environment, limits: Limits(time: time))
        return try await child.run().trouble(within: time)
    }
}

extension UserCommand {
    /// Runs a program of the user's own, and waits for its end.
    ///
    /// - Parameters:
    ///   - command: The program's name, and its arguments.
    ///   - time: How long it may take before it is ended.
    /// - Returns: What it printed, and what went wrong, in words that complete "the command …"; nil when it succeeded.
    /// - Throws: When there is no such program, or on cancellation.
    public static func output(
        of command: [String], in directory: String, environment: [String: String], time: Duration = .seconds(60)
    ) async throws -> (text: String, trouble: String?) {
        let lines = Lines()
        let child = ChildProcess(
            executable: "/usr/bin/env", arguments: ["--"] + command, directory: directory, environment: environment,
            limits: Limits(time: time))
        let outcome = try await child.run(lines.append)
        return (lines.joined, outcome.trouble(within: time))
    }
}

extension ChildProcess.Outcome {
    /// What went wrong with a command of the user's, in words that complete "the command …"; nil when it succeeded.
    func trouble(within time: Duration) -> String? {
        if reached == .time { return "did not end within \(time)" }
        let said = errorText.firstLines(3)
        switch ending {
        case .exited(0): return nil
        case .exited(let status): return "ended with the status \(status)" + (said.isEmpty ? "" : ": \(said)")
        case .signalled(let number): return "was ended by the signal \(number)"
        }
    }
}

extension UserCommand {
    /// Shows a file with the program that the desktop has for it.
    ///
    /// That program may be the one that stays until the user closes it, so it goes on by itself: only a failure within
    /// the first seconds is noticed.
    ///
    /// - Parameter path: The file's absolute path.
    /// - Returns: What went wrong, as a sentence; nil when nothing did so far.
    public static func open(_ path: String, environment: [String: String]) async -> String? {
        #if os(macOS)
            let name = "open"
        #else
            let name = "xdg-open"
        #endif
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [name, path]
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let ends = AsyncStream<Int32> { ends in
            process.terminationHandler = {
                ends.yield($0.terminationStatus)
                ends.finish()
            }
        }
        do { try process.run() } catch { return "\(error.localizedDescription)." }
        let status = await withTaskGroup(of: Int32?.self) { tasks in
            tasks.addTask { await ends.first { _ in true } }
            tasks.addTask {
                // Cancelled when the program ends before.
                try? await Task.sleep(for: .seconds(3))
                return nil
            }
            defer { tasks.cancelAll() }
            return await tasks.next() ?? nil
        }
        switch status {
        case nil, 0: return nil
        case 127: return "there is no \(name) on this machine. Open the file in a browser."
        case let status?: return "\(name) ended with the status \(status). Open the file in a browser."
        }
    }
}
