import Foundation

extension Probe {
    /// The file of `testing` in which test binaries begin, made to list its benchmarks first of all; nil when the
    /// toolchain's source does not match the rule.
    ///
    /// What is registered there is what Go runs, however it is spelled. `TestMain` comes later and cannot keep it back.
    static func listingSource(_ source: String) -> String? {
        let start = source.firstRange(of: "\nfunc MainStart(")
        guard let start, let end = source[start.upperBound...].firstRange(of: "{\n"),
            source[start.upperBound..<end.lowerBound].contains(" benchmarks []InternalBenchmark,")
        else { return nil }
        return source.replacingCharacters(in: end, with: "{\n\tallocbisectList(benchmarks)\n")
    }
}
