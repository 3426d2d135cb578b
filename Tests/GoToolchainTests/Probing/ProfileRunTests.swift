import Benchmarks
import Foundation
import TestSupport
import Testing

@testable import GoToolchain

@Suite("Profiles that the probe writes, as `go tool pprof` reads them", .tags(.go), .serialized)
struct ProfileRunTests {
    private static let files = [
        "m.go": """
        package m

        var one *[16]byte
        var two *[3][16]byte

        var early = make([]byte, 8<<20)

        func One() { one = new([16]byte) }

        func Two() { two = new([3][16]byte) }

        //go:noinline
        func Deep(n int) {
        \tif n == 0 {
        \t\tOne()
        \t\treturn
        \t}
        \tDeep(n - 1)
        }

        """,
        "m_test.go": """
        package m

        import "testing"

        func BenchmarkAll(b *testing.B) {
        \tfor _, sub := range []struct {
        \t\tname string
        \t\tcall func()
        \t}{{"one", One}, {"two", Two}, {"deep", func() { Deep(40) }}} {
        \t\tb.Run(sub.name, func(b *testing.B) {
        \t\t\tfor i := 0; i < b.N; i++ {
        \t\t\t\tsub.call()
        \t\t\t}
        \t\t})
        \t}
        }

        """,
    ]

    @Test(arguments: GoCommands.all) func hasWhatOneBenchmarkAllocated(go: String) async throws {
        let run = try await ProfiledRun(go, ProfileRunTests.files)
        // The loop, and the one iteration that Go runs first.
        let first = try await run.objects("BenchmarkAll/one")
        #expect(first["example.com/m.One"] == 101 && first["example.com/m.init"] == nil, "\(first)")
        let second = try await run.objects("BenchmarkAll/two")
        #expect(second["example.com/m.Two"] == 101 && second["example.com/m.One"] == nil, "\(second)")
        // A new Go notes one more allocation after it was told to stop.
        #expect(second.allSatisfy { !$0.key.contains("allocbisect") || $0.value <= 1 }, "\(second)")
        let third = try await run.objects("BenchmarkAll/deep")
        #expect(third["example.com/m.One"] == 101 && third["example.com/m.Deep"] == 101, "\(third)")
        if case .whole = MemoryRecords(run.sources) {
            #expect(third["example.com/m.BenchmarkAll.func1", default: 0] >= 101, "\(third)")
        }
    }

    @Test(arguments: GoCommands.all) func notesOnlyWhatIsAskedFor(go: String) async throws {
        let run = try await ProfiledRun(go, ProfileRunTests.files, profiled: ["BenchmarkAll/two", "BenchmarkAl"])
        #expect(run.snapshot("BenchmarkAll/one") == nil && run.snapshot("BenchmarkAll/deep") == nil)
        #expect(run.snapshot("BenchmarkAll/two")?.number == 1)
        let objects = try await run.objects("BenchmarkAll/two")
        #expect(objects["example.com/m.Two"] == 101 && objects["example.com/m.One"] == nil, "\(objects)")
    }

    @Test(arguments: GoCommands.all, [false, true]) func listsGoroutines(go: String, isAsked: Bool) async throws {
        let run = try await ProfiledRun(go, ProfileRunTests.files, listsGoroutines: isAsked)
        // The first one has the goroutine of the function around it beyond what was there.
        let snapshot = try #require(run.snapshot("BenchmarkAll/two"))
        #expect((snapshot.contents(.goroutines) != nil) == isAsked)
        #expect(!FileManager.default.fileExists(atPath: snapshot.path(.dump)))
    }

    @Test(arguments: GoCommands.all) func knowsTheRecordsOfTheRuntime(go: String) async throws {
        let bench = try await Workbench(go, [:])
        let sources = (bench.toolchain.settings["GOROOT"] ?? "") + "/src"
        let has = FileManager.default.fileExists(atPath: sources + "/internal/profilerecord")
        if case .whole = MemoryRecords(sources) { #expect(has) } else { #expect(!has) }
    }

    @Test func usesNoRecordsItDoesNotKnow() throws {
        let function =
            "//go:linkname pprof_memProfileInternal\nfunc pprof_memProfileInternal("
            + "p []profilerecord.MemProfileRecord, inuseZero bool) (n int, ok bool) {\n}\n"
        let old =
            "type MemProfileRecord struct {\n\tAllocBytes, FreeBytes     int64\n"
            + "\tAllocObjects, FreeObjects int64\n\tStack                     []uintptr\n}\n"
        func records(_ function: String, _ record: String) throws -> MemoryRecords {
            let module = try GoModule(
                ["runtime/mprof.go": function, "internal/profilerecord/profilerecord.go": record])
            return MemoryRecords(module.root)
        }
        #expect(try records(function, old) == .whole(hasSizes: false))
        #expect(
            try records(function, old.replacing("AllocBytes, FreeBytes", with: "ObjectSize")) == .whole(hasSizes: true))
        #expect(try records(function, old.replacing("AllocBytes", with: "AllBytes")) == .exported)
        #expect(try records(function.replacing("bool)", with: "int)"), old) == .exported)
    }
}

/// A benchmark that was run 100 times with profiles.
private struct ProfiledRun {
    private let bench: Workbench
    private let folder: String
    private let results: [String: BenchmarkResult]

    init(
        _ go: String, _ files: [String: String], profiled: Set<String> = [], listsGoroutines: Bool = false
    ) async throws {
        bench = try await Workbench(go, files)
        folder = bench.module.folder.path + "/profiles"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let run = try await bench.binary().run(
            "^BenchmarkAll$", function: "BenchmarkAll", iterations: 100, cpu: 1, profiles: folder, profiled: profiled,
            listsGoroutines: listsGoroutines)
        #expect(run.failure == nil)
        results = Dictionary(uniqueKeysWithValues: run.results.map { ($0.name, $0) })
    }

    var sources: String { (bench.toolchain.settings["GOROOT"] ?? "") + "/src" }

    func snapshot(_ name: String) -> ProbeProfiles? {
        results[name]?.values[ProbeUnit.snapshot.rawValue].map { ProbeProfiles(folder: folder, number: Int($0)) }
    }

    /// The objects that `go tool pprof` says functions allocate, with what they call.
    func objects(_ name: String) async throws -> [String: Int] {
        let heap = try #require(snapshot(name)).path(.heap)
        let lines = Lines()
        _ = try await bench.toolchain.go(
            ["tool", "pprof", "-sample_index=alloc_objects", "-nodefraction=0", "-cum", "-top", heap], in: bench.root,
            workspace: "off", options: BuildOptions(), lines.append)
        var objects: [String: Int] = [:]
        for line in lines.joined.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count >= 6, let count = Int(words[3]) else { continue }
            objects[String(words[5])] = count
        }
        return objects
    }
}
