import Foundation

/// The measuring probe: an overlay over the installed toolchain's own `testing` package.
///
/// `BenchmarkResult.MemString`, which Go calls after each benchmark and sub-benchmark to print `B/op` and `allocs/op`,
/// is made to print further units first (`ProbeUnit`): exact totals, and how many goroutines and live objects there
/// are more than before. Nothing is put into the user's package.
public struct Probe: Sendable, Hashable {
    /// The overlay file for `-overlay`; nil when the toolchain's source does not match the rule.
    public let overlay: String?
    /// The version that belongs to the recipe; 0 without an overlay.
    public var version: Int { overlay == nil ? 0 : Probe.currentVersion }

    private static let currentVersion = 1

    /// Writes the overlay for a toolchain.
    ///
    /// - Parameter directory: Where to keep the files. The same toolchain gives the same files, so that programs
    ///   running at once may share it, and Go's build cache stays valid.
    /// - Throws: `GoError` when the files cannot be written.
    public init(for toolchain: Toolchain, directory: String) throws {
        let testing = Probe.testingDirectory(of: toolchain)
        guard let patched = Probe.patchedSource(of: toolchain) else {
            overlay = nil
            return
        }
        // Two installations of one version have overlays of their own.
        let name = (toolchain.version + testing).map { $0.isLetter || $0.isNumber || $0 == "." ? $0 : "_" }
        let folder = "\(directory)/\(String(name))"
        let files = [
            "benchmark.go": patched, "allocbisect_probe.go": Probe.source,
            "allocbisect_probe_linux.go": Probe.linuxSource,
        ]
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            var replacements: [String: String] = [:]
            for (name, text) in files {
                try Probe.write(text, to: "\(folder)/\(name)")
                replacements["\(testing)/\(name)"] = "\(folder)/\(name)"
            }
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            let overlay = try encoder.encode(["Replace": replacements])
            try Probe.write(String(decoding: overlay, as: UTF8.self), to: folder + "/overlay.json")
        } catch {
            throw GoError(
                .probe, "The measuring probe could not be written below \(folder): \(error.localizedDescription)")
        }
        overlay = folder + "/overlay.json"
    }

    /// Whether the rule matches a toolchain's source; nothing is written.
    public static func matches(_ toolchain: Toolchain) -> Bool { patchedSource(of: toolchain) != nil }

    /// Overlay keys must be spelled as `go list` spells the directory, which is below GOROOT as `go env` spells it.
    private static func testingDirectory(of toolchain: Toolchain) -> String {
        (toolchain.settings["GOROOT"] ?? "") + "/src/testing"
    }

    private static func patchedSource(of toolchain: Toolchain) -> String? {
        let path = testingDirectory(of: toolchain) + "/benchmark.go"
        return (try? String(contentsOfFile: path, encoding: .utf8)).flatMap(patch)
    }

    /// Replaces a file unless it already says the same, in one step that another program never sees half done.
    private static func write(_ text: String, to path: String) throws {
        if let present = try? String(contentsOfFile: path, encoding: .utf8), present == text { return }
        try text.write(toFile: path, atomically: true, encoding: .utf8)
    }

    /// The source with the call in it; nil unless the one place is found.
    static func patch(_ source: String) -> String? {
        guard let function = source.range(of: "func (r BenchmarkResult) MemString() string {\n"),
            let end = source.range(of: "\n}", range: function.upperBound..<source.endIndex)
        else { return nil }
        let body = function.upperBound..<end.lowerBound
        let call = "return fmt.Sprintf("
        guard source.ranges(of: call).count(where: { body.contains($0.lowerBound) }) == 1,
            let place = source.range(of: call, range: body)
        else { return nil }
        return source.replacingCharacters(in: place, with: "return allocbisectProbe(r) + fmt.Sprintf(")
    }

    private static let source = """
        package testing

        import (
        \t"fmt"
        \t"runtime"
        \t"time"
        )

        // allocbisectLevels is what was alive when the benchmark before ended, or when the process started.
        type allocbisectLevels struct {
        \tgoroutines     int
        \tbytes, objects uint64
        }

        var allocbisectBefore = allocbisectNow(1)

        // allocbisectNow collects garbage twice, which also empties pools, and gives goroutines that are about to end
        // a few milliseconds to do so.
        func allocbisectNow(expected int) allocbisectLevels {
        \truntime.GC()
        \tcount := runtime.NumGoroutine()
        \tfor quiet := 0; count > expected && quiet < 5; quiet++ {
        \t\ttime.Sleep(time.Millisecond)
        \t\tif now := runtime.NumGoroutine(); now < count {
        \t\t\tcount, quiet = now, -1
        \t\t}
        \t}
        \truntime.GC()
        \tvar memory runtime.MemStats
        \truntime.ReadMemStats(&memory)
        \treturn allocbisectLevels{count, memory.HeapAlloc, memory.Mallocs - memory.Frees}
        }

        func allocbisectProbe(r BenchmarkResult) string {
        \tbefore := allocbisectBefore
        \tnow := allocbisectNow(before.goroutines)
        \tallocbisectBefore = now
        \treturn fmt.Sprintf(
        \t\t"%d probe-mallocs\\t%d probe-bytes\\t%d probe-goroutines\\t%d probe-live-bytes\\t%d probe-live-objects\\t",
        \t\tr.MemAllocs, r.MemBytes, now.goroutines-before.goroutines,
        \t\tint64(now.bytes-before.bytes), int64(now.objects-before.objects))
        }

        """

    private static let linuxSource = """
        package testing

        import "syscall"

        // A benchmark ends with the program that started it, even when that is killed: PR_SET_PDEATHSIG, SIGKILL.
        func init() {
        \tsyscall.RawSyscall(syscall.SYS_PRCTL, 1, 9, 0)
        }

        """
}
