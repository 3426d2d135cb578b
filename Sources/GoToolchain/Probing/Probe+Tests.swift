import Foundation

extension Probe {
    /// The file of `testing` in which test binaries begin, made to list benchmarks and tests first of all, and to run a test
    /// instead of benchmarks (`allocbisect_tests.go`).
    ///
    /// What is registered there is what Go runs, however it is spelled. `TestMain` comes later and cannot keep it back. A
    /// test is run by the same call as Go's own, whatever that takes.
    ///
    /// - Parameter source: The toolchain's own file; nil where it cannot be read.
    /// - Returns: nil instead of the source when it does not match the rule.
    static func mainSource(_ source: String?) -> (source: String?, runsTests: Bool) {
        guard let source, let listing = listing(source) else { return (nil, false) }
        return running(listing).map { ($0, true) } ?? (listing, false)
    }

    private static func listing(_ source: String) -> String? {
        let start = source.firstRange(of: "\nfunc MainStart(")
        guard let start, let end = source[start.upperBound...].firstRange(of: "{\n"),
            source[start.upperBound..<end.lowerBound].contains(
                " tests []InternalTest, benchmarks []InternalBenchmark,")
        else { return nil }
        return source.replacingCharacters(in: end, with: "{\n\tallocbisectList(tests, benchmarks)\n")
    }

    private static func running(_ source: String) -> String? {
        let runner = "func tRunner(t *T, fn func(t *T)) {\n"
        let calls = source.ranges(of: "runTests(m.deps.")
        guard source.ranges(of: runner).count == 1, calls.count == 1,
            let end = source[calls[0].upperBound...].firstIndex(of: "\n"),
            let start = source[..<calls[0].lowerBound].lastIndex(of: "\n")
        else { return nil }
        let call = source[calls[0].lowerBound..<end]
        let arguments = "m.tests, deadline)"
        guard call.hasSuffix(arguments) else { return nil }
        let own = call.dropLast(arguments.count) + "tests, time.Time{})"
        let lines =
            "\t\tallocbisectTests(m, func(tests []InternalTest) (bool, bool) {\n\t\t\treturn \(own)\n\t\t})\n"
        var source = source
        source.insert(contentsOf: lines, at: source.index(after: start))
        return source.replacing(runner, with: runner + "\tallocbisectReach(t)\n")
    }

    /// The file of `testing` that has `AllocsPerRun`, made to tell what it counted before it is rounded; nil when the
    /// toolchain's source does not match.
    static func averagingSource(_ source: String) -> String? {
        let end = "\treturn float64(mallocs / uint64(runs))\n"
        guard source.ranges(of: end).count == 1 else { return nil }
        return source.replacing(end, with: "\tallocbisectPerRun(mallocs, runs)\n" + end)
    }
}
