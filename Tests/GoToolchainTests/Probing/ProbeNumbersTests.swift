import Benchmarks
import TestSupport
import Testing

@testable import GoToolchain

@Suite("What the probe measures of benchmarks whose allocations and leaks are known", .tags(.go), .serialized)
struct ProbeNumbersTests {
    static let benchmarks = """
        type cell [4]int64

        var sink *cell

        func allocate(count int) {
        \tfor i := 0; i < count; i++ {
        \t\tsink = new(cell)
        \t}
        }

        func BenchmarkThree(b *testing.B) {
        \tfor i := 0; i < b.N; i++ {
        \t\tallocate(3)
        \t}
        }

        func BenchmarkGoroutine(b *testing.B) {
        \tnever := make(chan int)
        \tfor i := 0; i < b.N; i++ {
        \t\tgo func() { <-never }()
        \t}
        }

        func BenchmarkEndingGoroutine(b *testing.B) {
        \tfor i := 0; i < 50; i++ {
        \t\tgo func() { time.Sleep(3 * time.Millisecond) }()
        \t}
        }

        var cache = map[int]*cell{}

        func BenchmarkCache(b *testing.B) {
        \tfor i := 0; i < b.N; i++ {
        \t\tcache[len(cache)] = new(cell)
        \t}
        }

        func BenchmarkNothing(b *testing.B) {
        \tfor i := 0; i < b.N; i++ {
        \t}
        }

        func BenchmarkSub(b *testing.B) {
        \tfor i, name := range []string{"plain", "route:/users/:id", "with some spaces", "a-b-2"} {
        \t\tcount := i + 1
        \t\tb.Run(name, func(b *testing.B) {
        \t\t\tfor i := 0; i < b.N; i++ {
        \t\t\t\tallocate(count)
        \t\t\t}
        \t\t})
        \t}
        }

        func BenchmarkMany(b *testing.B) {
        \tfor i := 0; i < 20; i++ {
        \t\tb.Run(fmt.Sprintf("plain%d", i), func(b *testing.B) {
        \t\t\tfor i := 0; i < b.N; i++ {
        \t\t\t\tallocate(20)
        \t\t\t}
        \t\t})
        \t\tb.Run(fmt.Sprintf("ending%d", i), func(b *testing.B) {
        \t\t\tvar all sync.WaitGroup
        \t\t\tfor i := 0; i < b.N; i++ {
        \t\t\t\tall.Add(1)
        \t\t\t\tgo func() {
        \t\t\t\t\ttime.Sleep(time.Millisecond)
        \t\t\t\t\tall.Done()
        \t\t\t\t}()
        \t\t\t}
        \t\t\tall.Wait()
        \t\t})
        \t\tb.Run(fmt.Sprintf("leaking%d", i), func(b *testing.B) {
        \t\t\tnever := make(chan int)
        \t\t\tfor i := 0; i < b.N; i++ {
        \t\t\t\tgo func() { <-never }()
        \t\t\t}
        \t\t})
        \t}
        }

        func BenchmarkReporting(b *testing.B) {
        \tb.ReportMetric(7, "goroutines")
        \tb.ReportMetric(12, "allocs/op")
        \tb.ReportMetric(3, "cache-entries")
        \tfor i := 0; i < b.N; i++ {
        \t\tallocate(2)
        \t}
        }

        func BenchmarkParallel(b *testing.B) {
        \tb.RunParallel(func(pb *testing.PB) {
        \t\tfor pb.Next() {
        \t\t\tallocate(2)
        \t\t}
        \t})
        }

        func BenchmarkTimer(b *testing.B) {
        \tallocate(500)
        \tb.ResetTimer()
        \tfor i := 0; i < b.N; i++ {
        \t\tallocate(1)
        \t\tb.StopTimer()
        \t\tallocate(10)
        \t\tb.StartTimer()
        \t}
        }
        """

    private static let loop = """
        //go:build go1.24

        package m

        import "testing"

        func BenchmarkLoop(b *testing.B) {
        \tfor b.Loop() {
        \t\tallocate(4)
        \t}
        }

        func BenchmarkLoopGoroutine(b *testing.B) {
        \tnever := make(chan int)
        \tfor b.Loop() {
        \t\tgo func() { <-never }()
        \t}
        }
        """

    static func binary(_ go: String) async throws -> (TestBinary, Workbench) {
        let bench = try await Workbench(
            go,
            [
                "m_test.go": Workbench.testFile(benchmarks, importing: ["fmt", "sync", "time"]),
                "loop_test.go": loop,
            ])
        return (try await bench.binary(), bench)
    }

    @Test(arguments: GoCommands.all) func countsExactly(go: String) async throws {
        let (binary, bench) = try await ProbeNumbersTests.binary(go)
        for (function, count) in [("Three", 3), ("Parallel", 2), ("Timer", 1), ("Reporting", 2)] {
            let outcome = try await binary.run("Benchmark" + function, iterations: 1000)
            let result = try #require(outcome.results.first, "\(outcome.failure?.message ?? "")")
            #expect(outcome.failure == nil && outcome.results.count == 1)
            #expect(result.iterations == 1000)
            let mallocs = try #require(result.values[ProbeUnit.mallocs.rawValue])
            let bytes = try #require(result.values[ProbeUnit.bytes.rawValue])
            let most = function == "Parallel" ? 40.0 : 10
            #expect((Double(count * 1000)...Double(count * 1000) + most).contains(mallocs), "\(function)")
            #expect((Double(32 * count * 1000)...Double(32 * count * 1000) + 8192).contains(bytes), "\(function)")
        }
        if bench.toolchain.minorVersion >= 24 {
            let looped = try await binary.values("BenchmarkLoop")["BenchmarkLoop"]
            #expect(looped?[.allocations] == 4)
        }
    }

    @Test(arguments: GoCommands.all) func seesWhatStaysBehind(go: String) async throws {
        let (binary, bench) = try await ProbeNumbersTests.binary(go)
        let leak = try #require(try await binary.values("BenchmarkGoroutine")["BenchmarkGoroutine"])
        #expect(leak[.goroutines] == 1)
        let cache = try #require(try await binary.values("BenchmarkCache")["BenchmarkCache"])
        // Beside the cells there are the map's own parts.
        let objects = try #require(cache[.retainedObjects])
        #expect(objects >= 1 && objects <= 1.3)
        let bytes = try #require(cache[.retainedBytes])
        #expect(bytes >= 40 && bytes <= 120)
        #expect(cache[.goroutines] == 0)
        for name in ["BenchmarkNothing", "BenchmarkThree"] {
            let values = try #require(try await binary.values(name)[name])
            #expect(values[.goroutines] == 0)
            #expect(values[.retainedObjects] == 0, "\(name)")
            #expect(try #require(values[.retainedBytes]) <= 8, "\(name)")
        }
        let ending = try #require(try await binary.run("BenchmarkEndingGoroutine").results.first)
        #expect(ending.values[ProbeUnit.goroutines.rawValue] == 0)
        _ = bench
    }

    @Test(arguments: GoCommands.all) func seesTheSameOfTheLastBenchmarkAsOfTheFirst(go: String) async throws {
        let (binary, bench) = try await ProbeNumbersTests.binary(go)
        let values = try await binary.values("BenchmarkMany")
        #expect(values.count == 60)
        for (name, values) in values {
            let retained = try #require(values[.retainedObjects])
            if name.contains("leaking") {
                #expect(values[.goroutines] == 1, "\(name)")
                // The descriptor of the goroutine, whether it is a new one or not, its closure and what it waits with.
                #expect((1.9...3.1).contains(retained), "\(name): \(retained)")
            } else {
                #expect(values[.goroutines] == 0, "\(name)")
                #expect(abs(retained) < 0.1, "\(name): \(retained)")
            }
        }
        _ = bench
    }

    @Test(arguments: GoCommands.all) func seesTheSameGrowthAtEveryPair(go: String) async throws {
        let (binary, bench) = try await ProbeNumbersTests.binary(go)
        let hasLoop = bench.toolchain.minorVersion >= 24
        for name in ["BenchmarkGoroutine"] + (hasLoop ? ["BenchmarkLoopGoroutine"] : []) {
            for pair in IterationPair.scale {
                let values = try #require(try await binary.values(name, pair)[name])
                #expect(values[.goroutines] == 1, "\(name) at \(pair)")
            }
        }
    }

    @Test(arguments: GoCommands.all) func keepsNamesOfSubBenchmarks(go: String) async throws {
        let (binary, bench) = try await ProbeNumbersTests.binary(go)
        let values = try await binary.values("BenchmarkSub")
        let names = ["plain", "route:/users/:id", "with_some_spaces", "a-b-2"].map { "BenchmarkSub/" + $0 }
        #expect(Set(values.keys) == Set(names))
        for (index, name) in names.enumerated() {
            #expect(values[name]?[.allocations] == Double(index + 1))
        }
        // At another GOMAXPROCS the suffix that looks like one is part of the name all the same.
        let wide = try await binary.run("BenchmarkSub", cpu: 2)
        #expect(Set(wide.results.map(\.name)) == Set(names))
        let one = try await binary.run(
            BenchPattern.pattern(exactly: "BenchmarkSub/with_some_spaces"), function: "BenchmarkSub", iterations: 10,
            cpu: 1)
        #expect(one.results.map(\.name) == ["BenchmarkSub/with_some_spaces"])
        _ = bench
    }

    @Test(arguments: GoCommands.all) func leavesReportedUnitsAlone(go: String) async throws {
        let (binary, bench) = try await ProbeNumbersTests.binary(go)
        let values = try #require(try await binary.values("BenchmarkReporting")["BenchmarkReporting"])
        #expect(values[Metric("goroutines")] == 7)
        #expect(values[Metric("cache-entries")] == 3)
        #expect(values[.allocations] == 12)
        #expect(values[.goroutines] == 0)
        _ = bench
    }
}
