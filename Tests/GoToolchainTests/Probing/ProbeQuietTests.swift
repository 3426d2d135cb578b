import Benchmarks
import TestSupport
import Testing

@testable import GoToolchain

/// What is about to end when a benchmark does does not count as growth.
@Suite("Growth is read when all is quiet", .tags(.go), .serialized) struct ProbeQuietTests {
    private static let benchmarks = """
        type file struct {
        \tbuffer [64]byte
        \tnext   *file
        }

        var sink *file

        func (f *file) close() {}

        func (f *file) closeSlowly() { time.Sleep(200 * time.Microsecond) }

        func BenchmarkChain(b *testing.B) {
        \tfor i := 0; i < b.N; i++ {
        \t\tlast, middle := &file{}, &file{}
        \t\tmiddle.next = last
        \t\tsink = &file{next: middle}
        \t\tfor f := sink; f != nil; f = f.next {
        \t\t\truntime.SetFinalizer(f, (*file).close)
        \t\t}
        \t}
        \tsink = nil
        }

        func BenchmarkSlowFinalizer(b *testing.B) {
        \tfor i := 0; i < b.N; i++ {
        \t\tsink = &file{}
        \t\truntime.SetFinalizer(sink, (*file).closeSlowly)
        \t}
        \tsink = nil
        }

        func BenchmarkEndingLater(b *testing.B) {
        \tfor i := 0; i < b.N; i++ {
        \t\tgo time.Sleep(60 * time.Millisecond)
        \t}
        }

        var pool = sync.Pool{New: func() any { return new(file) }}

        func BenchmarkPool(b *testing.B) {
        \tvar all []*file
        \tfor i := 0; i < b.N; i++ {
        \t\tall = append(all, pool.Get().(*file))
        \t}
        \tfor _, f := range all {
        \t\tpool.Put(f)
        \t}
        }

        var kept []*file

        func BenchmarkOrder(b *testing.B) {
        \tfor name, size := range map[string]int{"1": 1, "4": 4, "9": 9, "2": 2} {
        \t\tsize := size
        \t\tb.Run(name, func(b *testing.B) {
        \t\t\tkept = nil
        \t\t\tfor i := 0; i < b.N; i++ {
        \t\t\t\tfor k := 0; k < size; k++ {
        \t\t\t\t\tkept = append(kept, new(file))
        \t\t\t\t}
        \t\t\t}
        \t\t})
        \t}
        }

        func BenchmarkNeverQuiet(b *testing.B) {
        \tgo func() {
        \t\tfor {
        \t\t\tkept = append(kept, new(file), new(file))
        \t\t\ttime.Sleep(100 * time.Microsecond)
        \t\t}
        \t}()
        }

        func BenchmarkUntimed(b *testing.B) {
        \tfor i := 0; i < b.N; i++ {
        \t\tb.StopTimer()
        \t\ttime.Sleep(20 * time.Millisecond)
        \t\tb.StartTimer()
        \t}
        \tb.ReportMetric(0, "ns/op")
        }
        """

    private static let newer = """
        //go:build go1.24

        package m

        import (
        \t"runtime"
        \t"testing"
        )

        func BenchmarkCleanup(b *testing.B) {
        \tfor i := 0; i < 3*b.N; i++ {
        \t\tf := &file{next: &file{}}
        \t\truntime.AddCleanup(f, (*file).closeSlowly, f.next)
        \t}
        }

        func BenchmarkLoopOrder(b *testing.B) {
        \tfor name, size := range map[string]int{"1": 1, "4": 4, "9": 9, "2": 2} {
        \t\tb.Run(name, func(b *testing.B) {
        \t\t\tkept = nil
        \t\t\tfor b.Loop() {
        \t\t\t\tfor k := 0; k < size; k++ {
        \t\t\t\t\tkept = append(kept, new(file))
        \t\t\t\t}
        \t\t\t}
        \t\t})
        \t}
        }
        """

    private static func binary(_ go: String) async throws -> (TestBinary, Workbench) {
        let bench = try await Workbench(
            go,
            [
                "m_test.go": Workbench.testFile(benchmarks, importing: ["runtime", "sync", "time"]),
                "newer_test.go": newer,
            ])
        return (try await bench.binary(), bench)
    }

    @Test(arguments: GoCommands.all) func whatEndsIsWaitedFor(go: String) async throws {
        let (binary, bench) = try await ProbeQuietTests.binary(go)
        let newer = bench.toolchain.minorVersion >= 24 ? ["BenchmarkCleanup"] : []
        for name in ["BenchmarkChain", "BenchmarkSlowFinalizer", "BenchmarkEndingLater", "BenchmarkPool"] + newer {
            let values = try #require(try await binary.values(name)[name])
            #expect(values[.retainedObjects] == 0 && values[.goroutines] == 0, "\(name): \(values)")
        }
    }

    @Test(arguments: GoCommands.all) func theOrderOfSubBenchmarksMovesNothing(go: String) async throws {
        let (binary, bench) = try await ProbeQuietTests.binary(go)
        let newer = bench.toolchain.minorVersion >= 24 ? ["BenchmarkLoopOrder"] : []
        for name in ["BenchmarkOrder"] + newer {
            let values = try await binary.values(name)
            for size in [1, 2, 4, 9] {
                #expect(values["\(name)/\(size)"]?[.retainedObjects] == Double(size), "\(name): \(values)")
            }
        }
    }

    @Test(arguments: GoCommands.all) func whatNeverEndsIsTold(go: String) async throws {
        let (binary, bench) = try await ProbeQuietTests.binary(go)
        let restless = try #require(try await binary.run("BenchmarkNeverQuiet").results.first)
        #expect(restless.values[ProbeUnit.unsettled.rawValue] == 1)
        let quiet = try #require(try await binary.run("BenchmarkPool").results.first)
        #expect(quiet.values[ProbeUnit.unsettled.rawValue] == nil)
        _ = bench
    }

    @Test(arguments: GoCommands.all) func timeIsThatOfTheWallClock(go: String) async throws {
        let (binary, bench) = try await ProbeQuietTests.binary(go)
        let outcome = try await binary.run("BenchmarkUntimed", iterations: 5)
        #expect(outcome.results.first?.values[Metric.time.unit] == nil)
        #expect(outcome.seconds >= 0.1 && outcome.elapsed.seconds >= outcome.seconds)
        _ = bench
    }

    @Test(arguments: GoCommands.all) func aRunIsGivenUpAfterATimeThatFitsTheShorterOne(go: String) async throws {
        let (binary, bench) = try await ProbeQuietTests.binary(go)
        let patient = binary.expecting(0.5, at: 100, for: 1000)
        #expect(patient.patience?.limit == .seconds(50))
        #expect(patient.patience?.reason == "at 1000 iterations, where 100 took 0.5 s")
        #expect(binary.expecting(0.01, at: 100, for: 1000).patience?.limit == .seconds(30))
        // The user's own limit is never widened.
        #expect(binary.expecting(100, at: 100, for: 1000).patience == nil)
        var hurried = binary
        hurried.patience = (.milliseconds(300), "at 1000 iterations, where 100 took 0.1 s")
        let failure = try await hurried.run("BenchmarkUntimed", iterations: 1000).failure
        #expect(failure?.reason == .timeout && failure?.limit == 600)
        #expect(failure?.message == "it ran longer than 0.3 seconds at 1000 iterations, where 100 took 0.1 s")
        _ = bench
    }
}
