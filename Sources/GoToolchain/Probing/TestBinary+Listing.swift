import Benchmarks

extension TestBinary {
    /// The benchmarks and tests that it was built with, each in the order in which it runs them.
    ///
    /// With the probe they are reported before `TestMain` begins; else Go's own `-test.list` is asked.
    ///
    /// - Returns: nil when it does not come to that, since what runs before fails.
    /// - Throws: When the binary could not be started, or on cancellation.
    public func functions() async throws -> [String]? {
        let mark = "\(UInt32.random(in: 1 ... .max))"
        let lines = Lines()
        let outcome = try await run(
            ["-test.list", "^(Benchmark|Test)"], probing: [Probe.markVariable: mark, Probe.listVariable: "1"],
            lines.append)
        guard case .exited(0) = outcome.ending, outcome.reached == nil else { return nil }
        let all = lines.all
        let names =
            all.contains(mark)
            ? all.filter { $0.hasPrefix(mark + " ") }.map { String($0.dropFirst(mark.count + 1)) }
            : all.filter { $0.wholeMatch(of: /[\p{L}\p{Nd}_]+/) != nil && FunctionKind(of: $0) != nil }
        // The package and that of its outer tests may have one name each.
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }
}
