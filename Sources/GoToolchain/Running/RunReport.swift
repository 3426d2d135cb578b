import Benchmarks
import Synchronization

/// Reads from a finished test binary why it did not end as it should have.
struct RunReport {
    /// What happened; nil for a run that passed and left nothing behind.
    let failure: Failure?
    /// Whether the `testing` package came to its own end, as it does when benchmarks pass or fail.
    let isComplete: Bool

    /// Reads the end of a run.
    ///
    /// - Parameters:
    ///   - output: What it printed besides results.
    ///   - package: The folder that it ran in, relative to the tree's root.
    ///   - confinement: What it was kept from; nil for nothing.
    ///   - patience: A time limit that is shorter than the user's, and why; nil for that of the limits.
    init(
        _ outcome: ChildProcess.Outcome, output: String, of package: String, in root: String, limits: Limits,
        confinement: Confinement? = nil, patience: (limit: Duration, reason: String)? = nil
    ) {
        var trouble = RunReport.limit(outcome, limits, patience) ?? RunReport.ending(outcome, output, in: root, limits)
        if let found = trouble, found.limit == nil,
            let note = MissingFile.note(about: outcome.errorText + output, in: package, ModuleLayout(root: root))
                ?? confinement?.note(about: outcome.errorText + output, by: .run)
        {
            trouble = Failure(found.reason, found.message + "\n" + note)
        }
        failure = trouble ?? (outcome.leftProcesses ? Failure(.leftProcesses) : nil)
        isComplete = trouble == nil || trouble?.reason == .failed
    }

    private static func limit(
        _ outcome: ChildProcess.Outcome, _ limits: Limits, _ patience: (limit: Duration, reason: String)?
    ) -> Failure? {
        switch outcome.reached {
        // A wider limit may help, although this one was not reached.
        case .time where patience != nil:
            Failure(
                .timeout, "it ran longer than \(patience?.limit ?? limits.time) \(patience?.reason ?? "")",
                limit: limits.time.seconds)
        case .time: Failure(.timeout, "it ran longer than \(limits.time)", limit: limits.time.seconds)
        case .output: Failure(.flood, "it printed more than \(limits.output >> 20) MiB")
        case .memory:
            Failure(
                .memory, "more than \((limits.memory ?? 0) >> 20) MiB, including what it shares and starts",
                limit: limits.memory.map { Double($0) })
        case .processes: Failure(.processes, "more than \(Limits.processes)")
        case nil: nil
        }
    }

    private static func ending(
        _ outcome: ChildProcess.Outcome, _ output: String, in root: String, _ limits: Limits
    ) -> Failure? {
        if outcome.ending == .exited(0) && hasPassed(output) { return nil }
        let text = outcome.errorText + "\n" + output
        if let limit = limits.memory, outcome.ending != .exited(0), memoryMarks.contains(where: text.contains) {
            return Failure(.memory, "more than \(limit >> 20) MiB", limit: Double(limit))
        }
        // Standard error comes last: the reason is more often there.
        let printed = PrintedText(output + "\n" + outcome.errorText)
        switch outcome.ending {
        case .signalled(let signal):
            return Failure(.killed, printed.reason(after: "signal \(signal)"))
        case .exited(let code):
            // Go's runtime exits with 2; a benchmark that failed may have printed anything.
            if code == 2, let panic = PrintedText.panic(in: text, below: root) { return Failure(.panicked, panic) }
            if code != 0, let failed = printed.failed { return Failure(.failed, failed) }
            return Failure(.exited, printed.reason(after: "exit status \(code)"))
        }
    }

    private static let memoryMarks = [
        "out of memory", "cannot allocate memory", "Cannot allocate memory", "failed to create new OS thread",
        "pthread_create failed",
    ]

    /// Whether the last lines have Go's PASS, which may follow text without a line break.
    private static func hasPassed(_ text: String) -> Bool {
        text.split(whereSeparator: \.isNewline).contains { $0.hasSuffix("PASS") }
    }
}

/// Collects result lines and an excerpt of the rest from a running benchmark.
final class RunOutput: Sendable {
    private struct State {
        var reader: BenchmarkReader
        var results: [BenchmarkResult] = []
        var other = Excerpt()
    }
    private let state: Mutex<State>

    init(function: String, cpu: Int, mark: UInt32? = nil) {
        state = Mutex(State(reader: BenchmarkReader(function: function, cpu: cpu, mark: mark)))
    }

    @Sendable func append(_ line: String) {
        state.withLock { state in
            // Go puts a tab after a name and before each value. Floods have none, mostly.
            if line.utf8.contains(UInt8(ascii: "\t")), let result = state.reader.read(line) {
                state.results.append(result)
            } else {
                state.other.append(line: line)
            }
        }
    }

    var all: (results: [BenchmarkResult], text: String) { state.withLock { ($0.results, $0.other.description) } }
}
