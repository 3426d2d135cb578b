import Benchmarks
import Foundation
import TestSupport
import Testing

@testable import GoToolchain

@Suite("The reasons that runs fail for, and what stands all the same", .tags(.go), .serialized)
struct RunFailureTests {
    private static let functions = """
        func BenchmarkPanic(b *testing.B) { panic("boom") }

        func BenchmarkNilMap(b *testing.B) {
        \tvar m map[string]int
        \tm["a"] = 1
        }

        func BenchmarkDeadlock(b *testing.B) { select {} }

        func BenchmarkFatal(b *testing.B) {
        \tfmt.Println("panic: this is only text")
        \tb.Fatal("no good")
        }

        func BenchmarkSkip(b *testing.B) { b.Skip("not here") }

        func BenchmarkExit0(b *testing.B) { os.Exit(0) }

        func BenchmarkExit3(b *testing.B) { os.Exit(3) }

        func BenchmarkLog(b *testing.B) { log.Fatal("log it") }

        func BenchmarkPrint(b *testing.B) {
        \tfmt.Println("say it")
        \tos.Exit(3)
        }

        func BenchmarkErrors(b *testing.B) {
        \tfor _, word := range []string{"first", "second", "third"} {
        \t\tb.Error(word, "of them")
        \t}
        }

        func BenchmarkQuiet(b *testing.B) {
        \tfmt.Println("say why")
        \tb.FailNow()
        }

        func BenchmarkOutside(b *testing.B) {
        \tif _, err := os.Open("../outside/x"); err != nil {
        \t\tb.Fatal(err)
        \t}
        }

        func BenchmarkKilled(b *testing.B) {
        \tsyscall.Kill(syscall.Getpid(), syscall.SIGKILL)
        \tselect {}
        }

        func BenchmarkNoSpace(b *testing.B) { b.Fatal(&os.PathError{Op: "write", Path: "x", Err: syscall.ENOSPC}) }

        func BenchmarkFlag(b *testing.B) {}

        func BenchmarkHalf(b *testing.B) {
        \tb.Run("good", func(b *testing.B) {})
        \tb.Run("bad", func(b *testing.B) { b.Fatal("half way") })
        }

        func BenchmarkGood(b *testing.B) {}

        func benchmarkHelper(b *testing.B) {}
        """

    private static func bench(_ go: String) async throws -> (TestBinary, Workbench) {
        let text = Workbench.testFile(functions, importing: ["fmt", "log", "os", "syscall"])
        let bench = try await Workbench(go, ["m_test.go": text])
        return (try await bench.binary(), bench)
    }

    @Test(arguments: GoCommands.all) func everyReason(go: String) async throws {
        let (binary, bench) = try await RunFailureTests.bench(go)
        let expected: [(String, Failure.Reason?, String)] = [
            ("Panic", .panicked, "panic: boom"), ("NilMap", .panicked, "assignment to entry in nil map"),
            ("Deadlock", .panicked, "all goroutines are asleep"), ("Fatal", .failed, "no good"),
            ("Skip", .skipped, "not here"), ("Exit0", .exited, "exit status 0"), ("Exit3", .exited, "exit status 3"),
            ("Log", .exited, "exit status 1: "), ("Log", .exited, "log it"),
            ("Print", .exited, "exit status 3: say it"),
            ("Panic", .panicked, "at m_test.go:"), ("Errors", .failed, "third of them"), ("Quiet", .failed, "say why"),
            ("Outside", .failed, "../outside/x is outside the repository"),
            ("None", .missingBenchmark, "BenchmarkNone"), ("Good", nil, ""),
        ]
        for (name, reason, message) in expected {
            let outcome = try await binary.run("Benchmark" + name)
            let said = outcome.failure?.message ?? ""
            #expect(outcome.failure?.reason == reason, "\(name): \(said)")
            #expect(said.contains(message) || reason == nil, "\(name): \(said)")
            #expect(outcome.results.count == (reason == nil ? 1 : 0))
        }
        for name in ["Killed", "NoSpace"] {
            let error = await #expect(throws: GoError.self) { try await binary.run("Benchmark" + name) }
            #expect(error?.code == .machine && error?.description.contains("in 3 tries") == true)
        }
        let half = try await binary.run("BenchmarkHalf")
        #expect(half.failure?.reason == .failed && half.failure?.message.contains("half way") == true)
        #expect(half.results.map(\.name) == ["BenchmarkHalf/good"])
        _ = bench
    }

    @Test("A run that fails is tried again alone before it counts", arguments: GoCommands.all)
    func triesAgain(go: String) async throws {
        let text = Workbench.testFile(
            """
            func BenchmarkTaken(b *testing.B) {
            \tlock, err := os.OpenFile("lock", os.O_CREATE|os.O_EXCL, 0o600)
            \tif err != nil {
            \t\tb.Fatal(err)
            \t}
            \tlock.Close()
            \ttime.Sleep(200 * time.Millisecond)
            \tos.Remove("lock")
            }

            func BenchmarkCounts(b *testing.B) {
            \tfile, _ := os.OpenFile("count", os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
            \tfile.WriteString("x")
            \tb.Fatal("always")
            }
            """, importing: ["os", "time"])
        let bench = try await Workbench(go, ["m_test.go": text])
        let binary = try await bench.binary()
        let outcomes = try await withThrowingTaskGroup(of: TestBinary.RunOutcome.self) { group in
            for _ in 0..<3 { group.addTask { try await binary.run("BenchmarkTaken", iterations: 1) } }
            return try await group.reduce(into: [TestBinary.RunOutcome]()) { $0.append($1) }
        }
        #expect(outcomes.allSatisfy { $0.failure == nil && $0.results.count == 1 })
        #expect(try await binary.run("BenchmarkCounts", iterations: 1).failure?.reason == .failed)
        #expect(try String(contentsOfFile: bench.root + "/count", encoding: .utf8) == "xx")
    }

    @Test(arguments: GoCommands.all) func flagsThatNobodyDefined(go: String) async throws {
        let text = Workbench.testFile(
            """
            func TestMain(m *testing.M) {
            \tflag.NewFlagSet("own", flag.ExitOnError).Parse(os.Args[1:])
            \tos.Exit(m.Run())
            }

            func BenchmarkX(b *testing.B) {}
            """, importing: ["flag", "os"])
        let bench = try await Workbench(go, ["m_test.go": text])
        let failure = try #require(try await bench.binary().run("BenchmarkX").failure)
        #expect(failure.reason == .exited && failure.message.contains("flag provided but not defined"))
    }

    @Test(arguments: GoCommands.all) func exitFromTestMain(go: String) async throws {
        let text = Workbench.testFile(
            "func TestMain(m *testing.M) {\n\tm.Run()\n\tos.Exit(4)\n}\n\nfunc BenchmarkX(b *testing.B) {}",
            importing: ["os"])
        let bench = try await Workbench(go, ["m_test.go": text])
        let outcome = try await bench.binary().run("BenchmarkX")
        #expect(outcome.failure?.reason == .exited && outcome.results.count == 1)
    }

    @Test(arguments: GoCommands.all) func whatABenchmarkPrintsDoesNotMatter(go: String) async throws {
        let text = Workbench.testFile(
            """
            func BenchmarkLine(b *testing.B) { fmt.Println("a line") }

            func BenchmarkNoBreak(b *testing.B) { fmt.Print("no break") }

            func BenchmarkLong(b *testing.B) { fmt.Print(strings.Repeat("x", 200000)) }

            func BenchmarkForged(b *testing.B) {
            \tfmt.Println("BenchmarkForged/x \\t 5\\t 10 ns/op\\t 3 allocs/op")
            \tfmt.Println("BenchmarkLine \\t 5\\t 10 ns/op\\t 3 allocs/op")
            }

            func BenchmarkNested(b *testing.B) {
            \tb.Run("x", func(b *testing.B) {
            \t\tr := testing.BenchmarkResult{N: 3, T: 3, MemAllocs: 3}
            \t\tfmt.Println("BenchmarkNested/y \\t", r.String(), "\\t", r.MemString())
            \t\tfmt.Printf("BenchmarkNested/z \\t %s %s probe-of:BenchmarkNested/z\\n", r, os.Getenv("ALLOCBISECT_RUN"))
            \t})
            }

            func BenchmarkLog(b *testing.B) {
            \tb.Run("a", func(b *testing.B) { b.Log("logged") })
            \tb.Run("b", func(b *testing.B) { fmt.Print("\\r\\nPASS?\\r\\n") })
            }
            """, importing: ["fmt", "os", "strings"])
        let bench = try await Workbench(go, ["m_test.go": text])
        let binary = try await bench.binary()
        for name in ["Line", "NoBreak", "Long"] {
            let outcome = try await binary.run("Benchmark" + name)
            #expect(outcome.failure == nil, "\(name)")
            #expect(outcome.results.map(\.name) == ["Benchmark" + name])
            #expect(outcome.results.first?.iterations == 10)
            #expect(outcome.results.first?.values[ProbeUnit.mallocs.rawValue] != nil)
        }
        let forged = try await binary.run("BenchmarkForged")
        #expect(forged.failure == nil && forged.results.map(\.name) == ["BenchmarkForged"])
        #expect(forged.results.first?.iterations == 10)
        let nested = try await binary.run("BenchmarkNested")
        #expect(nested.failure == nil && nested.results.map(\.name) == ["BenchmarkNested/x"])
        #expect(nested.results.first?.iterations == 10)
        let log = try await binary.run("BenchmarkLog")
        #expect(log.failure == nil && log.results.map(\.name) == ["BenchmarkLog/a", "BenchmarkLog/b"])
    }
}
