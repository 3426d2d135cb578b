import Foundation

/// The measuring probe: an overlay over the installed toolchain's own `testing` package.
///
/// `BenchmarkResult.MemString`, which Go calls after each benchmark and sub-benchmark to print `B/op` and `allocs/op`,
/// is made to print further units first (`ProbeUnit`): exact totals, and how many goroutines and live objects there are
/// more than before, once everything that was ending has ended. When asked for, it writes profiles at the same moment,
/// of what was allocated since `B.runN` was first called. Nothing is put into the user's package.
public struct Probe: Sendable {
    /// The overlay file for `-overlay`; nil when the toolchain's source does not match the rule.
    public let overlay: String?
    /// The overlay of what binaries that run benchmarks alone need not have, for `BuildOptions.idle`; nil when the
    /// toolchain's source does not match.
    public let idle: String?
    /// The overlay of the runtime for `NoTinyAllocatorRuntime`, and the folder where that keeps its files; nil when the
    /// runtime's source does not match.
    let runtime: (overlay: String, folder: String)?
    /// The overlay of a probe that also makes each iteration allocate more (`TestBinary.injectedAllocations`); nil when
    /// the toolchain's source does not match.
    public let injecting: String?
    /// Whether tests can be run as benchmarks are.
    public let runsTests: Bool
    /// Whether test binaries log the files that they ask for (`AccessLog`).
    public let logsAccesses: Bool
    /// The version that belongs to the recipe; 0 without an overlay.
    public var version: Int { overlay == nil ? 0 : Probe.currentVersion }

    /// The version of what this program puts into `testing`.
    public static let currentVersion = 8

    /// Writes the overlay for a toolchain.
    ///
    /// - Parameter directory: Where to keep the files. The same toolchain gives the same files, so that programs
    ///   running at once may share it, and Go's build cache stays valid.
    /// - Throws: `GoError` when the files cannot be written.
    public init(for toolchain: Toolchain, directory: String) throws {
        let sources = Probe.sources(of: toolchain)
        guard let patched = Probe.patchedSource(of: toolchain) else {
            overlay = nil
            idle = nil
            runtime = nil
            injecting = nil
            runsTests = false
            logsAccesses = false
            return
        }
        // Two installations of one version have overlays of their own.
        let name = (toolchain.version + sources).map { $0.isLetter || $0.isNumber || $0 == "." ? $0 : "_" }
        let folder = "\(directory)/\(String(name))"
        var own = Probe.addedSources(MemoryRecords(sources))
        own["testing/benchmark.go"] = patched
        let main = Probe.mainSource(try? String(contentsOfFile: sources + "/testing/testing.go", encoding: .utf8))
        own["testing/testing.go"] = main.source
        runsTests = main.runsTests
        let averages = try? String(contentsOfFile: sources + "/testing/allocs.go", encoding: .utf8)
        own["testing/allocs.go"] = averages.flatMap(Probe.averagingSource)
        let accesses = Probe.accessSources(of: toolchain, sources: sources)
        logsAccesses = !accesses.isEmpty
        own.merge(accesses) { first, _ in first }
        let unused = Probe.idleFuzzing(sources: sources)
        let separated = Probe.separatedSources(of: toolchain)
        let injected = Probe.injectedSources(own)
        do {
            overlay = try Probe.writeOverlay("overlay", of: own, sources: sources, in: folder)
            idle = unused.isEmpty ? nil : try Probe.writeOverlay("idle", of: unused, sources: sources, in: folder)
            runtime =
                separated.isEmpty
                ? nil : (try Probe.writeOverlay("runtime", of: separated, sources: sources, in: folder), folder)
            injecting = try injected.map {
                try Probe.writeOverlay("overlay", of: $0, sources: sources, in: folder + "/injecting")
            }
        } catch {
            throw GoError(
                .probe, "The measuring probe could not be written below \(folder): \(error.localizedDescription)")
        }
    }

    /// Writes an overlay and the files that it puts in the place of others, none where a text is empty.
    private static func writeOverlay(
        _ name: String, of files: [String: String], sources: String, in folder: String
    ) throws -> String {
        var replacements: [String: String] = [:]
        for (path, text) in files {
            // Go's mark of a file that is not there.
            replacements["\(sources)/\(path)"] = ""
            if text.isEmpty { continue }
            let file = "\(folder)/\(path)"
            try FileManager.default.createDirectory(
                at: URL(filePath: file).deletingLastPathComponent(), withIntermediateDirectories: true)
            try write(text, to: file)
            replacements["\(sources)/\(path)"] = file
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let overlay = try encoder.encode(["Replace": replacements])
        try write(String(decoding: overlay, as: UTF8.self), to: "\(folder)/\(name).json")
        return "\(folder)/\(name).json"
    }

    /// Whether the rule matches a toolchain's source; nothing is written.
    public static func matches(_ toolchain: Toolchain) -> Bool { patchedSource(of: toolchain) != nil }

    /// Overlay keys must be spelled as `go list` spells the directory, which is below GOROOT as `go env` spells it.
    private static func sources(of toolchain: Toolchain) -> String { (toolchain.settings["GOROOT"] ?? "") + "/src" }

    private static func patchedSource(of toolchain: Toolchain) -> String? {
        let path = sources(of: toolchain) + "/testing/benchmark.go"
        return (try? String(contentsOfFile: path, encoding: .utf8)).flatMap(patch)
    }

    /// The runtime's files that would put a small object into a block that is begun, made never to find room in it.
    private static func separatedSources(of toolchain: Toolchain) -> [String: String] {
        let room = "off+size <= maxTinySize && c.tiny != 0 {"
        var separated: [String: String] = [:]
        for path in ["runtime/malloc.go", "runtime/malloc_generated.go"] {
            let source = try? String(contentsOfFile: "\(sources(of: toolchain))/\(path)", encoding: .utf8)
            guard let source, source.contains(room) else { continue }
            separated[path] = source.replacing(room, with: "off+size <= maxTinySize && c.tiny == 1 {")
        }
        guard !separated.isEmpty else { return [:] }
        separated["runtime/heapdump.go"] = dumpSource(of: toolchain)
        return separated
    }

    /// The runtime's file that writes heap dumps, which takes the innermost call's return address for the call and so
    /// may name a later line, made to look before it as it does with the other calls.
    private static func dumpSource(of toolchain: Toolchain) -> String? {
        let source = try? String(contentsOfFile: sources(of: toolchain) + "/runtime/heapdump.go", encoding: .utf8)
        return source?.replacing("if i > 0 && pc > f.entry() {", with: "if pc > f.entry() {")
    }

    /// Replaces a file unless it already says the same, in one step that another program never sees half done.
    private static func write(_ text: String, to path: String) throws {
        if let present = try? String(contentsOfFile: path, encoding: .utf8), present == text { return }
        try text.write(toFile: path, atomically: true, encoding: .utf8)
    }

    /// The source with both calls in it; nil unless their places are found.
    static func patch(_ source: String) -> String? {
        let run = "func (b *B) runN(n int) {\n"
        guard source.ranges(of: run).count == 1 else { return nil }
        var source = source.replacing(
            run, with: run + "\tallocbisectRun(b, n)\n\tallocbisectBegin(b.name)\n\tallocbisectEnter(b)\n")
        // Go 1.24 and newer.
        if let loop = source.range(of: "func (b *B) loopSlowPath() bool {\n"),
            let end = source.range(of: "\n}", range: loop.upperBound..<source.endIndex),
            let reset = source.range(of: "\t\tb.ResetTimer()\n", range: loop.upperBound..<end.lowerBound)
        {
            source = source.replacingCharacters(in: reset, with: "\t\tallocbisectMark(b)\n\t\tb.ResetTimer()\n")
        }
        guard let function = source.range(of: "func (r BenchmarkResult) MemString() string {\n"),
            let end = source.range(of: "\n}", range: function.upperBound..<source.endIndex)
        else { return nil }
        let body = function.upperBound..<end.lowerBound
        let call = "return fmt.Sprintf("
        guard source.ranges(of: call).count(where: { body.contains($0.lowerBound) }) == 1,
            let place = source.range(of: call, range: body)
        else { return nil }
        return source.replacingCharacters(
            in: place, with: "return allocbisectSigned() + allocbisectProbe(r) + fmt.Sprintf(")
    }
}

extension Probe {
    /// The files that are added to `testing`, as they stand in the folder `Probe`.
    ///
    /// They know the names of `Probe`'s variables and of `ProbeUnit` by themselves, so that Go's own tools can check
    /// them as they are.
    ///
    /// `allocbisect_marks.go` tells our lines from those that a benchmark prints. `package p` and `package p_test` may
    /// both have a benchmark of one name. Go runs that of `p` first; the other one is then called `BenchmarkX[_test]`.
    ///
    /// `allocbisect_process.go` tells what the process takes as a whole, and `allocbisect_peaks.go` its largest heap, which
    /// older Gos do not tell.
    ///
    /// `allocbisect_tests.go` runs a test as a benchmark is run.
    ///
    /// `allocbisect_profiles.go` writes what one benchmark added to what was there before, from the records of the
    /// runtime. Go's own writer would write all stacks of the process again at the end of every sub-benchmark, which
    /// takes longer than the benchmark. `allocbisect_proto.go` has the format:
    /// https://github.com/google/pprof/blob/main/proto/profile.proto
    ///
    /// - Parameter records: What of the runtime's records can be had.
    static func addedSources(_ records: MemoryRecords) -> [String: String] {
        [
            "testing/allocbisect_probe.go": text(PackageResources.allocbisect_probe_go),
            "testing/allocbisect_probe_linux.go": text(PackageResources.allocbisect_probe_linux_go),
            "testing/allocbisect_cleanup.go": text(PackageResources.allocbisect_cleanup_go),
            "testing/allocbisect_process.go": text(PackageResources.allocbisect_process_go),
            "testing/allocbisect_peaks.go": text(PackageResources.allocbisect_peaks_go),
            "testing/allocbisect_marks.go": text(PackageResources.allocbisect_marks_go),
            "testing/allocbisect_profiles.go": text(PackageResources.allocbisect_profiles_go),
            "testing/allocbisect_proto.go": text(PackageResources.allocbisect_proto_go),
            "testing/allocbisect_tests.go": text(PackageResources.allocbisect_tests_go),
            "testing/allocbisect_records.go": records.source,
        ]
    }

    /// The text of a file that is part of the program.
    static func text(_ file: [UInt8]) -> String { String(decoding: file, as: UTF8.self) }
}

extension Probe {
    /// The environment variable that has the mark of a run: a number that only `testing` gets to know.
    static let markVariable = "ALLOCBISECT_MARK"
    /// The environment variable that asks for the names of benchmarks and tests instead of running any.
    static let listVariable = "ALLOCBISECT_LIST"
    /// The environment variable that names a test to be run instead of benchmarks.
    static let testVariable = "ALLOCBISECT_TEST"
    /// What is logged where a test has no sub-test of the name that is needed.
    static let noSubTest = "allocbisect: there is no such sub-test"
    /// The environment variable that has the probe do nothing, since a program around the process counts all of it.
    static let countingVariable = "ALLOCBISECT_COUNTING"
    /// The environment variable that names the folder for profiles.
    static let profilesVariable = "ALLOCBISECT_PROFILES"
    /// The environment variable that names the benchmarks to be profiled, one a line; all of them without it.
    static let profiledVariable = "ALLOCBISECT_PROFILED"
    /// The environment variable that asks for goroutine profiles of benchmarks that leave no goroutines behind as well.
    static let goroutinesVariable = "ALLOCBISECT_GOROUTINES"
    /// The environment variable that asks for heap dumps among the profiles.
    static let heapDumpVariable = "ALLOCBISECT_HEAP_DUMP"
    /// The environment variable that says how many allocations an iteration makes beyond its own.
    static let injectionVariable = "ALLOCBISECT_INJECT"
}
