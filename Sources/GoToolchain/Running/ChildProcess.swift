import Subprocess
import SystemPackage

/// One process with everything it starts: run in a session of its own, under limits, and ended as a whole.
///
/// When `run` returns or throws, nothing that the process started is alive. A child's failure is a result; throwing
/// means that it could not be run, or that the task was cancelled.
struct ChildProcess: Sendable {
    /// The path of what is run; PATH is not searched.
    var executable: String
    var arguments: [String]
    var directory: String
    var environment: [String: String]
    var limits: Limits
    /// What it may see and change; nil for what this program may.
    var box: Box?
    /// The command line that runs the box and watches it from outside, and tells its end as a shell does; empty for none.
    var watcher: [String] = []

    /// How a process came to its end.
    enum Ending: Sendable, Hashable {
        case exited(Int32)
        case signalled(Int32)

        /// What a shell means by it, which tells signals by its own exit.
        var asShellsTell: Ending {
            if case .exited(let code) = self, (129...159).contains(code) { .signalled(code - 128) } else { self }
        }
    }

    /// What is known of a finished process.
    struct Outcome: Sendable {
        var ending: Ending
        /// The limit that ended it, if one did.
        var reached: Limit?
        /// Whether processes that it had started were still alive at its end. Of a box that ends with all that is in it,
        /// it is not known.
        var leftProcesses: Bool
        /// The beginning and the end of what it wrote to standard error.
        var errorText: String
    }

    enum Limit: Sendable { case time, output, memory, processes }

    /// Runs the process and hands out its standard output line by line, without line breaks, and its standard error
    /// likewise where somebody wants more of it than the outcome's excerpt.
    ///
    /// - Throws: `GoError` when its box cannot be made.
    func run(
        _ onLine: @escaping @Sendable (String) -> Void = { _ in }, onErrorLine: (@Sendable (String) -> Void)? = nil
    ) async throws -> Outcome {
        var outcome = try await start(onLine, onErrorLine)
        if !watcher.isEmpty { outcome.ending = outcome.ending.asShellsTell }
        guard let box else { return outcome }
        outcome.ending = box.ending(outcome.ending)
        // The words may also be those of what ran in it: then another process finds the box well.
        if outcome.ending == .exited(1), !box.troubleMark.isEmpty, outcome.errorText.hasPrefix(box.troubleMark) {
            var other = self
            (other.executable, other.arguments, other.directory) = ("/bin/sh", ["-c", ":"], "/")
            let trial = try await other.start({ _ in }, nil)
            guard trial.ending == .exited(0) else {
                throw GoError(
                    .sandbox,
                    "The box for old code cannot be made: \(trial.errorText.firstLines(1)). Run 'allocbisect doctor', "
                        + "or do without the box: --sandbox off.")
            }
        }
        return outcome
    }

    /// Starts the process, as soon as nobody has its file open for writing any more.
    ///
    /// A file that was written and closed is still open in a child that was forked meanwhile and has not come to its own
    /// program yet, ours or anybody's. That passes by itself in no time.
    private func start(
        _ onLine: @escaping @Sendable (String) -> Void, _ onErrorLine: (@Sendable (String) -> Void)?
    ) async throws -> Outcome {
        for wait in ChildProcess.waitsForWriters {
            do {
                return try await startOnce(onLine, onErrorLine)
            } catch let error as SubprocessError where error.underlyingError == .textFileBusy {
                try await Task.sleep(for: wait)
            }
        }
        return try await startOnce(onLine, onErrorLine)
    }

    /// How long a file that is being written is waited for, in steps.
    private static let waitsForWriters = (0..<8).map { Duration.milliseconds(4 << $0) }

    private func startOnce(
        _ onLine: @escaping @Sendable (String) -> Void, _ onErrorLine: (@Sendable (String) -> Void)?
    ) async throws -> Outcome {
        let group = ProcessGroup()
        return try await limits.bounding(group, in: box) {
            try await launch(as: group, onLine, onErrorLine)
        }
    }

    /// Starts the process and waits for its end, or for that of its group.
    func launch(
        as group: ProcessGroup, _ onLine: @escaping @Sendable (String) -> Void,
        _ onErrorLine: (@Sendable (String) -> Void)? = nil
    ) async throws -> Outcome {
        if box != nil { _ = Limits.boundsFiles }
        do {
            let result = try await withTaskCancellationHandler {
                try await withTaskExecutorPreference(executor) {
                    try await Subprocess.run(
                        configuration(group), input: .none, output: .sequence, error: .sequence
                    ) { execution in
                        let leader = execution.processIdentifier.value
                        if let memory = limits.memory, limits.boundsEachProcess {
                            ProcessTree.limit(leader, memory: memory)
                        }
                        group.started(leader)
                        return try await read(
                            execution.standardOutput, execution.standardError, group, onLine, onErrorLine)
                    }
                }
            } onCancel: {
                group.end(nil)
            }
            let left = group.finish() && box?.endsWithItsLeader != true
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

    /// Where it is started from; nil for anywhere.
    private var executor: (any TaskExecutor)? {
        box != nil || arguments.first == Bubblewrap.base[0] ? LastingThread.shared : nil
    }

    private func configuration(_ group: ProcessGroup) -> Configuration {
        var options = PlatformOptions()
        options.createSession = true
        let command = [executable] + arguments
        let launched = watcher + (box?.command(command, in: directory) ?? command)
        // What is in the way to the folder is for the box to meet.
        let start = box?.endsWithItsLeader == true ? "/" : directory
        let variables = environment.merging([ProcessGroup.variable: group.mark]) { $1 }
        return Configuration(
            executable: .path(FilePath(launched[0])), arguments: Arguments(Array(launched.dropFirst())),
            environment: .custom(
                Dictionary(uniqueKeysWithValues: variables.map { (Environment.Key(stringLiteral: $0.key), $0.value) })),
            workingDirectory: FilePath(start), platformOptions: options)
    }

    /// Reads both streams to their end, or until too much was printed, which ends the group.
    ///
    /// The end comes with the process's own: who else holds the streams open does not matter.
    private func read(
        _ output: SubprocessOutputSequence, _ errors: SubprocessOutputSequence, _ group: ProcessGroup,
        _ onLine: @escaping @Sendable (String) -> Void, _ onErrorLine: (@Sendable (String) -> Void)?
    ) async throws -> String {
        async let errorText = {
            var text = PrintedStream(limit: limits.output, onLine: onErrorLine, keepsExcerpt: true)
            for try await buffer in errors {
                guard buffer.withUnsafeBytes({ text.append($0) }) else {
                    group.end(.output)
                    break
                }
            }
            return text.finish()
        }()
        var lines = PrintedStream(limit: limits.output, onLine: onLine)
        for try await buffer in output {
            guard buffer.withUnsafeBytes({ lines.append($0) }) else {
                group.end(.output)
                break
            }
        }
        _ = lines.finish()
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
