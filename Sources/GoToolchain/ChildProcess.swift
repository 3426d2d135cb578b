import CLinux
import Subprocess
import SystemPackage

/// One process with everything it starts: run in a session of its own, under limits, and ended as a whole.
///
/// When `run` returns or throws, nothing that the process started is alive. A child's failure is a result; throwing
/// means that it could not be run, or that the task was cancelled.
struct ChildProcess: Sendable {
    /// The executable's path.
    var executable: String
    var arguments: [String]
    var directory: String
    var environment: [String: String]
    var limits: Limits

    /// How a process came to its end.
    enum Ending: Sendable, Hashable {
        case exited(Int32)
        case signalled(Int32)
    }

    /// What is known of a finished process.
    struct Outcome: Sendable {
        var ending: Ending
        /// The limit that ended it, if one did.
        var reached: Limit?
        /// Whether processes that it had started were still alive at its end.
        var leftProcesses: Bool
        /// The beginning and the end of what it wrote to standard error.
        var errorText: String
    }

    enum Limit: Sendable { case time, output }

    /// Runs the process and hands out its standard output line by line, without line breaks, and its standard error
    /// likewise where somebody wants more of it than the outcome's excerpt.
    func run(
        _ onLine: @escaping @Sendable (String) -> Void = { _ in }, onErrorLine: (@Sendable (String) -> Void)? = nil
    ) async throws -> Outcome {
        let group = ProcessGroup()
        let limits = self.limits
        // A process may close its streams and go on, so the clock runs until it has ended. It goes in steps: of the time
        // that this program was stopped for, one step counts.
        let clock = Task {
            var left = limits.time
            while left > .zero {
                let step = min(left, .seconds(1))
                try await Task.sleep(for: step, clock: .suspending)
                left -= step
            }
            group.end(.time)
        }
        defer { clock.cancel() }
        do {
            let result = try await withTaskCancellationHandler {
                try await Subprocess.run(
                    configuration(group), input: .none, output: .sequence, error: .sequence
                ) { execution in
                    let leader = execution.processIdentifier.value
                    if let memory = limits.memory { allocbisect_limit_memory(leader, memory) }
                    group.started(leader)
                    return try await read(execution.standardOutput, execution.standardError, group, onLine, onErrorLine)
                }
            } onCancel: {
                group.end(nil)
            }
            let left = group.finish()
            try Task.checkCancellation()
            return Outcome(
                ending: result.terminationStatus.ending, reached: group.reached, leftProcesses: left,
                errorText: result.closureResult)
        } catch {
            _ = group.finish()
            try Task.checkCancellation()
            throw error
        }
    }

    private func configuration(_ group: ProcessGroup) -> Configuration {
        var options = PlatformOptions()
        options.createSession = true
        let variables = environment.merging([ProcessGroup.variable: group.mark]) { $1 }
        return Configuration(
            executable: .path(FilePath(executable)), arguments: Arguments(arguments),
            environment: .custom(
                Dictionary(uniqueKeysWithValues: variables.map { (Environment.Key(stringLiteral: $0.key), $0.value) })),
            workingDirectory: FilePath(directory), platformOptions: options)
    }

    /// Reads both streams to their end, or until too much was printed, which ends the group.
    ///
    /// The end comes with the process's own: who else holds the streams open does not matter.
    private func read(
        _ output: SubprocessOutputSequence, _ errors: SubprocessOutputSequence, _ group: ProcessGroup,
        _ onLine: @escaping @Sendable (String) -> Void, _ onErrorLine: (@Sendable (String) -> Void)?
    ) async throws -> String {
        let most = limits.output
        async let errorText = {
            var text = Excerpt()
            var lines = LineSplitter()
            var count = 0
            for try await buffer in errors {
                count += buffer.count
                buffer.withUnsafeBytes {
                    text.append($0)
                    if let onErrorLine { lines.append($0, onErrorLine) }
                }
                if count > most {
                    group.end(.output)
                    break
                }
            }
            if let onErrorLine { lines.finish(onErrorLine) }
            return text.description
        }()
        var lines = LineSplitter()
        var count = 0
        for try await buffer in output {
            count += buffer.count
            buffer.withUnsafeBytes { lines.append($0, onLine) }
            if count > most {
                group.end(.output)
                break
            }
        }
        lines.finish(onLine)
        return try await errorText
    }
}

extension TerminationStatus {
    fileprivate var ending: ChildProcess.Ending {
        switch self {
        case .exited(let code): .exited(code)
        case .signaled(let signal): .signalled(signal)
        }
    }
}
