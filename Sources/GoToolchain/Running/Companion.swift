import Subprocess
import SystemPackage

/// A program of the user's own that runs beside this one and is talked to line by line, such as `ssh`.
public final class Companion: Sendable {
    private let outgoing: AsyncStream<String>.Continuation
    private let task: Task<Void, Never>

    /// Starts a program, in a session of its own: what is typed at the terminal does not reach it.
    ///
    /// - Parameters:
    ///   - command: The program's name or path, and its arguments.
    ///   - onLine: Hears each line of its standard output, without the line break.
    ///   - onEnd: Hears that it has ended or could not be started, with the last lines of its standard error.
    public init(
        _ command: [String], environment: [String: String], onLine: @escaping @Sendable (String) -> Void,
        onEnd: @escaping @Sendable (String) -> Void
    ) {
        let (lines, outgoing) = AsyncStream.makeStream(of: String.self)
        self.outgoing = outgoing
        task = Task {
            let reason: String
            do {
                reason = try await Companion.run(command, environment, lines, onLine)
            } catch {
                reason = "\(error)"
            }
            onEnd(reason)
        }
    }

    /// Says a line to it, as soon as it listens.
    public func say(_ line: String) { outgoing.yield(line) }

    /// Closes its standard input, which tells it to end.
    public func finish() { outgoing.finish() }

    /// Ends it, and waits for that.
    public func end() async {
        outgoing.finish()
        task.cancel()
        await task.value
    }

    private static func run(
        _ command: [String], _ environment: [String: String], _ lines: AsyncStream<String>,
        _ onLine: @escaping @Sendable (String) -> Void
    ) async throws -> String {
        var options = PlatformOptions()
        options.createSession = true
        options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(2))]
        let configuration = Configuration(
            executable: command[0].contains("/") ? .path(FilePath(command[0])) : .name(command[0]),
            arguments: Arguments(Array(command.dropFirst())),
            environment: .custom(
                Dictionary(uniqueKeysWithValues: environment.map { (Environment.Key(stringLiteral: $0.key), $0.value) })
            ),
            platformOptions: options)
        let result = try await Subprocess.run(
            configuration, input: .inputWriter, output: .sequence, error: .sequence
        ) { execution in
            let writer = execution.standardInputWriter
            let speaking = Task {
                for await line in lines { _ = try await writer.write(Array((line + "\n").utf8)) }
                try await writer.finish()
            }
            defer { speaking.cancel() }
            let errors = execution.standardError
            async let said = {
                var text = Excerpt(part: 2 << 10)
                for try await buffer in errors { buffer.withUnsafeBytes { text.append($0) } }
                return text.description
            }()
            var pending: [UInt8] = []
            for try await buffer in execution.standardOutput {
                buffer.withUnsafeBytes { pending.append(contentsOf: $0) }
                while let end = pending.firstIndex(of: 0x0A) {
                    onLine(String(decoding: pending[..<end], as: UTF8.self))
                    pending.removeSubrange(...end)
                }
                guard pending.count <= longestLine else { break }
            }
            return try await said
        }
        return result.closureResult
    }

    /// No message to us is longer, in bytes.
    private static let longestLine = 64 << 20
}
