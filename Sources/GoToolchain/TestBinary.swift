public import Benchmarks
import Foundation

/// A built test binary, which runs in its package's own folder of a tree.
public struct TestBinary: Sendable {
    /// Where it lies.
    public let path: String
    /// The package's folder relative to the tree's root.
    public let package: String
    /// The tree that it runs in.
    public let root: String
    let toolchain: Toolchain
    /// How many allocations each iteration makes beyond the benchmark's own, when it was built with
    /// `Probe.injecting`.
    public var injectedAllocations = 0

    /// What one process printed, and what went wrong.
    public struct RunOutcome: Sendable {
        /// The result lines, in order.
        public var results: [BenchmarkResult]
        /// What kept benchmarks from giving a result, or what else happened.
        public var failure: Failure?
    }

    /// Runs one benchmark function at a fixed number of iterations, in a process of its own.
    ///
    /// - Parameters:
    ///   - pattern: The `-test.bench` pattern; it selects one function.
    ///   - accessLog: Where to have the names of opened files written (`-test.testlogfile`); nil for nowhere.
    ///   - profiles: An existing folder where the probe writes profiles at the end of each benchmark, with every
    ///     allocation in them; `ProbeUnit.snapshot` then tells which (`Snapshot`). Nil for none.
    ///   - profiled: The benchmarks to profile, by name; all that run when there is none, or when they are too many.
    ///   - listsGoroutines: Whether to write goroutine profiles also where no goroutines stay.
    ///   - dumpsHeap: Whether to write a heap dump with the profiles.
    /// - Throws: When the binary could not be started, or on cancellation.
    public func run(
        _ pattern: String, function: String, iterations: Int, cpu: Int, accessLog: String? = nil,
        profiles: String? = nil, profiled: Set<String> = [], listsGoroutines: Bool = false, dumpsHeap: Bool = false
    ) async throws -> RunOutcome {
        guard hasFolder else {
            return RunOutcome(
                results: [], failure: Failure(.failed, "its folder is gone or closed: the benchmark did that itself"))
        }
        var arguments = ["-test.bench", pattern, "-test.benchtime", "\(iterations)x", "-test.cpu", "\(cpu)"]
        if let accessLog { arguments.append("-test.testlogfile=\(accessLog)") }
        // Go writes the log's last part when the benchmarks end, so that of another end there is none.
        if let accessLog { try? FileManager.default.removeItem(atPath: accessLog) }
        let output = RunOutput(function: function, cpu: cpu)
        var wanted: [String: String] = [:]
        wanted[Probe.profilesVariable] = profiles
        let names = profiled.sorted().joined(separator: "\n")
        // Linux lets no variable be longer than 128 KiB.
        wanted[Probe.profiledVariable] = names.utf8.count < 100_000 ? names : nil
        wanted[Probe.goroutinesVariable] = listsGoroutines ? "1" : nil
        wanted[Probe.heapDumpVariable] = dumpsHeap ? "1" : nil
        let outcome = try await run(
            ["-test.run", "^$", "-test.benchmem"] + arguments, probing: wanted, output.append)
        let (results, text) = output.all
        let report = RunReport(outcome, output: text, limits: toolchain.limits)
        if let accessLog, !report.isComplete { try? FileManager.default.removeItem(atPath: accessLog) }
        var failure = report.failure
        if results.isEmpty && (failure?.isWarning ?? true) {
            failure = try await reasonForSilence(pattern, function: function, cpu: cpu)
        }
        return RunOutcome(results: results, failure: failure)
    }

    /// Runs one benchmark function for about a second, and has a CPU profile of it written.
    ///
    /// - Returns: What kept the profile from being written; nil when it was.
    /// - Throws: When the binary could not be started, or on cancellation.
    public func profileCPU(_ pattern: String, function: String, cpu: Int, to file: String) async throws -> Failure? {
        let output = RunOutput(function: function, cpu: cpu)
        let outcome = try await run(
            [
                "-test.run", "^$", "-test.bench", pattern, "-test.benchtime", "1s", "-test.cpu", "\(cpu)",
                "-test.cpuprofile", file,
            ], output.append)
        let report = RunReport(outcome, output: output.all.text, limits: toolchain.limits)
        return report.isComplete ? nil : report.failure ?? Failure(.missingBenchmark, "\(function) printed no result")
    }

    /// Tells a benchmark that skips itself, which Go mentions with `-test.v` only, from one that isn't there.
    private func reasonForSilence(_ pattern: String, function: String, cpu: Int) async throws -> Failure {
        let note = SkipNote(function: function)
        _ = try await run(
            ["-test.run", "^$", "-test.v", "-test.bench", pattern, "-test.benchtime", "1x", "-test.cpu", "\(cpu)"],
            note.append)
        if let text = note.text { return Failure(.skipped, text) }
        return Failure(.missingBenchmark, "\(function) does not exist or printed no result")
    }

    /// Whether the package's folder is there and open. A benchmark may have removed it, or made it inaccessible.
    public var hasFolder: Bool {
        var status = stat()
        return stat(directory, &status) == 0 && status.st_mode & (S_IFMT | 0o500) == S_IFDIR | 0o500
    }

    private var directory: String { package == "." ? root : "\(root)/\(package)" }

    private func run(
        _ arguments: [String], probing: [String: String] = [:], _ onLine: @escaping @Sendable (String) -> Void
    ) async throws -> ChildProcess.Outcome {
        var variables = toolchain.environment.variables
        // As `go test` does since Go 1.19.
        let goRoot = toolchain.settings["GOROOT"] ?? ""
        variables["GOROOT"] = goRoot
        variables["PATH"] = "\(goRoot)/bin:\(variables["PATH"] ?? "")"
        variables["PWD"] = directory
        variables.merge(probing) { $1 }
        let confinement = toolchain.confinement
        variables.merge(try confinement?.variables(for: .run, at: root) ?? [:]) { $1 }
        variables[Probe.injectionVariable] = injectedAllocations > 0 ? "\(injectedAllocations)" : nil
        return try await ChildProcess(
            executable: path, arguments: arguments, directory: directory, environment: variables,
            limits: toolchain.limits, box: confinement?.box(for: .run, at: root)
        ).run(onLine)
    }
}
