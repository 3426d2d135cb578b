import Benchmarks
import Foundation
import TestSupport
import Testing

@testable import GoToolchain

@Suite("The probe")
struct ProbeTests {
    private static let source = """
        func (r BenchmarkResult) MemString() string {
        \treturn fmt.Sprintf("%8d B/op\\t%8d allocs/op",
        \t\tr.AllocedBytesPerOp(), r.AllocsPerOp())
        }

        func (b *B) runN(n int) {
        \tbenchmarkLock.Lock()
        }

        func other() string {
        \treturn fmt.Sprintf("")
        }

        """

    @Test func putsACallIntoMemStringAndOneIntoRunN() throws {
        let patched = try #require(Probe.patch(ProbeTests.source))
        let units = "allocbisectSigned() + allocbisectProbe(r) + "
        #expect(patched.contains("MemString() string {\n\treturn \(units)fmt.Sprintf(\"%8d B/op"))
        let calls = "\tallocbisectRun(b, n)\n\tallocbisectBegin(b.name)\n\tallocbisectEnter(b)\n"
        #expect(patched.contains("runN(n int) {\n\(calls)\tbenchmarkLock"))
        let restored = patched.replacing(units, with: "")
            .replacing(calls, with: "")
        #expect(restored == ProbeTests.source)
    }

    @Test func refusesSourceThatItDoesNotKnow() {
        let source = ProbeTests.source
        #expect(Probe.patch("") == nil)
        #expect(Probe.patch(source.replacing("runN(n int)", with: "runN(n int64)")) == nil)
        #expect(Probe.patch(source.replacing("MemString", with: "MemText")) == nil)
        #expect(Probe.patch(source.replacing("(r BenchmarkResult)", with: "(r *BenchmarkResult)")) == nil)
        #expect(Probe.patch(source.replacing("return fmt.Sprintf(\"%8d", with: "return fmt.Sprint(\"%8d")) == nil)
        let call = "\treturn fmt.Sprintf(\"%8d"
        let twice = source.replacing(call, with: "\treturn fmt.Sprintf(\"\")\n" + call)
        #expect(Probe.patch(twice) == nil)
    }

    @Test("Go's side and ours use the same words")
    func words() {
        let go = Probe.addedSources(.exported).values.joined() + Probe.text(PackageResources.allocbisect_inject_go)
        let variables = [
            Probe.markVariable, Probe.listVariable, Probe.profilesVariable, Probe.profiledVariable,
            Probe.goroutinesVariable, Probe.heapDumpVariable, Probe.injectionVariable, Probe.testVariable,
            Probe.countingVariable,
        ]
        for variable in variables { #expect(go.contains("(\"\(variable)\")")) }
        #expect(go.contains("b.Skip(\"\(Probe.noSubTest)\")"))
        for unit in ProbeUnit.allCases where ![.iterations, .instructions].contains(unit) {
            #expect(go.contains(" \(unit.rawValue)\\t"))
        }
        #expect(go.contains("*[\(Probe.injectedBytes)]byte"))
        let link = Probe.text(PackageResources.link_sh)
        #expect(link.contains("ENVIRON[\"\(NoTinyAllocatorRuntime.archiveVariable)\"]"))
    }

    @Test("Records of whole stacks are read as the toolchain has them")
    func records() {
        let (sizes, sums) = (MemoryRecords.whole(hasSizes: true).source, MemoryRecords.whole(hasSizes: false).source)
        #expect(sizes.contains("bytes := r.AllocObjects * r.ObjectSize\n"))
        #expect(sums.contains("bytes := r.AllocBytes\n"))
    }

    @Test(.tags(.go), arguments: GoCommands.all) func matchesTheToolchain(go: String) async throws {
        let bench = try await Workbench(go, [:])
        let overlay = try #require(bench.options.overlay)
        let again = try Probe(
            for: bench.toolchain, directory: bench.module.folder.appending(path: "probe").path)
        #expect(again.overlay == overlay)
        #expect(again.version > 0)
    }

    @Test(.tags(.go), arguments: GoCommands.all) func goesWithoutAnUnwritableFolder(go: String) async throws {
        let bench = try await Workbench(go, ["file": ""])
        #expect(throws: GoError.self) { try Probe(for: bench.toolchain, directory: bench.root + "/file/probe") }
    }
}
