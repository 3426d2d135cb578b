import Benchmarks
import GoToolchain
import Measuring

/// A command of the user's that runs a worker somewhere for each job file.
actor CommandQueue: JobQueue {
    /// A shell's command line with `{job}` where the file's path goes.
    private let template: String
    private let directory: String
    private let environment: [String: String]
    private var tasks: [String: Task<Void, Never>] = [:]
    private var ended: [String: String?] = [:]

    nonisolated var title: String { "by a command" }
    nonisolated var choosesMachines: Bool { false }

    init(_ template: String, directory: String, environment: [String: String]) {
        (self.template, self.directory, self.environment) = (template, directory, environment)
    }

    func submit(_ file: String) {
        let line = template.replacing("{job}", with: file.shellQuoted)
        tasks[file] = Task {
            var trouble: String?
            do {
                trouble = try await UserCommand.output(
                    of: ["sh", "-c", line], in: directory, environment: environment, time: .seconds(1 << 20)
                ).trouble.map { "the command \($0)" }
            } catch {
                trouble = "\(error)"
            }
            ended[file] = trouble
        }
    }

    func state(of file: String) -> QueueState { ended[file].map { .gone($0) } ?? .taken }

    func cancel(_ file: String) async {
        tasks[file]?.cancel()
        await tasks[file]?.value
        tasks[file] = nil
    }

    /// The command is let end by itself, or else ended with the queue.
    func end(_ file: String) {
        if ended.removeValue(forKey: file) != nil { tasks[file] = nil }
    }

    /// Whom the command asks is its own affair.
    func refuse(_ machine: String) {}

    func close() async {
        for file in Array(tasks.keys) { await cancel(file) }
    }
}
