import Benchmarks
package import Git
public import Measuring

import class Foundation.JSONEncoder

/// Who measures instead of this machine, as `--executor` and the setting `allocbisect.executor` say.
public enum ExecutorChoice: Sendable, Hashable {
    /// Machines that ssh reaches, each with the number of jobs that it has at once.
    case ssh([SSHMachine])
    /// Slurm, in its usual partition or another one.
    case slurm(partition: String?)
    /// A shell's command line that runs a worker somewhere, with `{job}` where a job file's path goes.
    case command(String)

    /// A machine as ssh knows it.
    public struct SSHMachine: Sendable, Hashable {
        /// The destination for ssh: `user@host`, or a name in its configuration.
        public var name: String
        /// How many jobs it has at once.
        public var width: Int
    }

    /// Reads `ssh:hostA,hostB*4`, `slurm`, `slurm:PARTITION` or `exec:COMMAND`.
    ///
    /// - Throws: `CoreError` for anything else.
    public init(_ text: String) throws(CoreError) {
        let kind = text.prefix { $0 != ":" }
        let rest = text.dropFirst(kind.count + 1)
        switch kind {
        case "ssh":
            let machines = rest.split(separator: ",", omittingEmptySubsequences: false).map { word -> SSHMachine? in
                let parts = word.split(separator: "*", omittingEmptySubsequences: false)
                guard (1...2).contains(parts.count), let name = parts.first, !name.isEmpty, name.first != "-",
                    !name.contains(where: \.isWhitespace), let width = parts.count == 2 ? Int(parts[1]) : 1, width > 0
                else { return nil }
                return SSHMachine(name: String(name), width: width)
            }
            let known = machines.compactMap { $0 }
            guard known.count == machines.count, Set(known.map(\.name)).count == known.count else {
                throw ExecutorChoice.refusal(text, "ssh: takes machines, each once, such as ssh:hostA,hostB*4")
            }
            self = .ssh(known)
        case "slurm":
            guard !rest.contains(where: \.isWhitespace) else {
                throw ExecutorChoice.refusal(text, "slurm: takes the name of a partition")
            }
            self = .slurm(partition: rest.isEmpty ? nil : String(rest))
        case "exec":
            guard rest.contains("{job}") else {
                throw ExecutorChoice.refusal(
                    text,
                    "exec: takes a command with {job} in place of the file's path, such as "
                        + "exec:'on-farm allocbisect worker {job}'")
            }
            self = .command(String(rest))
        default:
            throw ExecutorChoice.refusal(text, "expected ssh:HOST,…, slurm, slurm:PARTITION or exec:COMMAND")
        }
    }

    /// What options say, or else the setting of a repository; nil for nobody.
    ///
    /// - Throws: `CoreError` when that is none.
    package init?(_ options: MeasuringOptions, in repository: borrowing Repository) throws {
        guard let text = try options.executor ?? repository.setting("allocbisect.executor"), text != "none" else {
            return nil
        }
        try self.init(text)
    }

    /// How `count` jobs would be handed over, `width` of them at once where the machines do not tell: a line.
    package func submission(of count: Int, width: Int) -> String {
        switch self {
        case .ssh(let machines):
            return machines.map { "\($0.name), \($0.width) at once" }.joined(separator: "; ")
        case .slurm(let partition):
            let command = SlurmQueue.command(
                count: max(1, min(count, width)), name: "allocbisect-RUN", folder: "RUN", partition: partition,
                refused: [])
            return "Slurm, \(width) at once: \(command.joined(separator: " "))"
        case .command(let template): return "a command, \(width) at once: \(template)"
        }
    }

    private static func refusal(_ text: String, _ reason: String) -> CoreError {
        CoreError(.usage, "'\(text)' is not a valid executor: \(reason).")
    }

    /// The executor, for a measurer.
    func executor(for measurer: Measurer, environment: [String: String]) throws -> any Executor {
        switch self {
        case .ssh(let machines): return SSHExecutor(machines, measurer, environment: environment)
        case .slurm(let partition):
            let (folder, events) = (try RunFolder(in: measurer.state), measurer.events)
            let queue = SlurmQueue(
                partition: partition, folder: folder.path, name: "allocbisect-\(folder.run)",
                program: measurer.options.launcher ?? "allocbisect", environment: environment
            ) { events(.queued(jobs: $0, reason: $1)) }
            return try spool(queue, folder, measurer)
        case .command(let template):
            let queue = CommandQueue(template, directory: measurer.directory, environment: environment)
            return try spool(queue, RunFolder(in: measurer.state), measurer)
        }
    }

    private func spool(_ queue: some JobQueue, _ folder: RunFolder, _ measurer: Measurer) throws -> any Executor {
        let notes = measurer.notes
        return try SpoolExecutor(
            queue: queue, width: measurer.options.jobs, folder: folder,
            session: WorkerSession(of: measurer, source: measurer.repository, width: 1), patience: Patience()
        ) { notes.add([$0]) }
    }
}

extension WorkerSession {
    /// The session by which others measure as a measurer does.
    ///
    /// - Throws: `GitError` when the repository's settings cannot be read.
    init(of measurer: Measurer, source: String?, width: Int) throws {
        checkout = try Repository(discovering: measurer.repository).checkoutSettings()
        repository = try WorkerSession.name(of: measurer.repository, checkout)
        self.source = source
        options = measurer.portableOptions
        go = measurer.options.go
        settings = measurer.settings
        // The destination for ssh is in no file. Others have the variables of this machine.
        if source == nil { settings.merge(measurer.extraVariables) { $1 } }
        self.width = width
    }

    /// A name for a repository of this machine's with its settings, by which others tell it from others: letters and digits
    /// of its folder, and a number that all of it makes.
    private static func name(of repository: String, _ checkout: CheckoutSettings) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let settings = String(decoding: try encoder.encode(checkout), as: UTF8.self)
        let folders = repository.split(separator: "/")
        let folder = (folders.last == ".git" ? folders.dropLast().last : folders.last) ?? ""
        let words = folder.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }.prefix(30)
        return (words.isEmpty ? "" : words + "-") + "\(Machine.name)\0\(repository)\0\(settings)".fingerprint
    }
}

extension FleetMeasurements {
    /// Does some work with measurements that others make, and ends what is under way.
    package static func with<Result: Sendable>(
        _ choice: ExecutorChoice, for measurer: Measurer, environment: [String: String],
        _ work: (FleetMeasurements) async throws -> Result
    ) async throws -> Result {
        let executor = try choice.executor(for: measurer, environment: environment)
        do {
            let result = try await work(FleetMeasurements(measurer, by: executor))
            await executor.close()
            return result
        } catch {
            await executor.close()
            throw error
        }
    }
}
