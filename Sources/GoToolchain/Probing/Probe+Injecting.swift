import Foundation

extension Probe {
    /// The size of an injected allocation in bytes, as `allocbisect_inject.go` has it.
    public static let injectedBytes = 64

    /// The probe's files with a further one, which makes each iteration of every benchmark allocate more.
    ///
    /// Go runs the body of a benchmark at one place, `B.runN`, whatever its shape: a loop over `b.N`, `b.Loop` or
    /// `b.RunParallel`, a sub-benchmark or none. What is allocated there, between the body and the end of the measured
    /// time, counts as the benchmark's own, and goes the whole way that a real regression goes. No source of the user's
    /// is changed for it, which could not be done for each shape of a benchmark.
    ///
    /// - Returns: nil unless the one place is found.
    static func injectedSources(_ files: [String: String]) -> [String: String]? {
        let path = "testing/benchmark.go"
        guard let source = files[path], let function = source.range(of: "func (b *B) runN(n int) {\n"),
            let end = source.range(of: "\n}", range: function.upperBound..<source.endIndex)
        else { return nil }
        let body = source[function.upperBound..<end.lowerBound]
        let call = "\tb.benchFunc(b)\n"
        guard body.ranges(of: call).count == 1, let place = body.firstRange(of: call) else { return nil }
        var files = files
        files[path] = source.replacingCharacters(in: place, with: call + "\tallocbisectInject(b)\n")
        files["testing/allocbisect_inject.go"] = text(PackageResources.allocbisect_inject_go)
        return files
    }
}
