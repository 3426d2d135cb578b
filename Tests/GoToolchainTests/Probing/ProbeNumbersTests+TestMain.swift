import Benchmarks
import TestSupport
import Testing

@testable import GoToolchain

extension ProbeNumbersTests {
    @Test(arguments: GoCommands.all) func worksWithTestMainAndBothKindsOfTestPackage(go: String) async throws {
        let external = """
            package m_test

            import (
            \t"os"
            \t"testing"

            \t"example.com/m"
            )

            func TestMain(m *testing.M) { os.Exit(m.Run()) }

            func BenchmarkExternal(b *testing.B) {
            \tfor i := 0; i < b.N; i++ {
            \t\tm.Make()
            \t}
            }
            """
        let inside = Workbench.testFile(
            """
            func BenchmarkInternal(b *testing.B) {
            \tfor i := 0; i < b.N; i++ {
            \t\tMake()
            \t\tMake()
            \t}
            }
            """)
        let bench = try await Workbench(
            go,
            [
                "m.go": "package m\n\nvar sink *[64]byte\n\nfunc Make() { sink = new([64]byte) }\n",
                "m_test.go": inside, "x_test.go": external,
            ])
        let binary = try await bench.binary()
        for (name, count) in [("BenchmarkExternal", 1.0), ("BenchmarkInternal", 2)] {
            let values = try await binary.values(name)[name]
            #expect(values?[.allocations] == count)
        }
    }
}
