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
        let outcome = try await child.run()
        if outcome.reached == .time { return "did not end within \(time)" }
        switch outcome.ending {
        case .exited(0): return nil
        case .exited(let status): return "ended with the status \(status): \(outcome.errorText.firstLines(3))"
        case .signalled(let number): return "was ended by the signal \(number)"
        }
    }
}
