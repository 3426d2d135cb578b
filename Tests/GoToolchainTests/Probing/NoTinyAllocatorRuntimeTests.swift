import Foundation
import TestSupport
import Testing

@testable import GoToolchain

@Suite("The runtime that gives each small object its own block", .tags(.go), .serialized)
struct NoTinyAllocatorRuntimeTests {
    /// Two small allocations on two lines, which Go would put into one block.
    private static let files = [
        "m.go": """
        package m

        var a, b *int32

        func Work() {
        \ta = new(int32)
        \tb = new(int32)
        }

        """,
        "m_test.go": """
        package m

        import "testing"

        func BenchmarkWork(b *testing.B) {
        \tfor i := 0; i < b.N; i++ {
        \t\tWork()
        \t}
        }

        """,
    ]

    @Test(arguments: GoCommands.all, ["", "all=-N -l"])
    func showsEverySmallAllocationAtItsOwnLine(go: String, gcflags: String) async throws {
        let bench = try await Workbench(go, Self.files)
        let folder = bench.module.folder.path + "/a folder"
        let probe = try Probe(for: bench.toolchain, directory: folder + "/probe")
        var options = BuildOptions(gcflags: gcflags, overlay: probe.overlay)
        options.runtime = try await NoTinyAllocatorRuntime(bench.toolchain, probe, options: options)
        #expect(options.runtime != nil)
        let outcome = try await bench.toolchain.build(
            package: ".", in: bench.root, to: folder + "/m.test", options: options)
        guard case .built(let binary) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        let profiles = folder + "/profiles"
        try FileManager.default.createDirectory(atPath: profiles, withIntermediateDirectories: true)
        let run = try await binary.run(
            "^BenchmarkWork$", function: "BenchmarkWork", iterations: 100, cpu: 1, profiles: profiles)
        #expect(run.failure == nil)
        let heap = ProbeProfiles(folder: profiles, number: 1).path(.heap)
        let lines = Lines()
        _ = try await bench.toolchain.go(
            ["tool", "pprof", "-sample_index=alloc_objects", "-lines", "-top", heap], in: bench.root, workspace: "off",
            options: BuildOptions(), lines.append)
        let top = lines.joined
        // The loop, and the one iteration that Go runs first.
        for line in ["m.go:6", "m.go:7"] {
            let count = top.split(separator: "\n").filter { $0.contains(line) }
                .compactMap { $0.split(separator: " ").first.flatMap { Int($0) } }.max()
            #expect(count == 101, "\(top)")
        }
    }

    @Test(arguments: GoCommands.all) func isBuiltOnce(go: String) async throws {
        let bench = try await Workbench(go, Self.files)
        let probe = try Probe(for: bench.toolchain, directory: bench.module.folder.path + "/probe")
        let options = BuildOptions(overlay: probe.overlay)
        let built = try await NoTinyAllocatorRuntime(bench.toolchain, probe, options: options)
        let first = try #require(built)
        let written = try FileManager.default.attributesOfItem(atPath: first.archive)[.modificationDate] as? Date
        let second = try await NoTinyAllocatorRuntime(bench.toolchain, probe, options: options)
        let kept = try FileManager.default.attributesOfItem(atPath: first.archive)[.modificationDate] as? Date
        #expect(first == second && written == kept)
    }

    @Test func readsNoArchiveFromOtherFiles() throws {
        let module = try GoModule(["x.a": "!<arch>\nno object"])
        #expect(GoArchive(module.root + "/x.a") == nil)
        #expect(GoArchive(module.root + "/missing.a") == nil)
    }
}
