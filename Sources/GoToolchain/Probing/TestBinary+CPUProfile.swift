public import Benchmarks

extension TestBinary {
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
            ], probing: testing(pattern, function), output.append)
        let report = RunReport(
            outcome, output: output.all.text, of: package, in: root, limits: toolchain.limits)
        return report.isComplete ? nil : report.failure ?? Failure(.missingBenchmark, "\(function) printed no result")
    }
}
