import Benchmarks
import Foundation
import Synchronization

/// A box that stays for the runs of one test binary, one after the other.
///
/// Making a box takes longer than most runs. The first process in it is a shell, which starts what it is asked to with
/// only the variables it is given, and ends whatever a run leaves behind. A run after which anything is not as it was
/// before (it failed, or left a process or a file) is the last one in its box, so that each run finds one like new.
///
/// What is in a box may take over what leads it, which does not let it out, but lets it forge what later runs in the box
/// give. So a box never serves two binaries, and has ended before its slot is filled again.
///
///     program --in--> shell --out, errors--> program        named pipes, in a folder that is read-only in the box
///     program <--number of the run, its exit status--- shell        its standard output
final class KeptBox: Sendable {
    /// What a box is kept for.
    struct Purpose: Sendable, Hashable {
        /// The test binary's path.
        var binary: String
        var box: Box
        var limits: Limits
        /// Where the pipes are.
        var folder: String
    }

    let purpose: Purpose
    private let group: ProcessGroup
    private let task: Task<ChildProcess.Outcome?, Never>
    /// What the shell says, up to its end.
    private let answers: AsyncStream<String>
    private let orders: FileHandle
    private let output: NamedPipe
    private let errors: NamedPipe
    /// What the temporary folders of a new box have free, by path.
    private let room: [String: Room?]

    /// What the shell does: a run for each line that it reads, as long as somebody hears of it.
    static let script = String(decoding: PackageResources.keptbox_sh, as: UTF8.self)

    /// Makes a box; nil when it cannot be made, which a box for one run tells the reason of.
    init?(for purpose: Purpose) async {
        let folder = purpose.folder
        do {
            try Scratch.remove(folder)
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
            orders = try FileHandle(fileDescriptor: NamedPipe.make("\(folder)/in"), closeOnDealloc: true)
            (output, errors) = try (NamedPipe("\(folder)/out"), NamedPipe("\(folder)/errors"))
        } catch {
            return nil
        }
        self.purpose = purpose
        var box = purpose.box
        box.isLedByItsCommand = true
        let child = ChildProcess(
            executable: "/bin/sh", arguments: ["-c", KeptBox.script, "sh", folder], directory: folder, environment: [:],
            limits: purpose.limits, box: box)
        let group = ProcessGroup()
        let (answers, said) = AsyncStream.makeStream(of: String.self)
        (self.group, self.answers) = (group, answers)
        task = Task {
            defer { said.finish() }
            return try? await child.launch(as: group) { said.yield($0) }
        }
        var iterator = answers.makeAsyncIterator()
        let first = await iterator.next()
        let leader = group.leader.flatMap { ProcessTree.children(of: $0).first }
        room = Dictionary(
            uniqueKeysWithValues: box.foldersInMemory.map { path in
                (path, leader.flatMap { Room("/proc/\($0)/root\(path)") })
            })
        guard first == "ready", !Task.isCancelled else {
            await end()
            return nil
        }
        if let memory = purpose.limits.memory, purpose.limits.boundsEachProcess, let leader = group.leader {
            ProcessTree.limit(leader, memory: memory)
        }
    }

    /// Runs a process in the box.
    ///
    /// - Parameter child: Its own box and limits but for the time are those of the purpose.
    /// - Returns: How it ended, and whether the box is as it was before; nil when it could not be ordered.
    func run(
        _ child: ChildProcess, _ onLine: @escaping @Sendable (String) -> Void,
        _ onErrorLine: (@Sendable (String) -> Void)?
    ) async throws -> (outcome: ChildProcess.Outcome, isLikeNew: Bool)? {
        let variables = child.environment.merging([ProcessGroup.variable: group.mark]) { $1 }
        let command = variables.map { "\($0)=\($1)" }.sorted() + [child.executable] + child.arguments
        let pipes = "</dev/null >\((purpose.folder + "/out").shellQuoted) 2>\((purpose.folder + "/errors").shellQuoted)"
        let script =
            "exec \(pipes) && cd \(child.directory.shellQuoted) && exec /usr/bin/env -i "
            + command.map(\.shellQuoted).joined(separator: " ") + "\n"
        // A full disk keeps nothing from running in a box of its own.
        guard (try? Data(script.utf8).write(to: URL(filePath: purpose.folder + "/run"))) != nil else { return nil }
        // Not to be guessed by what runs. The shell reads it byte by byte.
        let number = String(UInt32.random(in: .min ... .max), radix: 36)
        let answer = try await child.limits.bounding(group, in: purpose.box) {
            let limit = child.limits.output
            output.listen(PrintedStream(limit: limit, onLine: onLine)) { [group] in group.end(.output) }
            errors.listen(PrintedStream(limit: limit, onLine: onErrorLine, keepsExcerpt: true)) { [group] in
                group.end(.output)
            }
            try orders.write(contentsOf: Data("\(number)\n".utf8))
            var iterator = answers.makeAsyncIterator()
            return await iterator.next()
        }
        try Task.checkCancellation()
        _ = await output.finish()
        let errorText = await errors.finish()
        var outcome = ChildProcess.Outcome(
            ending: .signalled(SIGKILL), reached: group.reached, leftProcesses: false, errorText: errorText)
        // Without an answer, the whole box has ended.
        guard group.reached == nil, let words = answer?.split(separator: " ") else { return (outcome, false) }
        guard words.count >= 2, words[0] == number, let status = Int32(words[1]) else {
            outcome.ending = .exited(1)
            outcome.errorText += "\nit spoke in place of the process that starts it"
            return (outcome, false)
        }
        outcome.ending = purpose.box.ending(.exited(status))
        return (outcome, status == 0 && words.count == 2 && hasItsRoom)
    }

    /// Ends the box with all that is in it.
    func end() async {
        group.end(nil)
        _ = await task.value
        try? Scratch.remove(purpose.folder)
    }

    /// Whether the temporary folders have free what they had.
    private var hasItsRoom: Bool {
        guard let leader = group.leader.flatMap({ ProcessTree.children(of: $0).first }) else { return false }
        return room.allSatisfy { path, room in room != nil && room == Room("/proc/\(leader)/root\(path)") }
    }
}

/// A named pipe that is read as it fills. Its writers come and go.
final class NamedPipe: Sendable {
    private let state = Mutex<(stream: PrintedStream, onExcess: @Sendable () -> Void)?>(nil)
    private let descriptor: Int32
    private let queue = DispatchQueue(label: "allocbisect.pipe")
    private nonisolated(unsafe) let source: any DispatchSourceRead

    /// Makes a pipe at a path where nothing is.
    init(_ path: String) throws {
        let descriptor = try NamedPipe.make(path)
        self.descriptor = descriptor
        source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
        source.setCancelHandler { close(descriptor) }
        source.setEventHandler { [weak self] in self?.takeAll() }
        source.activate()
    }

    deinit { source.cancel() }

    /// Makes a pipe at a path where nothing is, and opens it for both directions: so it never has an end.
    static func make(_ path: String) throws -> Int32 {
        guard mkfifo(path, 0o600) == 0 else { throw CocoaError(.fileWriteUnknown) }
        let descriptor = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { throw CocoaError(.fileReadUnknown) }
        return descriptor
    }

    /// Hands all that comes from now on to a stream.
    func listen(_ stream: PrintedStream, onExcess: @escaping @Sendable () -> Void) {
        state.withLock { $0 = (stream, onExcess) }
    }

    /// Hands over what is still in the pipe, and the stream's end; returns its excerpt.
    func finish() async -> String {
        await withCheckedContinuation { continuation in
            queue.async { [self] in
                takeAll()
                let text = state.withLock { state in
                    defer { state = nil }
                    return state?.stream.finish() ?? ""
                }
                continuation.resume(returning: text)
            }
        }
    }

    /// Reads what is available. Called on the queue.
    private func takeAll() {
        withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 1) { buffer in
            while true {
                let count = read(descriptor, buffer.baseAddress, buffer.count)
                guard count > 0 else { return }
                state.withLock { state in
                    let isWithin = state?.stream.append(UnsafeRawBufferPointer(rebasing: buffer[..<count])) ?? true
                    if !isWithin { state?.onExcess() }
                }
                if count < buffer.count { return }
            }
        }
    }
}
