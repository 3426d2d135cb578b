public import Benchmarks

/// What counts a process, and the file that it writes.
struct CountedProcess: Sendable {
    let counter: InstructionCounter
    let file: String

    init(_ counter: InstructionCounter, in folder: String) {
        (self.counter, file) = (counter, folder + "/instructions.out")
    }

    /// What was counted; nil when it is not whole.
    fileprivate var count: InstructionCount? {
        guard let data = Scratch.contents(file) else { return nil }
        let text = String(decoding: data, as: UTF8.self)
        switch counter.kind {
        case .cachegrind:
            return CachegrindProfile(text).map { InstructionCount(total: $0.total, lines: $0.lines) }
        case .processor: return PerfCount(text).map { InstructionCount(total: $0.total, lines: [:]) }
        }
    }
}

/// The instructions that a process executed.
public struct InstructionCount: Sendable {
    /// The number of instructions, those of the Go runtime included.
    public let total: Int
    /// Those of each line; none where lines are not counted.
    public let lines: [CachegrindProfile.Line: Int]
}

extension TestBinary {
    /// Why the instructions of a benchmark could not be counted.
    public struct CountingFailure: Error {
        /// What kept it from being counted.
        public let reason: Failure
    }

    /// Runs each benchmark of a run again by itself, with its instructions counted, and adds them to its results.
    ///
    /// What is counted is a whole process, so that each sub-benchmark takes one of its own.
    func count(
        _ outcome: inout RunOutcome, of pattern: String, _ function: String, iterations: Int, cpu: Int, output: String
    ) async throws {
        for index in outcome.results.indices {
            let counted = try await instructions(
                of: outcome.results[index].name, by: pattern, function: function, iterations: iterations, cpu: cpu,
                output: output)
            switch counted {
            case .success(let count):
                outcome.results[index].values[ProbeUnit.instructions.rawValue] = Double(count.total)
            case .failure(let failure):
                outcome.failure = failure.reason
                return
            }
        }
    }

    /// Counts the instructions of a process that runs one benchmark or test at a fixed number of iterations.
    ///
    /// - Parameters:
    ///   - name: The benchmark's full name.
    ///   - pattern: What runs its whole function.
    ///   - output: A folder that the process may write in.
    /// - Throws: When the process cannot be started, when the machine keeps it from running, or on cancellation.
    public func instructions(
        of name: String, by pattern: String, function: String, iterations: Int, cpu: Int, output: String
    ) async throws -> Result<InstructionCount, CountingFailure> {
        guard let counter = toolchain.counter else {
            return .failure(CountingFailure(reason: Failure(.unreported, "instructions are not counted")))
        }
        let process = CountedProcess(counter, in: output)
        let pattern = FunctionKind(of: function) == .test ? pattern : BenchPattern.pattern(exactly: name)
        var tries = 0
        while true {
            try Scratch.remove(process.file)
            let printed = RunOutput(function: function, cpu: cpu)
            let outcome = try await toolchain.gate.beside {
                try await run(
                    benchmarkArguments(pattern, iterations: iterations, cpu: cpu), probing: testing(pattern, function),
                    in: process, printed.append)
            }.result
            let (results, text) = printed.all
            let report = RunReport(
                outcome, output: text, of: package, in: root, limits: toolchain.limits,
                confinement: toolchain.confinement)
            if report.failure?.isWarning ?? true {
                // A process that was ended may leave a count as well.
                if !results.isEmpty, let count = process.count { return .success(count) }
                return .failure(CountingFailure(reason: Failure(.failed, "\(counter.name) left no count")))
            }
            let fault = MachineFault(
                ofRun: outcome.ending, saying: outcome.errorText + "\n" + text, limits: toolchain.limits)
            guard outcome.reached == nil, let fault else {
                let failure = toolchain.portable(report.failure, in: root) ?? Failure(.failed)
                return .failure(
                    CountingFailure(
                        reason: Failure(
                            failure.reason, "under \(counter.name): \(failure.message)", limit: failure.limit)))
            }
            tries += 1
            if tries == MachineFault.tries { throw GoError("\(function) could not be counted", fault) }
        }
    }
}
