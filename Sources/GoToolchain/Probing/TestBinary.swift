public import Benchmarks
import CLinux
import Foundation

/// A built test binary, which runs in its package's own folder of a tree.
public struct TestBinary: Sendable {
    /// The path of the executable that Go built.
    public let path: String
    /// The package's folder relative to the tree's root.
    public let package: String
    /// The tree that it runs in.
    public let root: String
    let toolchain: Toolchain
    /// Whether it was built with the probe, which marks the lines that `testing` prints.
    var hasProbe = false
    /// What was built in to look for faults; a run then gives `reports` and nothing else.
    var sanitizer: Sanitizer?
    /// How it is built with all of its tests, when it was built without those that are idle.
    var whole: BuildOptions?
    /// What it can run.
    public var kinds: Set<FunctionKind> { whole == nil ? Set(FunctionKind.allCases) : [.benchmark] }
    /// How many allocations each iteration makes beyond the benchmark's own, when it was built with
    /// `Probe.injecting`.
    public var injectedAllocations = 0
    /// A shorter time limit than that of the toolchain, and what a run took of which it is derived, as a sentence's
    /// end.
    var patience: (limit: Duration, reason: String)?

    /// The same binary, which is given up earlier: after a time that fits what a shorter run took, but not before half
    /// a minute.
    ///
    /// - Parameters:
    ///   - seconds: What the shorter run took.
    ///   - short: Its iterations.
    ///   - long: Those of the runs to come.
    public func expecting(_ seconds: Double, at short: Int, for long: Int) -> TestBinary {
        let limit = Duration.seconds(max(30, (seconds * 10 * Double(long) / Double(max(1, short))).rounded(.up)))
        guard limit < toolchain.limits.time else { return self }
        var binary = self
        let tenths = (seconds * 10).rounded() / 10
        binary.patience = (limit, "at \(long) iterations, where \(short) took \(tenths) s")
        return binary
    }

    /// What one process printed, and what went wrong.
    public struct RunOutcome: Sendable {
        /// The result lines, in order.
        public var results: [BenchmarkResult]
        /// What kept benchmarks from giving a result, or what else happened.
        public var failure: Failure?
        /// What it took by the wall clock.
        public var elapsed: Duration
        /// The seconds that the benchmarks' last runs took by the wall clock, untimed parts included; as much as is
        /// known.
        public var seconds: Double {
            let known = results.compactMap { $0.values[ProbeUnit.wall.rawValue] }
            return known.count == results.count ? known.reduce(0, +) / 1e9 : elapsed.seconds
        }
    }

    /// Runs one benchmark or test at a fixed number of iterations, in a process of its own.
    ///
    /// A run that fails is tried once more, alone, before it counts: it may have failed for what ran beside it.
    ///
    /// - Parameters:
    ///   - pattern: The `-test.bench` pattern; it selects one function. That of a test names it exactly.
    ///   - accessLog: Where to have the names of files noted that it asks for; nil for nowhere.
    ///   - profiles: An existing folder where the probe writes profiles at the end of each benchmark, with every
    ///     allocation in them; `ProbeUnit.snapshot` then tells which (`ProbeProfiles`). Nil for none.
    ///   - profiled: The benchmarks to profile, by name; all that run when there is none, or when they are too many.
    ///   - listsGoroutines: Whether to write goroutine profiles also where no goroutines stay.
    ///   - dumpsHeap: Whether to write a heap dump with the profiles.
    ///   - counting: The folder for what is counted; nil for nowhere, so that no instructions are counted.
    /// - Throws: When the binary could not be started, when the machine keeps it from running, or on cancellation.
    public func run(
        _ pattern: String, function: String, iterations: Int, cpu: Int, accessLog: AccessLog? = nil,
        profiles: String? = nil, profiled: Set<String> = [], listsGoroutines: Bool = false, dumpsHeap: Bool = false,
        counting: String? = nil
    ) async throws -> RunOutcome {
        guard hasFolder else {
            return RunOutcome(
                results: [], failure: Failure(.failed, "its folder is gone or closed: the benchmark did that itself"),
                elapsed: .zero)
        }
        let names = profiled.sorted().joined(separator: "\n")
        var wanted = testing(pattern, function)
        wanted[AccessLog.variable] = accessLog?.path
        wanted[Probe.profilesVariable] = profiles
        // Linux lets no variable be longer than 128 KiB.
        wanted[Probe.profiledVariable] = names.utf8.count < 100_000 ? names : nil
        wanted[Probe.goroutinesVariable] = listsGoroutines ? "1" : nil
        wanted[Probe.heapDumpVariable] = dumpsHeap ? "1" : nil
        let probing = wanted
        let once: @Sendable () async throws -> Attempt = {
            try await attempt(pattern, function: function, iterations: iterations, cpu: cpu, probing: probing)
        }
        var (last, hadCompany) = try await toolchain.gate.beside(once)
        var tries = 1
        while last.fault != nil || tries == 1 && hasFolder && last.isWorthAnotherTry(besideOthers: hadCompany) {
            if tries == MachineFault.tries, let fault = last.fault { throw GoError("\(function) could not run", fault) }
            last = try await toolchain.gate.alone(once)
            tries += 1
        }
        if let whole, last.outcome.failure?.hasCalledIdleTest == true {
            if case .built = try await toolchain.build(package: package, in: root, to: path, options: whole) {
                var binary = self
                binary.whole = nil
                return try await binary.run(
                    pattern, function: function, iterations: iterations, cpu: cpu, accessLog: accessLog,
                    profiles: profiles, profiled: profiled, listsGoroutines: listsGoroutines, dumpsHeap: dumpsHeap,
                    counting: counting)
            }
        }
        if FunctionKind(of: function) == .test, let failure = last.outcome.failure, failure.isOfRun,
            failure.reason != .skipped
        {
            let probing = testing(pattern, function)
            let single = try await toolchain.gate.alone {
                try await attempt(pattern, function: function, iterations: 1, cpu: cpu, probing: probing)
            }
            if !single.outcome.results.isEmpty, single.outcome.failure?.isWarning ?? true {
                // A fault shows in one run as well.
                if sanitizer != nil { return single.outcome }
                last.outcome.failure = Failure(.unrepeatable, failure.message)
            }
        }
        if let counting, toolchain.counter != nil, last.outcome.failure?.isWarning ?? true {
            try await count(&last.outcome, of: pattern, function, iterations: iterations, cpu: cpu, output: counting)
        }
        return last.outcome
    }

    /// The arguments that have benchmarks run at a fixed number of iterations.
    func benchmarkArguments(_ pattern: String, iterations: Int, cpu: Int) -> [String] {
        [
            "-test.run", "^$", "-test.benchmem", "-test.bench", pattern, "-test.benchtime", "\(iterations)x",
            "-test.cpu", "\(cpu)",
        ]
    }

    /// The variables that have a test run instead of benchmarks; none for a benchmark.
    func testing(_ pattern: String, _ function: String) -> [String: String] {
        guard FunctionKind(of: function) == .test else { return [:] }
        return [Probe.testVariable: BenchPattern.name(runBy: pattern)]
    }

    /// One process, and what it says of the machine.
    private struct Attempt: Sendable {
        var outcome: RunOutcome
        var fault: MachineFault?

        /// Whether it failed in a way that another process may not: a limit is worth a second try only if others were
        /// running meanwhile.
        func isWorthAnotherTry(besideOthers: Bool) -> Bool {
            guard let failure = outcome.failure else { return false }
            return failure.isOfRun && failure.reason != .skipped || failure.limit != nil && besideOthers
        }
    }

    private func attempt(
        _ pattern: String, function: String, iterations: Int, cpu: Int, probing: [String: String]
    ) async throws -> Attempt {
        let mark = hasProbe ? UInt32.random(in: 1 ... .max) : nil
        let output = RunOutput(function: function, cpu: cpu, mark: mark)
        let start = ContinuousClock.now
        var probing = probing
        probing[Probe.markVariable] = mark.map { "\($0)" }
        let faults = sanitizer.map { _ in FaultOutput(root: root) }
        let outcome = try await run(
            benchmarkArguments(pattern, iterations: iterations, cpu: cpu), probing: probing, output.append,
            onErrorLine: faults?.append)
        var (results, text) = output.all
        let elapsed = start.duration(to: .now)
        if let faults {
            let reports = faults.reports
            let name = FunctionKind(of: function) == .test ? BenchPattern.name(runBy: pattern) : function
            let result = BenchmarkResult(
                name: name, iterations: iterations, values: [Metric.reports.unit: Double(reports.count)])
            if !reports.isEmpty {
                return Attempt(
                    outcome: RunOutcome(results: [result], failure: Failure(reports), elapsed: elapsed))
            }
            if !results.isEmpty { results = [result] }
        }
        let report = RunReport(
            outcome, output: text, of: package, in: root, limits: toolchain.limits, confinement: toolchain.confinement,
            patience: patience)
        if report.failure?.isWarning == false, outcome.reached == nil,
            let fault = MachineFault(
                ofRun: outcome.ending, saying: outcome.errorText + "\n" + text, limits: toolchain.limits)
        {
            return Attempt(
                outcome: RunOutcome(results: [], failure: report.failure, elapsed: elapsed), fault: fault)
        }
        var failure = toolchain.portable(report.failure, in: root)
        if results.isEmpty && (failure?.isWarning ?? true) {
            failure = try await reasonForSilence(pattern, function: function, cpu: cpu, probing: probing)
        }
        return Attempt(outcome: RunOutcome(results: results, failure: failure, elapsed: elapsed))
    }

    /// Tells a benchmark that skips itself, which Go mentions with `-test.v` only, from one that isn't there.
    private func reasonForSilence(
        _ pattern: String, function: String, cpu: Int, probing: [String: String]
    ) async throws -> Failure {
        let note = SkipNote(function: function)
        _ = try await run(
            ["-test.run", "^$", "-test.v", "-test.bench", pattern, "-test.benchtime", "1x", "-test.cpu", "\(cpu)"],
            probing: probing, note.append)
        if let text = note.text, !text.contains(Probe.noSubTest) {
            return Failure(.skipped, text)
        }
        return Failure(.missingBenchmark, "\(function) printed no result")
    }

    /// Whether the package's folder is there and open. A benchmark may have removed it, or made it inaccessible.
    public var hasFolder: Bool {
        var status = stat()
        return stat(directory, &status) == 0 && status.st_mode & (S_IFMT | 0o500) == S_IFDIR | 0o500
    }

    private var directory: String { package == "." ? root : "\(root)/\(package)" }

    func run(
        _ arguments: [String], probing: [String: String] = [:], in counted: CountedProcess? = nil,
        _ onLine: @escaping @Sendable (String) -> Void,
        onErrorLine: (@Sendable (String) -> Void)? = nil
    ) async throws -> ChildProcess.Outcome {
        let environment = toolchain.environment
        var variables = toolchain.confinement == nil ? environment.variables : environment.boxedVariables
        // As `go test` does since Go 1.19.
        let goRoot = toolchain.settings["GOROOT"] ?? ""
        variables["GOROOT"] = goRoot
        variables["PATH"] = "\(goRoot)/bin:\(variables["PATH"] ?? "")"
        variables["PWD"] = directory
        variables.merge(probing) { $1 }
        variables.merge(sanitizer?.variables ?? [:]) { $1 }
        let confinement = toolchain.confinement
        variables.merge(try confinement?.variables(for: .run, at: root) ?? [:]) { $1 }
        var limits = toolchain.limits
        // Being counted takes far longer than what the limit was derived of.
        if counted == nil { limits.time = patience?.limit ?? limits.time }
        limits.boundsEachProcess = sanitizer == nil && counted == nil
        let arguments = arguments + toolchain.testArguments
        variables[Probe.injectionVariable] = injectedAllocations > 0 ? "\(injectedAllocations)" : nil
        var child = ChildProcess(
            executable: path, arguments: arguments, directory: directory, environment: variables, limits: limits,
            box: confinement?.box(for: .run, at: root))
        if let counted { child = counted.counter.counting(child, in: counted.file) }
        return try await toolchain.boxes.run(
            child, of: path, folder: confinement?.boxFolder(at: root), onLine, onErrorLine: onErrorLine)
    }
}
