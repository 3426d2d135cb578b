import Benchmarks

/// Reads from a finished test binary why it did not end as it should have.
struct RunReport {
    /// What happened; nil for a run that passed and left nothing behind.
    let failure: Failure?
    /// Whether the `testing` package came to its own end, as it does when benchmarks pass or fail.
    let isComplete: Bool

    init(_ outcome: ChildProcess.Outcome, output: String, limits: Limits) {
        let trouble = RunReport.limit(outcome, limits) ?? RunReport.ending(outcome, output, limits)
        failure = trouble ?? (outcome.leftProcesses ? Failure(.leftProcesses) : nil)
        isComplete = trouble == nil || trouble?.reason == .failed
    }

    private static func limit(_ outcome: ChildProcess.Outcome, _ limits: Limits) -> Failure? {
        switch outcome.reached {
        case .time: Failure(.timeout, "it ran longer than \(limits.time)", limit: limits.time.seconds)
        case .output: Failure(.flood, "it printed more than \(limits.output >> 20) MiB")
        case .memory:
            Failure(
                .memory, "more than \((limits.memory ?? 0) >> 20) MiB, with what it shares and starts",
                limit: limits.memory.map(Double.init))
        case .processes: Failure(.processes, "more than \(Limits.processes)")
        case nil: nil
        }
    }

    private static func ending(_ outcome: ChildProcess.Outcome, _ output: String, _ limits: Limits) -> Failure? {
        if outcome.ending == .exited(0) && hasPassed(output) { return nil }
        let text = outcome.errorText + "\n" + output
        if let limit = limits.memory, outcome.ending != .exited(0), memoryMarks.contains(where: text.contains) {
            return Failure(.memory, "more than \(limit >> 20) MiB", limit: Double(limit))
        }
        switch outcome.ending {
        case .signalled(let signal):
            return Failure(.killed, "signal \(signal)\n" + text.excerpt)
        case .exited(let code):
            // Go's runtime exits with 2; a benchmark that failed may have printed anything.
            if code == 2, let panic = excerpt(of: text, from: ["panic: ", "fatal error: "]) {
                return Failure(.panicked, panic)
            }
            if code != 0, let failed = excerpt(of: text, from: ["--- FAIL: "]) { return Failure(.failed, failed) }
            return Failure(.exited, "exit status \(code)\n" + text.excerpt)
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

    /// The text from the first line that has one of the marks on.
    private static func excerpt(of text: String, from marks: [String]) -> String? {
        let starts = marks.compactMap { mark in text.ranges(of: mark).first?.lowerBound }
        return starts.min().map { String(text[$0...]).excerpt }
    }
}
